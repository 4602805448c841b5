import { z } from 'zod'
import { type FlagSet, keywordsColumn, readFlags, sameFlags, withChange } from '../../../formats/flags'
import type { TaskPayload } from '../../../ports/store'
import type { WriteDb } from '../../../store/db'
import { sql } from '../../../store/sql'
import { storedJson } from '../../../store/stored-json'

const flagNames = z.array(z.string())

type FlagChange = Pick<Extract<TaskPayload, { kind: 'set-flags' }>, 'add' | 'remove'>

/** Sets a message to its server flags with the open changes on top. Null when nothing looks different. */
export type RefreshFlags = (
  message: number,
  server?: FlagSet,
) => Readonly<{ before: FlagSet; after: FlagSet }> | null

/**
 * For one transaction in which no task is added: a change of thousands of messages is one task, and is read once, not
 * once for each of them.
 */
export function flagRefresher(db: WriteDb): RefreshFlags {
  const changes = new Map<number, FlagChange>()
  const changeOf = (task: number): FlagChange => {
    const known = changes.get(task)
    if (known) return known
    // What cannot be read changes nothing, and waits to be given up.
    const row = db.get<{ added: string | null; removed: string | null }>(sql`
      SELECT json_extract(payload, '$.add') AS added, json_extract(payload, '$.remove') AS removed
      FROM tasks WHERE id = ${task} AND json_valid(payload)`)
    const change: FlagChange = {
      add: storedJson(flagNames, row?.added ?? '[]') ?? [],
      remove: storedJson(flagNames, row?.removed ?? '[]') ?? [],
    }
    changes.set(task, change)
    return change
  }
  /** What the server has, with every open local change on top, in order. */
  const withPendingChanges = (message: number, server: FlagSet): FlagSet =>
    db
      .column<number>(sql`
        SELECT t.id FROM task_messages m JOIN tasks t ON t.id = m.task
        WHERE m.message = ${message} AND t.kind = 'set-flags' AND t.state <> 'done' ORDER BY t.id`)
      .reduce((flags, task) => withChange(flags, changeOf(task)), server)

  return (message, server) => {
    const row = db.get<{
      flags: number
      keywords: string | null
      server_flags: number
      server_keywords: string | null
    }>(sql`SELECT flags, keywords, server_flags, server_keywords FROM messages WHERE id = ${message}`)
    if (row === undefined) return null
    const before = readFlags(row.flags, row.keywords)
    const stored = readFlags(row.server_flags, row.server_keywords)
    const base = server ?? stored
    if (!sameFlags(base, stored)) {
      db.run(
        sql`UPDATE messages SET server_flags = ${base.bits}, server_keywords = ${keywordsColumn(base.keywords)} WHERE id = ${message}`,
      )
    }
    const after = withPendingChanges(message, base)
    if (sameFlags(before, after)) return null
    db.run(
      sql`UPDATE messages SET flags = ${after.bits}, keywords = ${keywordsColumn(after.keywords)} WHERE id = ${message}`,
    )
    return { before, after }
  }
}
