import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { NewMessage } from '../../../../ports/store'
import type { WriteDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import { type MovePayload, openMovesOf } from '../../tasks/move/payload'

/**
 * A message that was moved on before its first move reached the server arrives now in between (A to B is done,
 * B to C still waits): it is that message, not a new one. Its UID goes to the waiting move.
 */
export function rememberArrived(
  db: WriteDb,
  mailboxId: MailboxId,
  message: NewMessage & { uid: number },
): boolean {
  if (message.header.messageIdHeader === '') return false
  const waiting = db.get<{ id: number; message: MessageId }>(sql`
    SELECT r.id, r.message FROM remembered_uids r JOIN messages m ON m.id = r.message
    WHERE r.mailbox = ${mailboxId} AND r.uid IS NULL AND m.message_id = ${message.header.messageIdHeader}
      AND m.size = ${message.sizeBytes} ORDER BY r.id LIMIT 1`)
  if (waiting === undefined) return false
  fillRememberedUid(db, waiting.id, waiting.message, mailboxId, message.uid)
  return true
}

/** Writes a UID that became known into the remembered row and into the move that waits for it. */
export function fillRememberedUid(
  db: WriteDb,
  remembered: number,
  message: MessageId,
  mailbox: MailboxId,
  uid: number,
): void {
  db.run(sql`UPDATE remembered_uids SET uid = ${uid} WHERE id = ${remembered}`)
  for (const task of openMovesOf(db, message)) {
    if (!task.payload.items.some(item => isWaitingItem(item, message, mailbox))) continue
    const items = task.payload.items.map(item =>
      isWaitingItem(item, message, mailbox) ? { ...item, fromUid: uid } : item,
    )
    db.run(
      sql`UPDATE tasks SET payload = ${JSON.stringify({ ...task.payload, items })} WHERE id = ${task.id}`,
    )
    return
  }
}

/**
 * The UIDs of a mailbox mean other messages now. Moves that wait get theirs again when the headers arrive, so
 * that no task ever touches a message by a UID of before; what was removed here is matched by its expunge task.
 */
export function forgetRememberedUids(db: WriteDb, mailbox: MailboxId): void {
  const moved = db.column<MessageId>(sql`
    SELECT message FROM remembered_uids WHERE mailbox = ${mailbox} AND uid IS NOT NULL AND message IS NOT NULL`)
  for (const message of moved) {
    for (const task of openMovesOf(db, message)) {
      const items = task.payload.items.map(item =>
        item.messageId === message && item.fromMailboxId === mailbox ? { ...item, fromUid: null } : item,
      )
      db.run(
        sql`UPDATE tasks SET payload = ${JSON.stringify({ ...task.payload, items })} WHERE id = ${task.id}`,
      )
    }
  }
  db.run(sql`DELETE FROM remembered_uids WHERE mailbox = ${mailbox} AND message IS NULL`)
  db.run(sql`UPDATE remembered_uids SET uid = NULL WHERE mailbox = ${mailbox}`)
}

function isWaitingItem(item: MovePayload['items'][number], message: MessageId, mailbox: MailboxId): boolean {
  return item.messageId === message && item.fromMailboxId === mailbox && item.fromUid === null
}
