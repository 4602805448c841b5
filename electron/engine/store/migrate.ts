import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../shared/kit/result'
import type { Migration } from './schema/migrations'

/**
 * Brings a database to the newest of these steps, each step in its own transaction, so that a kill leaves it at a
 * whole version. Throws `store-newer` when the database was written by a newer program. Answers the versions
 * before and after.
 */
export function migrate(
  connection: BetterSqlite.Database,
  steps: readonly Migration[],
): { from: number; to: number } {
  const from = Number(connection.pragma('user_version', { simple: true }))
  const newest = steps.at(-1)?.version ?? 0
  if (from > newest) throw new SiegelError('store-newer', { found: from, supported: newest })
  for (const step of steps) {
    if (step.version <= from) continue
    connection.exec('BEGIN IMMEDIATE')
    try {
      connection.exec(step.statements)
      connection.pragma(`user_version = ${step.version}`)
      connection.exec('COMMIT')
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK')
      throw error
    }
  }
  return { from, to: Math.max(from, newest) }
}
