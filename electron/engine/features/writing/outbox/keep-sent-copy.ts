import type { SentCopies } from '../../../../../shared/features/accounts/model'
import { mailServiceOf } from '../../../../../shared/features/accounts/services'
import type { OutboxItem } from '../../../../../shared/features/writing/model'
import type { AccountId, MailboxId } from '../../../../../shared/kit/ids'
import { localMessage } from '../../../kit/local-message'
import { roleMailbox } from '../../../kit/mailboxes/role-mailbox'
import { sentFingerprint } from '../../../kit/sent-fingerprint'
import type { Clock } from '../../../ports/basics'
import type { MimePort, ParsedMessage } from '../../../ports/mail/mime'
import type { Store } from '../../../ports/store'

/** Where the provider files sent mail, it is given so long to do it before ours goes up. */
const providerFirstMs = 120_000

/**
 * Files the copy of a sent message and closes its outbox row, in one transaction: after a crash either all of it
 * happened or none. The copy is here at once and an append task takes it to the server, where the task looks for the
 * Message-ID first, as some servers file sent mail themselves. While no mailbox of the account is known yet nothing
 * is done and the row keeps its bytes. Answers whether a task was added.
 */
export function keepSentCopy(
  deps: {
    store: Store
    mime: Pick<MimePort, 'parseMessage' | 'parseHeader'>
    clock: Clock
    onSent: (item: OutboxItem) => void
  },
  item: OutboxItem,
): boolean {
  const { store, mime, clock } = deps
  return store.transaction(() => {
    const raw = store.outbox.sentCopy(item.id)
    const mode = modeOf(store, item.accountId)
    // Where nothing is filed no mailbox is made for it.
    const mailboxId = mode === 'never' ? null : sentMailbox(store, item.accountId)
    if (raw !== null && mailboxId === null && mode !== 'never') return false
    let added = false
    const isFiled = mailboxId !== null && mode === 'automatic' && isThere(store, item, mailboxId)
    if (isFiled) store.sentCopies.learn(item.accountId)
    if (raw !== null && mailboxId !== null && !isFiled) {
      const parsed = withSubject(mime.parseMessage(raw), item)
      const flags = store.outbox.get(item.id)?.sentCopyFlags ?? []
      const internalDateMs = item.sentAtMs ?? clock.now()
      const messageId = store.messages.insertLocal(
        mailboxId,
        localMessage(raw, parsed, { flags, internalDateMs }),
      )
      // What went out may be readable by less than the copy (a page under a passphrase): then ours is not the same.
      const fingerprint = sentFingerprint(raw, mime)
      const wire = store.outbox.get(item.id)?.raw
      const isSame = wire !== undefined && sentFingerprint(wire, mime) === fingerprint
      const task = { kind: 'append', messageId, mailboxId, flags, replacesUid: null } as const
      const taskId = store.tasks.add(item.accountId, { ...task, sentCopy: isSame && mode === 'automatic' })
      if (isSame && mode === 'automatic') {
        const { accountId, messageIdHeader } = item
        store.sentCopies.watch({ accountId, messageId, messageIdHeader, filedAtMs: clock.now(), fingerprint })
        if (store.sentCopies.isFiledByProvider(accountId))
          store.tasks.setState(taskId, 'waiting', { nextAttemptAtMs: clock.now() + providerFirstMs })
      }
      added = true
    }
    deps.onSent(item)
    store.outbox.finish(item.id)
    return added
  })
}

const modeOf = (store: Pick<Store, 'accounts'>, accountId: AccountId): SentCopies =>
  mailServiceOf(store.accounts.get(accountId))?.sentCopies ?? 'automatic'

/** The copy of an encrypted message hides its subject; the list here shows what was written. */
const withSubject = (parsed: ParsedMessage, item: OutboxItem): ParsedMessage => ({
  ...parsed,
  header: { ...parsed.header, subject: item.subject },
})

const isThere = (store: Pick<Store, 'messages'>, item: OutboxItem, mailboxId: MailboxId) =>
  store.messages
    .findByMessageId(item.accountId, item.messageIdHeader)
    .some(found => found.mailboxId === mailboxId)

/** The Sent mailbox, made (here and as a task) when the server's list is known and has none; null before that. */
function sentMailbox(
  store: Pick<Store, 'accounts' | 'mailboxes' | 'servers' | 'tasks'>,
  accountId: AccountId,
): MailboxId | null {
  const isListed = store.mailboxes.byRole(accountId, 'inbox') !== null
  return isListed
    ? roleMailbox(store, accountId, 'sent')
    : (store.mailboxes.byRole(accountId, 'sent')?.id ?? null)
}
