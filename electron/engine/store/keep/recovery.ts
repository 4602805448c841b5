import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../../shared/kit/result'
import type { Clock, Log, Random } from '../../ports/basics'
import { configureWriter, openConnection } from '../connection'
import { migrate } from '../migrate'
import { preciousOf, type SavedCount, type StoreLayout } from '../tables'
import type { Carrying, CarryOver } from './carry-over'
import { type Salvage, type SalvagedRow, salvage } from './salvage'

/** What was carried over from a damaged store, and where that is kept. */
export type Recovered = {
  setAside: string
  saved: Readonly<Record<SavedCount, number>>
}

const newName = 'store-recovering.db'

/**
 * Builds a new store from what can still be read of a damaged one and exists nowhere else: own keys, accounts with their
 * passwords, pins, settings, drafts, outbox, local mail, and mail that waits to be appended. The mail of servers
 * is downloaded again. The new file is complete before the old one is renamed, so a kill at any point leaves
 * either the damaged store or the new one (see `finishInterruptedRecovery`), never a half of it. Throws
 * `store-unreadable`, and leaves everything as it is, when nothing can be read: what is made of nothing is no rebuilt store.
 */
export function recover(
  directory: string,
  key: Uint8Array,
  { clock, random, log }: { clock: Clock; random: Random; log: Log },
  features: Readonly<{ layout: StoreLayout; carryOver: CarryOver }>,
): Recovered {
  const path = join(directory, 'store.db')
  const fresh = join(directory, newName)
  for (const suffix of ['', '-wal', '-journal']) rmSync(fresh + suffix, { force: true })

  const found = salvage(path, key, features.layout.tables, log)
  if (isNothing(found)) throw new SiegelError('store-unreadable', { path })
  const connection = openConnection(fresh, key)
  let saved: Recovered['saved']
  try {
    configureWriter(connection)
    migrate(connection, features.layout.migrations)
    saved = fill(connection, found, features, Buffer.from(random.bytes(16)).toString('hex'))
    connection.pragma('wal_checkpoint(TRUNCATE)')
    // Leaves no log beside the file, so that one rename is the whole step.
    connection.pragma('journal_mode = DELETE')
  } finally {
    connection.close()
  }

  const time = new Date(clock.now()).toISOString().replace(/[:.]/g, '-')
  const aside = `store-damaged-${time}.db`
  for (const suffix of ['-wal', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, join(directory, aside + suffix))
  }
  renameSync(fresh, path)
  rmSync(join(directory, 'store.damaged'), { force: true })
  log.warn('store: damaged, set aside and built anew', {
    setAside: aside,
    ...saved,
    tablesIncomplete: found.lost,
  })
  return { setAside: aside, saved }
}

/** Not a page opens, or not a row of anything: damage in the first page, another key and another file look alike. */
function isNothing(found: Salvage): boolean {
  return [...found.rows.values()].every(rows => rows.length === 0)
}

/** After a kill between the two renames: the new store is complete and only has to take its place. */
export function finishInterruptedRecovery(directory: string): void {
  const path = join(directory, 'store.db')
  const fresh = join(directory, newName)
  if (!existsSync(path) && existsSync(fresh) && !existsSync(`${fresh}-wal`)) renameSync(fresh, path)
}

function fill(
  connection: BetterSqlite.Database,
  found: Salvage,
  { layout, carryOver }: Readonly<{ layout: StoreLayout; carryOver: CarryOver }>,
  placeholderId: string,
): Recovered['saved'] {
  const saved: Record<SavedCount, number> = {
    keys: 0,
    drafts: 0,
    outbox: 0,
    localMessages: 0,
    accounts: 0,
    events: 0,
    contacts: 0,
  }
  const precious = preciousOf(layout.tables)
  const readable = new Map(
    precious.map(({ name, salvage: { json = [] } }) => [
      name,
      (found.rows.get(name) ?? []).filter(row => json.every(column => isJson(row[column]))),
    ]),
  )
  const carrying: Carrying = {
    connection,
    placeholderId,
    rows: table => readable.get(table) ?? [],
    insert: (table, row) => insertRow(connection, table, row),
  }
  connection.exec('BEGIN IMMEDIATE')
  const changed = carryOver(carrying)
  for (const { name, salvage: rule } of precious) {
    const carry = changed[name] ?? (row => carrying.insert(name, row))
    for (const row of carrying.rows(name)) if (carry(row) && rule.counted) saved[rule.counted] += 1
  }
  connection.exec('COMMIT')
  return saved
}

/** Column names come from a schema that may be damaged too, so they are looked at; a row that no longer fits (its account is lost) is left out. */
function insertRow(connection: BetterSqlite.Database, name: string, row: SalvagedRow): boolean {
  const columns = Object.keys(row)
  if (!columns.every(column => /^[a-z0-9_]+$/.test(column))) return false
  const text = `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  try {
    connection.prepare<unknown[]>(text).run(...Object.values(row))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))
      return false
    throw error
  }
}

function isJson(value: unknown): boolean {
  try {
    JSON.parse(String(value))
    return true
  } catch {
    return false
  }
}
