import { assertNever } from '../../../../shared/kit/assert-never'
import type { MailboxId, MessageId } from '../../../../shared/kit/ids'
import { openMovesOf } from '../../features/mail/store/remembered-uids'
import { readFlags, withChange } from '../../formats/flags'
import type { TaskPayload } from '../../ports/store'
import type { StoreContext } from '../../store/context'
import type { WriteDb } from '../../store/db'
import { sql } from '../../store/sql'
import { flagRefresher } from './pending-flags'

type Move = Extract<TaskPayload, { kind: 'move' }>

/** The server has it now: what it did is part of the server's state. The task's own marks are gone already. */
export function settleDone(db: WriteDb, payload: TaskPayload): void {
  if (payload.kind === 'set-flags') {
    const refreshFlags = flagRefresher(db)
    for (const id of payload.messageIds) {
      const row = db.get<{ server_flags: number; server_keywords: string | null }>(
        sql`SELECT server_flags, server_keywords FROM messages WHERE id = ${id}`,
      )
      if (row === undefined) continue
      const server = withChange(readFlags(row.server_flags, row.server_keywords), payload)
      refreshFlags(id, server)
    }
  }
  if (payload.kind === 'move') {
    // A source UID that never became known has nothing left to hold back.
    for (const item of payload.items) {
      db.run(
        sql`DELETE FROM remembered_uids WHERE message = ${item.messageId} AND mailbox = ${item.fromMailboxId} AND uid IS NULL`,
      )
    }
  }
}

/** A task that never reached the server is taken back: the local state becomes what the server has. */
export function rollBack({ feed }: StoreContext, db: WriteDb, payload: TaskPayload): void {
  switch (payload.kind) {
    case 'set-flags': {
      const refreshFlags = flagRefresher(db)
      for (const id of payload.messageIds) refreshFlags(id)
      feed.note('message', payload.messageIds)
      feed.note('mailbox', null)
      return
    }
    case 'move':
      for (const item of payload.items) {
        moveBack(db, payload, item)
        // What others did to it while it was hidden here.
        relist(db, item.fromMailboxId)
      }
      feed.note(
        'message',
        payload.items.map(item => item.messageId),
      )
      feed.note('mailbox', null)
      return
    case 'expunge':
      // The rows are gone; the mailbox is listed again in full, which brings the messages back.
      for (const item of payload.items) {
        db.run(
          sql`DELETE FROM remembered_uids WHERE mailbox = ${item.fromMailboxId} AND uid = ${item.fromUid}`,
        )
        relist(db, item.fromMailboxId)
      }
      return
    case 'append':
      // The message stays where it is: it exists only here, and what the user wrote is not thrown away. The version
      // that it was to replace is still on the server, and is shown again.
      if (payload.replacesUid !== null) {
        db.run(
          sql`DELETE FROM remembered_uids WHERE mailbox = ${payload.mailboxId} AND uid = ${payload.replacesUid}`,
        )
        relist(db, payload.mailboxId)
      }
      return
    case 'create-mailbox':
      db.run(sql`DELETE FROM mailboxes WHERE id = ${payload.mailboxId} AND total = 0`)
      feed.note('mailbox', [payload.mailboxId])
      return
    case 'rename-mailbox':
      renameBack(db, payload)
      feed.note('mailbox', null)
      return
    case 'delete-mailbox':
      // The next listing names it again.
      return
    default:
      assertNever(payload)
  }
}

/** Makes the next sync compare every UID instead of only what changed. */
function relist(db: WriteDb, mailbox: MailboxId): void {
  db.run(sql`UPDATE mailboxes SET highest_modseq = NULL, headers_complete = 0 WHERE id = ${mailbox}`)
}

function moveBack(db: WriteDb, move: Move, item: Move['items'][number]): void {
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
  later: { id: number; payload: Move },
  messageId: MessageId,
  between: MailboxId,
  first: Move['items'][number],
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

function renameBack(
  db: WriteDb,
  { mailboxId, oldPath, newPath }: Extract<TaskPayload, { kind: 'rename-mailbox' }>,
): void {
  const mailbox = db.get<{ account: number; path: string; delimiter: string }>(
    sql`SELECT account, path, delimiter FROM mailboxes WHERE id = ${mailboxId}`,
  )
  if (mailbox === undefined || mailbox.path !== newPath) return
  const { account, delimiter } = mailbox
  if (db.value<number>(sql`SELECT 1 FROM mailboxes WHERE account = ${account} AND path = ${oldPath}`) === 1)
    return
  const below = `${newPath}${delimiter}`
  db.run(sql`UPDATE mailboxes SET path = ${oldPath} WHERE id = ${mailboxId}`)
  if (delimiter === '') return
  db.run(sql`
    UPDATE OR IGNORE mailboxes SET path = ${`${oldPath}${delimiter}`} || substr(path, length(${below}) + 1)
    WHERE account = ${account} AND substr(path, 1, length(${below})) = ${below}`)
}
