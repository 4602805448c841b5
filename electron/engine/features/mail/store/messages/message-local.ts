import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import {
  imapFlagNames,
  keywordsColumn,
  readFlags,
  sameFlags,
  withChange,
  withoutFlags,
} from '../../../../formats/flags'
import type { MessageStore } from '../../../../ports/store'
import type { StoreContext } from '../../../../store/context'
import type { WriteDb } from '../../../../store/db'
import { jsonList, sql } from '../../../../store/sql'
import { openMovesOf } from '../../tasks/move/payload'
import { noteConversations, threadsOf } from '../conversation-feed'
import { noteFlags } from '../flag-feed'

type LocalSide = Pick<MessageStore, 'changeFlags' | 'moveLocally' | 'removeLocally' | 'releaseUids'>
type Removed = { fromMailboxId: MailboxId; fromUid: number; messageIdHeader: string }

/** Changes made here, shown at once; the tasks that carry them to the server are added by the caller. */
export function createMessageLocal({ database, feed }: StoreContext): LocalSide {
  return {
    changeFlags: (ids, change) =>
      database.write(db => {
        const rows = db.all<{ id: MessageId; mailbox: number; flags: number; keywords: string | null }>(sql`
          SELECT m.id, m.mailbox, m.flags, m.keywords FROM json_each(${jsonList([...new Set(ids)])}) j CROSS JOIN messages m ON m.id = j.value`)
        const changes = rows.flatMap(({ id, mailbox, flags, keywords }) => {
          const before = readFlags(flags, keywords)
          const after = withChange(before, change)
          return sameFlags(before, after) ? [] : [{ id, mailbox, before, after }]
        })
        // One statement: inside a transaction, one for each row keeps a copy of every page it touches until the end.
        const columns = changes.map(({ id, after }) => [id, after.bits, keywordsColumn(after.keywords)])
        db.run(sql`
          UPDATE messages SET flags = j.value ->> 1, keywords = j.value ->> 2
          FROM json_each(${JSON.stringify(columns)}) j WHERE messages.id = j.value ->> 0`)
        noteFlags(feed, changes)
        return changes.map(({ id, before, after }) => ({
          id,
          added: imapFlagNames(withoutFlags(after, before)),
          removed: imapFlagNames(withoutFlags(before, after)),
        }))
      }),

    moveLocally: (ids, toMailboxId) =>
      database.write(db => {
        const target = db.value<number>(sql`SELECT account FROM mailboxes WHERE id = ${toMailboxId}`)
        if (target === undefined) throw new SiegelError('mailbox-missing', { mailboxId: toMailboxId })
        const moved: { messageId: MessageId; fromMailboxId: MailboxId; fromUid: number | null }[] = []
        const mailboxes = new Set<number>([toMailboxId])
        for (const id of ids) {
          const row = db.get<{ mailbox: MailboxId; uid: number | null }>(
            sql`SELECT mailbox, uid FROM messages WHERE id = ${id}`,
          )
          if (row === undefined || row.mailbox === toMailboxId) continue
          if (isOnServer(db, row.mailbox)) {
            db.run(
              sql`INSERT INTO remembered_uids (mailbox, uid, message) VALUES (${row.mailbox}, ${row.uid}, ${id})`,
            )
          }
          db.run(
            sql`UPDATE messages SET mailbox = ${toMailboxId}, account = ${target}, uid = NULL, unmatched = 0 WHERE id = ${id}`,
          )
          moved.push({ messageId: id, fromMailboxId: row.mailbox, fromUid: row.uid })
          mailboxes.add(row.mailbox)
        }
        feed.note(
          'message',
          moved.map(item => item.messageId),
          'place',
        )
        if (moved.length > 0) feed.note('mailbox', mailboxes, 'members')
        return moved
      }),

    removeLocally: ids =>
      database.write(db => {
        const removed: Removed[] = []
        const mailboxes = new Set<number>()
        const left = threadsOf(db, ids)
        for (const id of ids) {
          const row = db.get<{ mailbox: MailboxId; uid: number | null; message_id: string }>(
            sql`SELECT mailbox, uid, message_id FROM messages WHERE id = ${id}`,
          )
          if (row === undefined) continue
          if (row.uid !== null) {
            removed.push({ fromMailboxId: row.mailbox, fromUid: row.uid, messageIdHeader: row.message_id })
            db.run(sql`INSERT INTO remembered_uids (mailbox, uid) VALUES (${row.mailbox}, ${row.uid})`)
          } else {
            const origin = withdrawFromMoves(db, id)
            if (origin !== null) removed.push({ ...origin, messageIdHeader: row.message_id })
          }
          db.run(sql`DELETE FROM messages WHERE id = ${id}`)
          mailboxes.add(row.mailbox)
        }
        feed.note('message', ids, 'gone')
        noteConversations(db, feed, left, [])
        feed.note('mailbox', mailboxes, 'members')
        return removed
      }),

    releaseUids: items =>
      database.write(db => {
        for (const { fromMailboxId, fromUid } of items) {
          if (fromUid !== null)
            db.run(sql`DELETE FROM remembered_uids WHERE mailbox = ${fromMailboxId} AND uid = ${fromUid}`)
        }
      }),
  }
}

function isOnServer(db: WriteDb, mailbox: MailboxId): boolean {
  return (
    db.value<number>(sql`
      SELECT a.config -> 'services' -> 'mail' IS NOT NULL
      FROM mailboxes m JOIN accounts a ON a.number = m.account WHERE m.id = ${mailbox}`) === 1
  )
}

/**
 * Takes a message that goes for good out of the moves that have not started; what is left to do is an expunge
 * where it still is on the server. A move that runs is let run: the message comes back, which is the safe side.
 */
function withdrawFromMoves(db: WriteDb, id: MessageId): { fromMailboxId: MailboxId; fromUid: number } | null {
  const moves = openMovesOf(db, id)
  const [first] = moves
  if (first === undefined || moves.some(move => move.state === 'running')) return null
  const origin = first.payload.items.find(item => item.messageId === id)
  for (const move of moves) {
    const items = move.payload.items.filter(item => item.messageId !== id)
    if (items.length === 0) db.run(sql`DELETE FROM tasks WHERE id = ${move.id}`)
    else
      db.run(
        sql`UPDATE tasks SET payload = ${JSON.stringify({ ...move.payload, items })} WHERE id = ${move.id}`,
      )
  }
  db.run(sql`DELETE FROM remembered_uids WHERE message = ${id} AND uid IS NULL`)
  if (origin === undefined || origin.fromUid === null) return null
  return { fromMailboxId: origin.fromMailboxId, fromUid: origin.fromUid }
}
