import { getDomain } from 'tldts'
import { mailServiceOf } from '../../../../../../shared/features/accounts/services'
import type { AddressTransport } from '../../../../../../shared/features/network/transport'
import type { Draft } from '../../../../../../shared/features/writing/model'
import { levelsFor } from '../../../../kit/levels-for'
import { requireAccount } from '../../../../kit/require'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { planFor } from '../send/protection-plan'
import { whoCanRead } from '../send/who-can-read'
import { requireDraft } from './require-draft'

/** Who runs a server, by the name under which it was registered: `mail.example.org` belongs to `example.org`. */
const providerOf = (host: string): string => getDomain(host) ?? host.toLowerCase()

/** The providers of a domain's mail servers; several are named together, as any of them may get the message. */
function providersOf({ domain, hosts }: AddressTransport): string {
  const names = [...new Set((hosts ?? []).map(providerOf))].sort()
  return names.length === 0 ? providerOf(domain) : names.join(', ')
}

/** More are not looked at, and counted; the same cap as that of looking levels up. */
const mostRecipients = 200

/** Levels of a draft's recipients, asked for or as far as they are known. Addresses that are none yet are left out. */
async function levelsOf(context: Needs<'transport', 'accounts'>, draft: Draft, wait: boolean) {
  const { accountId, to, cc, bcc } = draft.content
  const visible = [...to, ...cc].map(({ address }) => ({ address, isBlind: false }))
  const people = [...visible, ...bcc.map(({ address }) => ({ address, isBlind: true }))].slice(
    0,
    mostRecipients,
  )
  const addresses = people.map(({ address }) => address)
  const levels = wait ? await levelsFor(context, addresses, accountId) : context.transport.known(addresses)
  return people.flatMap((person, index) => {
    const transport = levels[index]
    return transport && transport.domain !== '' ? [{ ...person, transport }] : []
  })
}

/** Who can read a draft once it is sent. Blocks nothing: what is not known is said to be so. */
export function explainUseCases(
  context: Needs<
    'protection' | 'reading' | 'transport' | 'vault',
    'accounts' | 'drafts' | 'messages' | 'openpgp'
  >,
): Pick<UseCases, 'drafts.explain'> {
  return {
    'drafts.explain': async ({ draftId, wait }) => {
      const draft = requireDraft(context, draftId)
      const account = requireAccount(context, draft.content.accountId)
      const { address: ownAddress } = account.config
      const server = mailServiceOf(account)?.smtp.host
      const people = await levelsOf(context, draft, wait)
      const plan = await planFor(context, draft)
      return {
        ...whoCanRead({
          own: { address: ownAddress, provider: server === undefined ? null : providerOf(server) },
          recipients: people.map(({ address, isBlind, transport }) => ({
            address,
            isBlind,
            domain: transport.domain,
            provider: providersOf(transport),
            level: transport.level,
            protection: plan.encrypts === 'yes' ? 'encrypted' : 'none',
          })),
          hidesSubject: plan.hidesSubject,
        }),
        attachments: draft.attachments,
        unexamined: Math.max(
          0,
          [draft.content.to, draft.content.cc, draft.content.bcc].flat().length - mostRecipients,
        ),
      }
    },
  }
}
