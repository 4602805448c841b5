import { parseFlags } from '../../../../formats/flags'
import type { ReplaceBody } from '../../../../ports/keys/inbox-encryption'
import { pack } from '../../../../store/blobs'
import { sql } from '../../../../store/sql'
import { flagRefresher } from '../../tasks/pending-flags'
import type { IndexedContext } from '../indexed-context'
import { indexBodies, writeBody } from './message-bodies'

/** Other bytes and flags for a message that is here; see `ReplaceBody`. */
export function createReplaceBody({ database, searchIndex }: IndexedContext): ReplaceBody {
  return (id, { raw, parsed, flags }) =>
    database.write(db => {
      const bodyState = db.value<number>(sql`SELECT body_state FROM messages WHERE id = ${id}`)
      if (bodyState === undefined) return
      if (parsed === null) {
        const packed = pack(raw)
        db.run(
          sql`INSERT OR REPLACE INTO raw_messages VALUES (${id}, ${packed.encoding}, ${raw.length}, ${packed.bytes})`,
        )
      } else {
        if (bodyState === 1) db.run(sql`DELETE FROM message_texts WHERE message = ${id}`)
        writeBody(db, id, raw, parsed)
        indexBodies(searchIndex, db, [{ id, parsed, again: bodyState > 0 }])
      }
      flagRefresher(db)(id, parseFlags(flags))
    })
}
