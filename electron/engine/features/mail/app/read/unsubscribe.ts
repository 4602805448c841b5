import { mailServiceOf } from '../../../../../../shared/features/accounts/services'
import type { UnsubscribeChoice } from '../../../../../../shared/features/mail/model'
import type { AccountId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { openMessage } from './open-message'

type Found = Readonly<{ choice: UnsubscribeChoice; url: string; accountId: AccountId }>

/**
 * How the list of a message may be left. One click needs a sender whom the user's provider has authenticated (RFC 8058
 * §4: the fields must be signed): anybody else could have the reader call any address. Never for junk, where an answer
 * only proves that somebody reads. Mail of the encrypted inbox is left as the mail it was before.
 */
function exitOf(
  context: Needs<
    'mime' | 'network' | 'oneClick' | 'remote',
    'accounts' | 'inboxEncryption' | 'mailboxes' | 'messages'
  >,
  id: MessageId,
  opened: OpenedMessage,
): Found | null {
  const { store, mime } = context
  const location = store.messages.location(id)
  const mailbox = location && store.mailboxes.row(location.mailboxId)
  if (!mailbox || mailbox.role === 'junk' || opened.raw === null) return null
  const mail = mailServiceOf(store.accounts.get(mailbox.accountId))
  if (mail === null || opened.wrapping === null) return null
  const letter = opened.wrapping
  const { oneClick, mailto } = mime.readUnsubscribe(letter)
  if (oneClick === null && mailto === null) return null
  const { from } = mime.parseHeader(letter)
  const [sender] = from
  const { accountId } = mailbox
  const isOwnForm = opened.security.inboxEncrypted && store.inboxEncryption.madeHere(id)
  const about = { from: sender?.address ?? '', hosts: [mail.imap.host, mail.smtp.host] }
  // What a form holds that was made elsewhere, its sender wrote, and so what it says of its own authentication.
  const isVouched = context.remote.authenticate(isOwnForm ? letter : opened.raw, about) === 'passed'
  if (isSealed(opened, isOwnForm) && !isVouched) return null
  if (oneClick !== null && sender !== undefined && from.length === 1) {
    const host = context.oneClick.hostOf(oneClick)
    const way = host === null ? null : wayTo(context, accountId, host)
    if (host !== null && way !== null && isVouched)
      return { choice: { kind: 'one-click', host, way }, url: oneClick, accountId }
  }
  if (mailto === null) return null
  const address = addressOf(mailto)
  return address === null ? null : { choice: { kind: 'mail', mailto, address }, url: mailto, accountId }
}

/** Whether the sender encrypted it: an answer of any kind could tell a stranger that it was opened. */
function isSealed({ security, sealedHead }: OpenedMessage, isOwnForm: boolean): boolean {
  const isOnlyStoredSo = isOwnForm && security.encryption === 'encrypted' && sealedHead === null
  return security.encryption !== 'none' && !isOnlyStoredSo
}

function wayTo(
  context: Needs<'network'>,
  accountId: AccountId,
  host: string,
): 'direct' | 'tor' | 'socks5' | null {
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

/** How the list of a message that was opened may be left, and by which way. */
export const unsubscribeChoice = (
  context: Parameters<typeof exitOf>[0],
  id: MessageId,
  opened: OpenedMessage,
): UnsubscribeChoice | null => exitOf(context, id, opened)?.choice ?? null

/** Leaving mailing lists. */
export function unsubscribeUseCases(
  context: Needs<
    'clock' | 'emit' | 'mime' | 'network' | 'oneClick' | 'opened' | 'protection' | 'remote' | 'vault',
    'accounts' | 'inboxEncryption' | 'mailboxes' | 'messages' | 'openpgp' | 'settings'
  >,
): Pick<UseCases, 'lists.unsubscribeChoice' | 'lists.unsubscribe'> {
  return {
    'lists.unsubscribeChoice': async ({ messageId }) =>
      unsubscribeChoice(context, messageId, await openMessage(context, messageId)),
    'lists.unsubscribe': async ({ messageId }) => {
      const found = exitOf(context, messageId, await openMessage(context, messageId))
      if (found?.choice.kind !== 'one-click') throw new SiegelError('not-found', { what: 'unsubscribe link' })
      if (context.store.settings.get().offline) throw new SiegelError('offline')
      await context.oneClick.post(found.accountId, found.url)
      return { host: found.choice.host }
    },
  }
}
