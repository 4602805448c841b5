import type { AccountId, MessageId } from '../../../../../../shared/kit/ids'
import { sentFingerprint } from '../../../../kit/sent-fingerprint'
import type { MailSession } from '../../../../ports/mail/mail-backend'
import type { MimePort } from '../../../../ports/mail/mime'
import type { FiledCopy } from '../../../../ports/mail/sent-copies'
import type { Store } from '../../../../ports/store'
import { isAutomatic } from '../../tasks/remote/provider-copies'

export type SentCopyContext = Readonly<{
  accountId: AccountId
  store: Store
  mime: MimePort
  /** The provider was seen to file sent mail by itself, for the first time. */
  onLearned: () => void
}>

/** More than servers add in fields; what is larger by more is another message and is not fetched. */
const fieldsBytes = 100_000

/** Whether there is anything to look at: without it no connection is used. */
export function hasFiledCopies({ store, accountId }: Pick<SentCopyContext, 'store' | 'accountId'>): boolean {
  return isAutomatic(store, accountId) && store.sentCopies.watched(accountId).length > 0
}

/**
 * After a pass: where the provider's own copy of a sent message has come, under the same Message-ID or another, ours is
 * taken away. Only when every byte of the body, sender, date and subject are equal; the provider's is never touched. A
 * server without UIDPLUS keeps both, as nothing there can be removed by name.
 */
export async function takeAwaySecondCopies(context: SentCopyContext, session: MailSession): Promise<void> {
  const { store, accountId } = context
  for (const copy of store.sentCopies.watched(accountId)) {
    const location = store.messages.location(copy.messageId)
    const mailbox = location && store.mailboxes.row(location.mailboxId)
    if (!mailbox || location.messageIdHeader !== copy.messageIdHeader || mailbox.accountId !== accountId) {
      // Moved to the trash, to another account, or removed: it is the user's now.
      store.sentCopies.forget(copy.messageId)
      continue
    }
    if (mailbox.role !== 'sent') continue
    const other = await findOther(context, session, copy, mailbox.path)
    if (other === null) continue
    if (store.sentCopies.learn(accountId)) context.onLearned()
    if (location.uid !== null && !session.capabilities.uidplus) {
      store.sentCopies.forget(copy.messageId)
      continue
    }
    store.transaction(() => {
      // An upload that waits is not needed any more.
      for (const id of store.tasks.into(mailbox.id)) {
        const payload = store.tasks.get(id)?.payload
        if (payload?.kind === 'append' && payload.messageId === copy.messageId) store.tasks.remove(id)
      }
      const items = store.messages.removeLocally([copy.messageId])
      if (items.length > 0) store.tasks.add(accountId, { kind: 'expunge', items })
      store.sentCopies.forget(copy.messageId)
    })
  }
}

async function findOther(
  { store, mime }: SentCopyContext,
  session: MailSession,
  copy: FiledCopy,
  path: string,
): Promise<MessageId | null> {
  const ownBytes = store.messages.location(copy.messageId)?.sizeBytes ?? 0
  const ours = new Set(store.sentCopies.watched(copy.accountId).map(each => each.messageId))
  for (const { id, uid, sizeBytes } of store.messages.sameDate(copy.messageId)) {
    if (ours.has(id) || uid === null) continue
    let raw = store.messages.raw(id)
    const maxBytes = ownBytes + fieldsBytes
    if (!raw && sizeBytes <= maxBytes) {
      await session.open(path, { readOnly: true })
      for await (const fetched of session.fetchRaw([uid], { maxBytes })) raw = fetched.raw
    }
    if (raw && sentFingerprint(raw, mime) === copy.fingerprint) return id
  }
  return null
}
