import type { OutboxItem } from '../../../shared/model/compose'
import type { AccountId, MailboxId } from '../../../shared/model/ids'
import type { Clock } from '../ports/basics'
import type { MimePort, ParsedMessage } from '../ports/mime'
import type { Store } from '../ports/store'
import { localMessage } from './local-message'
import { roleMailboxOnServer } from './role-mailbox'

/**
 * Files the copy of a sent message and closes its outbox row, in one transaction: after a crash either all of it
 * happened or none. The copy is here at once and an append task takes it to the server, where the task looks for the
 * Message-ID first, as some servers file sent mail themselves. While no mailbox of the account is known yet nothing
 * is done and the row keeps its bytes. Answers whether a task was added.
 */
export function keepSentCopy(
  deps: {
    store: Store
    mime: Pick<MimePort, 'parseMessage'>
    clock: Clock
    onSent: (item: OutboxItem) => void
  },
  item: OutboxItem,
): boolean {
  const { store, mime, clock } = deps
  return store.transaction(() => {
    const raw = store.outbox.sentCopy(item.id)
    const mailboxId = sentMailbox(store, item.accountId)
    if (raw !== null && mailboxId === null) return false
    let added = false
    if (raw !== null && mailboxId !== null && !isThere(store, item, mailboxId)) {
      const parsed = withSubject(mime.parseMessage(raw), item)
      const flags = store.outbox.get(item.id)?.sentCopyFlags ?? []
      const internalDateMs = item.sentAtMs ?? clock.now()
      const messageId = store.messages.insertLocal(
        mailboxId,
        localMessage(raw, parsed, { flags, internalDateMs }),
      )
      store.tasks.add(item.accountId, { kind: 'append', messageId, mailboxId, flags, replacesUid: null })
      added = true
    }
    deps.onSent(item)
    store.outbox.finish(item.id)
    return added
  })
}

/** The copy of an encrypted message hides its subject; the list here shows what was written. */
const withSubject = (parsed: ParsedMessage, item: OutboxItem): ParsedMessage => ({
  ...parsed,
  header: { ...parsed.header, subject: item.subject },
})

const isThere = (store: Store, item: OutboxItem, mailboxId: MailboxId) =>
  store.messages
    .findByMessageId(item.accountId, item.messageIdHeader)
    .some(found => found.mailboxId === mailboxId)

/** The Sent mailbox, made (here and as a task) when the server's list is known and has none; null before that. */
function sentMailbox(store: Store, accountId: AccountId): MailboxId | null {
  const isListed = store.mailboxes.byRole(accountId, 'inbox') !== null
  return isListed
    ? roleMailboxOnServer(store, accountId, 'sent')
    : (store.mailboxes.byRole(accountId, 'sent')?.id ?? null)
}
