import BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { layout } from '../../electron/engine/compose/layout'
import { migrate } from '../../electron/engine/store/migrate'

/** A database in memory that went through every step before `version`. */
export function databaseBefore(version: number): BetterSqlite.Database {
  const connection = new BetterSqlite(':memory:')
  connection.pragma('foreign_keys = ON')
  migrate(
    connection,
    layout.migrations.filter(step => step.version < version),
  )
  return connection
}

/** Goes one step. */
export function step(connection: BetterSqlite.Database, version: number): void {
  migrate(
    connection,
    layout.migrations.filter(known => known.version <= version),
  )
}

/** Rows of a query, for comparing. */
export const rows = (connection: BetterSqlite.Database, text: string): unknown[] =>
  connection.prepare(text).all()
