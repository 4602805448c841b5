import { SiegelError } from '../../../shared/ipc/result'
import type { MailboxId } from '../../../shared/model/ids'
import type { MailboxRow } from '../ports/store'
import type { ReplayContext } from './replay-tasks'

/**
 * The row of a mailbox that a task names, under the path that it has on the server: a renaming that was queued later has
 * not happened there. Throws `mailbox-missing`.
 */
export function mailboxOf({ store }: ReplayContext, id: MailboxId): MailboxRow {
  const row = store.mailboxes.row(id)
  if (!row) throw new SiegelError('mailbox-missing', { detail: 'the mailbox is gone' })
  return { ...row, path: store.mailboxes.serverPath(id) }
}

/**
 * Opens a mailbox for changes. `sameUids` is false when UIDVALIDITY is not the one known here: then no UID that a
 * task remembers means anything.
 */
export async function openForChange(
  { session, store }: ReplayContext,
  row: MailboxRow,
): Promise<{ uidValidity: number; sameUids: boolean }> {
  const { uidValidity } = await session.open(store.mailboxes.serverPath(row.id), { readOnly: false })
  return { uidValidity, sameUids: row.uidValidity === null || row.uidValidity === uidValidity }
}

/** Message-ID and size of UIDs in the open mailbox, as the server has them now. UIDs that are gone are not in it. */
export async function identify(
  { session, mime }: ReplayContext,
  uids: readonly number[],
): Promise<ReadonlyMap<number, { messageIdHeader: string; sizeBytes: number }>> {
  const found = new Map<number, { messageIdHeader: string; sizeBytes: number }>()
  if (uids.length === 0) return found
  for await (const { uid, header, sizeBytes } of session.fetchHeaders(uids)) {
    found.set(uid, { messageIdHeader: mime.parseHeader(header).messageIdHeader, sizeBytes })
  }
  return found
}

/**
 * UIDs in the open mailbox that carry this Message-ID and belong to no other message here. Without `sameUids` the
 * UIDs known here are of another numbering and claim nothing.
 */
export async function findUnclaimed(
  { session, store }: ReplayContext,
  mailboxId: MailboxId,
  messageIdHeader: string,
  options: { sameUids: boolean; except?: ReadonlySet<number> },
): Promise<readonly number[]> {
  if (messageIdHeader === '') return []
  const claimed = new Set(options.sameUids ? store.messages.knownUids(mailboxId) : [])
  const found = await session.searchMessageId(messageIdHeader)
  return found.filter(uid => !claimed.has(uid) && !options.except?.has(uid))
}
