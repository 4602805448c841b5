import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { WriteDb } from '../../../../store/db'
import { sql } from '../../../../store/sql'
import { type MovePayload, openMovesOf } from './payload'

type Item = MovePayload['items'][number]

/** Puts one message back where it was, unless it was moved on since: then that step is left out. */
export function moveBack(db: WriteDb, move: MovePayload, item: Item): void {
  const { messageId, fromMailboxId, fromUid } = item
  db.run(sql`DELETE FROM remembered_uids WHERE message = ${messageId} AND mailbox = ${fromMailboxId}`)
  const later = openMovesOf(db, messageId)[0]
  if (later !== undefined) {
    skipStep(db, later, messageId, move.toMailboxId, item)
    return
  }
  const row = db.get<{ mailbox: MailboxId; uid: number | null }>(
    sql`SELECT mailbox, uid FROM messages WHERE id = ${messageId}`,
  )
  const source = db.value<number>(sql`SELECT account FROM mailboxes WHERE id = ${fromMailboxId}`)
  if (row === undefined || source === undefined || row.mailbox !== move.toMailboxId || row.uid !== null)
    return
  const taken =
    fromUid !== null &&
    db.value<number>(sql`SELECT 1 FROM messages WHERE mailbox = ${fromMailboxId} AND uid = ${fromUid}`) === 1
  db.run(sql`
    UPDATE messages SET mailbox = ${fromMailboxId}, account = ${source}, uid = ${taken ? null : fromUid} WHERE id = ${messageId}`)
}

/** A to B is discarded while B to C waits: what remains is A to C. */
function skipStep(
  db: WriteDb,
  later: { id: number; payload: MovePayload },
  messageId: MessageId,
  between: MailboxId,
  first: Item,
): void {
  const items = later.payload.items.map(item =>
    item.messageId === messageId && item.fromMailboxId === between
      ? { ...item, fromMailboxId: first.fromMailboxId, fromUid: first.fromUid }
      : item,
  )
  db.run(
    sql`UPDATE tasks SET payload = ${JSON.stringify({ ...later.payload, items })} WHERE id = ${later.id}`,
  )
  db.run(sql`
    UPDATE remembered_uids SET mailbox = ${first.fromMailboxId}, uid = ${first.fromUid}
    WHERE message = ${messageId} AND mailbox = ${between} AND uid IS NULL`)
}
