import type { TaskPayload } from '../ports/store'
import type { ReadDb, WriteDb } from './db'
import { type FlagSet, keywordsColumn, readFlags, sameFlags, withChange } from './flags'
import { sql } from './sql'

/** The flags of a message as they should look: what the server has, with every open local change on top, in order. */
export function withPendingChanges(db: ReadDb, message: number, server: FlagSet): FlagSet {
  const open = db.column<string>(sql`
    SELECT t.payload FROM task_messages m JOIN tasks t ON t.id = m.task
    WHERE m.message = ${message} AND t.kind = 'set-flags' AND t.state <> 'done' ORDER BY t.id`)
  let flags = server
  for (const payload of open) {
    const change = JSON.parse(payload) as Extract<TaskPayload, { kind: 'set-flags' }>
    flags = withChange(flags, change)
  }
  return flags
}

/** Sets a message to its server flags with the open changes on top. Answers whether something looks different. */
export function refreshFlags(db: WriteDb, message: number, server?: FlagSet): boolean {
  const row = db.get<{
    flags: number
    keywords: string | null
    server_flags: number
    server_keywords: string | null
  }>(sql`SELECT flags, keywords, server_flags, server_keywords FROM messages WHERE id = ${message}`)
  if (row === undefined) return false
  const before = readFlags(row.flags, row.keywords)
  const stored = readFlags(row.server_flags, row.server_keywords)
  const base = server ?? stored
  if (!sameFlags(base, stored)) {
    db.run(
      sql`UPDATE messages SET server_flags = ${base.bits}, server_keywords = ${keywordsColumn(base.keywords)} WHERE id = ${message}`,
    )
  }
  const after = withPendingChanges(db, message, base)
  if (sameFlags(before, after)) return false
  db.run(
    sql`UPDATE messages SET flags = ${after.bits}, keywords = ${keywordsColumn(after.keywords)} WHERE id = ${message}`,
  )
  return true
}
