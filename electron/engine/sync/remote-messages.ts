import { SiegelError } from '../../../shared/ipc/result'
import type { MailboxId } from '../../../shared/model/ids'
import type { MailboxRow } from '../ports'
import type { ReplayContext } from './replay-tasks'

/** The row of a mailbox that a task names. Throws `mailbox-missing`. */
export function mailboxOf({ store }: ReplayContext, id: MailboxId): MailboxRow {
  const row = store.mailboxes.row(id)
  if (!row) throw new SiegelError('mailbox-missing', { detail: 'the mailbox is gone' })
  return row
}

/**
 * Opens a mailbox for changes. `sameUids` is false when UIDVALIDITY is not the one known here: then no UID that a
 * task remembers means anything.
 */
export async function openForChange(
  { session }: ReplayContext,
  row: MailboxRow,
): Promise<{ uidValidity: number; sameUids: boolean }> {
  const { uidValidity } = await session.open(row.path, { readOnly: false })
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

/** Newest UID in the open mailbox that carries this Message-ID and belongs to no other message here, or null. */
export async function findUnclaimed(
  { session, store }: ReplayContext,
  mailboxId: MailboxId,
  messageIdHeader: string,
  except: ReadonlySet<number>,
): Promise<number | null> {
  if (messageIdHeader === '') return null
  const claimed = new Set(store.messages.knownUids(mailboxId))
  const found = await session.searchMessageId(messageIdHeader)
  return found.filter(uid => !claimed.has(uid) && !except.has(uid)).at(-1) ?? null
}
