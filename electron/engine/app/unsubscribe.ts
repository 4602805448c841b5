import { SiegelError } from '../../../shared/ipc/result'
import type { AccountId, MessageId } from '../../../shared/model/ids'
import type { UnsubscribeChoice } from '../../../shared/model/mail'
import type { AppContext, UseCases } from './context'

type Found = Readonly<{ choice: UnsubscribeChoice; url: string; accountId: AccountId }>

/**
 * How the list of a message may be left. One click needs a sender whom the user's provider has authenticated (RFC 8058
 * §4: the fields must be signed): anybody else could have the reader call any address. Never for junk, where an answer
 * only proves that somebody reads.
 */
function exitOf(context: AppContext, id: MessageId): Found | null {
  const { store, mime } = context
  const location = store.messages.location(id)
  const mailbox = location && store.mailboxes.row(location.mailboxId)
  const raw = store.messages.raw(id)
  if (!mailbox || mailbox.role === 'junk' || raw === null) return null
  const config = store.accounts.get(mailbox.accountId)?.config
  if (config?.kind !== 'imap') return null
  const { oneClick, mailto } = mime.readUnsubscribe(raw)
  const { from } = mime.parseHeader(raw)
  const [sender] = from
  const { accountId } = mailbox
  if (oneClick !== null && sender !== undefined && from.length === 1) {
    const host = context.oneClick.hostOf(oneClick)
    const about = { from: sender.address, hosts: [config.imap.host, config.smtp.host] }
    const way = host === null ? null : wayTo(context, accountId, host)
    if (host !== null && way !== null && context.remote.authenticate(raw, about) === 'passed')
      return { choice: { kind: 'one-click', host, way }, url: oneClick, accountId }
  }
  if (mailto === null) return null
  const address = addressOf(mailto)
  return address === null ? null : { choice: { kind: 'mail', mailto, address }, url: mailto, accountId }
}

function wayTo(context: AppContext, accountId: AccountId, host: string): 'direct' | 'tor' | 'socks5' | null {
  const { kind } = context.network.wayOf({ accountId, purpose: 'unsubscribe', host, port: 443 })
  return kind === 'refused' ? null : kind
}

function addressOf(mailto: string): string | null {
  try {
    const address = decodeURIComponent(mailto.slice('mailto:'.length).split('?')[0] ?? '')
    return /^[^\s,<>]+@[^\s,<>]+$/.test(address) && address.length <= 320 ? address : null
  } catch {
    return null
  }
}

/** Leaving mailing lists. */
export function unsubscribeUseCases(
  context: AppContext,
): Pick<UseCases, 'lists.unsubscribeChoice' | 'lists.unsubscribe'> {
  return {
    'lists.unsubscribeChoice': ({ messageId }) => exitOf(context, messageId)?.choice ?? null,
    'lists.unsubscribe': async ({ messageId }) => {
      const found = exitOf(context, messageId)
      if (found?.choice.kind !== 'one-click') throw new SiegelError('not-found', { what: 'unsubscribe' })
      if (context.store.settings.get().offline) throw new SiegelError('offline')
      await context.oneClick.post(found.accountId, found.url)
      return { host: found.choice.host }
    },
  }
}
