import { getDomain } from 'tldts'
import type { Draft } from '../../../shared/model/compose'
import type { AddressTransport } from '../../../shared/model/transport'
import { requireAccount } from './accounts'
import type { AppContext, UseCases } from './context'
import { planFor } from './protection-plan'
import { requireDraft } from './require-draft'
import { levelsFor } from './transport-levels'
import { whoCanRead } from './who-can-read'

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
async function levelsOf(context: AppContext, draft: Draft, wait: boolean) {
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
export function explainUseCases(context: AppContext): Pick<UseCases, 'drafts.explain'> {
  return {
    'drafts.explain': async ({ draftId, wait }) => {
      const draft = requireDraft(context, draftId)
      const { config } = requireAccount(context, draft.content.accountId)
      const server = config.kind === 'imap' ? config.smtp.host : config.address
      const people = await levelsOf(context, draft, wait)
      const plan = await planFor(context, draft)
      return {
        ...whoCanRead({
          own: { address: config.address, provider: providerOf(server) },
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
