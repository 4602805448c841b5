import { sql } from '../../../../store/sql'
import { mailTask } from '../mail-task'
import { relist } from '../relist'
import { moveBack } from './move-back'
import { type MovePayload, movePayload } from './payload'
import { replayMove } from './replay'
import { undoMove } from './undo'

/** Messages that were moved to another mailbox of the account. */
export const move = mailTask<MovePayload>({
  kind: 'move',
  payload: movePayload,
  messages: ({ items }) => items.map(item => item.messageId),
  mailboxes: ({ items, toMailboxId }) => ({
    uses: [...items.map(item => item.fromMailboxId), toMailboxId],
    shapes: [],
  }),
  into: ({ toMailboxId }) => toMailboxId,
  words: ({ items, toMailboxId }, pathOf) => ({
    messageCount: items.length,
    mailboxId: toMailboxId,
    mailboxName: pathOf(toMailboxId),
  }),
  settle: (db, { items }) => {
    // A source UID that never became known has nothing left to hold back.
    for (const { messageId, fromMailboxId } of items) {
      db.run(
        sql`DELETE FROM remembered_uids WHERE message = ${messageId} AND mailbox = ${fromMailboxId} AND uid IS NULL`,
      )
    }
  },
  rollBack: ({ db, feed }, payload) => {
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
  },
  replay: replayMove,
  undo: undoMove,
})
