import type { ChangeFeed } from '../../../store/change-feed'
import type { ReadDb } from '../../../store/db'
import { jsonList, sql } from '../../../store/sql'

/** As many as a record of changes names; more are told of as "many". */
const mostNamed = 1000

/** The conversations of messages that are about to go. */
export const threadsOf = (db: ReadDb, ids: readonly number[]): number[] =>
  db.column<number>(sql`
    SELECT DISTINCT m.thread FROM json_each(${jsonList(ids)}) j CROSS JOIN messages m ON m.id = j.value`)

/**
 * Tells of the messages in conversations that grew or shrank: each row of a list says how long its conversation is. `told`: ids
 * that are told of as changed anyway. In the transaction of the change, after it.
 */
export function noteConversations(
  db: ReadDb,
  feed: ChangeFeed,
  threads: Iterable<number>,
  told: readonly number[],
): void {
  const known = new Set(told)
  const ids = db.column<number>(sql`
    SELECT m.id FROM json_each(${jsonList([...new Set(threads)])}) j CROSS JOIN messages m ON m.thread = j.value
    LIMIT ${known.size + mostNamed + 1}`)
  const others = ids.filter(id => !known.has(id))
  if (others.length > 0) feed.note('conversation', others.length > mostNamed ? null : others, 'members')
}
