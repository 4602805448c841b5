import type { RemoveTwin } from '../../../../ports/keys/inbox-encryption'
import type { StoreContext } from '../../../../store/context'
import { sql } from '../../../../store/sql'
import { noteConversations, threadsOf } from '../conversation-feed'

/** The second row of a message goes, and the conversation it was counted in is told of. */
export function createRemoveTwin({ database, feed }: StoreContext): RemoveTwin {
  return (twin, kept) =>
    database.write(db => {
      const left = threadsOf(db, [twin])
      db.run(sql`DELETE FROM messages WHERE id = ${twin}`)
      feed.note('message', [twin], 'gone')
      noteConversations(db, feed, left, [kept])
    })
}
