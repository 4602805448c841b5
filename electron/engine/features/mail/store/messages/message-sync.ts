import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import { parseFlags } from '../../../../formats/flags'
import type { MessageStore } from '../../../../ports/store'
import type { StoreContext } from '../../../../store/context'
import { jsonList, sql } from '../../../../store/sql'
import { flagRefresher } from '../../tasks/pending-flags'
import { noteConversations, threadsOf } from '../conversation-feed'
import { type FlagsBeforeAfter, noteFlags } from '../flag-feed'
import { fillRememberedUid } from '../mailboxes/remembered-uids'

type SyncSide = Pick<MessageStore, 'knownUids' | 'applyServerFlags' | 'removeUids' | 'setUid'>

/** What the server says about messages that are already here. */
export function createMessageSync({ database, feed }: StoreContext): SyncSide {
  return {
    knownUids: mailboxId =>
      database.read.column<number>(sql`
        SELECT uid FROM messages WHERE mailbox = ${mailboxId} AND uid IS NOT NULL
        UNION SELECT uid FROM remembered_uids WHERE mailbox = ${mailboxId} AND uid IS NOT NULL ORDER BY uid`),
    applyServerFlags: (mailboxId, flags) =>
      database.write(db => {
        const changes: FlagsBeforeAfter[] = []
        const refreshFlags = flagRefresher(db)
        for (const remote of flags) {
          const id = db.value<number>(
            sql`SELECT id FROM messages WHERE mailbox = ${mailboxId} AND uid = ${remote.uid}`,
          )
          const change = id === undefined ? null : refreshFlags(id, parseFlags(remote.flags))
          if (id !== undefined && change !== null) changes.push({ id, mailbox: mailboxId, ...change })
        }
        noteFlags(feed, changes)
      }),
    removeUids: (mailboxId, uids) =>
      database.write(db => {
        const gone = db.column<number>(sql`
          SELECT m.id FROM json_each(${jsonList(uids)}) j CROSS JOIN messages m ON m.mailbox = ${mailboxId} AND m.uid = j.value`)
        if (gone.length === 0) return
        const left = threadsOf(db, gone)
        // One statement: a statement of its own for each would make the search index write a segment for each.
        db.run(sql`DELETE FROM messages WHERE id IN (SELECT value FROM json_each(${jsonList(gone)}))`)
        feed.note('message', gone, 'gone')
        noteConversations(db, feed, left, [])
        feed.note('mailbox', [mailboxId], 'members')
      }),
    setUid: (id, uid) =>
      database.write(db => {
        const row = db.get<{ mailbox: MailboxId }>(sql`SELECT mailbox FROM messages WHERE id = ${id}`)
        if (row === undefined) return
        if (uid !== null) {
          // Moved on meanwhile: the UID is that of the place in between, which the next move starts from.
          const waiting = db.get<{ id: number; mailbox: MailboxId }>(sql`
            SELECT id, mailbox FROM remembered_uids WHERE message = ${id} AND uid IS NULL ORDER BY id LIMIT 1`)
          if (waiting !== undefined) {
            fillRememberedUid(db, waiting.id, id, waiting.mailbox, uid)
            return
          }
          // Sync may have met the same message before the answer to the move came: one of the two rows goes.
          const twin = db.value<MessageId>(
            sql`SELECT id FROM messages WHERE mailbox = ${row.mailbox} AND uid = ${uid} AND id <> ${id}`,
          )
          if (twin !== undefined) {
            const left = threadsOf(db, [twin])
            db.run(sql`DELETE FROM messages WHERE id = ${twin}`)
            feed.note('message', [twin], 'gone')
            feed.note('mailbox', [row.mailbox], 'members')
            noteConversations(db, feed, left, [id])
          }
        }
        // Nothing that is shown changes by it.
        db.run(sql`UPDATE messages SET uid = ${uid}, unmatched = 0 WHERE id = ${id}`)
      }),
  }
}
