import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import type { Log } from '../../ports/basics'
import { openConnection } from '../connection'
import { preciousOf, type TableRule } from '../tables'

/** A row as it was read, column by column. */
export type SalvagedRow = Readonly<Record<string, unknown>>
/** What could be read, table by table. `lost` counts reads that failed. */
export type Salvage = Readonly<{ rows: ReadonlyMap<string, readonly SalvagedRow[]>; lost: number }>

/**
 * Reads what can be read of a damaged store: each table forwards until a page is broken, then backwards from
 * its end, then by single keys in the gap. A page that fails its MAC is tried once more without it: what it
 * holds then is checked like any input when it is written again.
 */
export function salvage(path: string, key: Uint8Array, tables: readonly TableRule[], log: Log): Salvage {
  const rows = new Map<string, SalvagedRow[]>()
  let lost = 0
  const connections = [false, true].flatMap(withoutMac => {
    const connection = tryOpen(path, key, withoutMac)
    return connection === null ? [] : [connection]
  })
  try {
    for (const { name, salvage: rule } of preciousOf(tables)) {
      const { key: keyColumn, beside, only, of } = rule
      const text = `SELECT * FROM ${name}${only === undefined ? '' : ` WHERE ${only}`}`
      const found = new Map<string, SalvagedRow>()
      let complete = false
      for (const connection of connections) {
        if (complete) break
        const result =
          of === undefined || keyColumn === null
            ? readTable(connection, text, keyColumn)
            : readKeys(connection, `${text} WHERE ${keyColumn} =`, idsOf(rows.get(of) ?? []))
        for (const row of result.rows) {
          const identity =
            keyColumn === null
              ? JSON.stringify(row)
              : `${row[keyColumn]} ${beside === undefined ? '' : row[beside]}`
          if (!found.has(identity)) found.set(identity, row)
        }
        complete = result.complete
      }
      if (!complete) {
        lost += 1
        log.warn('store: a table could not be read whole', { table: name, rows: found.size })
      }
      rows.set(name, [...found.values()])
    }
  } finally {
    for (const connection of connections) connection.close()
  }
  return { rows, lost }
}

function tryOpen(path: string, key: Uint8Array, withoutMac: boolean): BetterSqlite.Database | null {
  let connection: BetterSqlite.Database | null = null
  try {
    connection = openConnection(path, key, { mustExist: true, salvage: withoutMac })
    connection.pragma('locking_mode = EXCLUSIVE')
    // A file that was cut short is refused as a whole otherwise, although its first pages are there.
    connection.unsafeMode(true)
    connection.pragma('writable_schema = ON')
    connection.prepare('SELECT count(*) FROM sqlite_schema').get()
    return connection
  } catch {
    connection?.close()
    return null
  }
}

function readTable(
  connection: BetterSqlite.Database,
  text: string,
  keyColumn: string | null,
): { rows: SalvagedRow[]; complete: boolean } {
  const forward = readUntilBroken(connection, keyColumn === null ? text : `${text} ORDER BY ${keyColumn}`)
  if (forward.complete || keyColumn === null) return forward
  const backward = readUntilBroken(connection, `${text} ORDER BY ${keyColumn} DESC`)
  const first = Number(forward.rows.at(-1)?.[keyColumn] ?? 0)
  const last = Number(backward.rows.at(-1)?.[keyColumn] ?? first)
  const between: SalvagedRow[] = []
  const joint = text.includes(' WHERE ') ? 'AND' : 'WHERE'
  for (let value = first + 1; value < last && value - first < gapKeys; value += 1) {
    between.push(...readUntilBroken(connection, `${text} ${joint} ${keyColumn} = ${value}`).rows)
  }
  return { rows: [...forward.rows, ...between, ...backward.rows], complete: false }
}

/** Keys that are tried one by one between the two ends of what could be read. */
const gapKeys = 100_000

function readUntilBroken(
  connection: BetterSqlite.Database,
  text: string,
): { rows: SalvagedRow[]; complete: boolean } {
  const rows: SalvagedRow[] = []
  try {
    for (const row of connection.prepare<[], SalvagedRow>(text).iterate()) rows.push(row)
    return { rows, complete: true }
  } catch {
    return { rows, complete: false }
  }
}

function idsOf(rows: readonly SalvagedRow[]): number[] {
  return rows.map(row => Number(row['id']))
}

function readKeys(
  connection: BetterSqlite.Database,
  text: string,
  keys: readonly number[],
): { rows: SalvagedRow[]; complete: boolean } {
  const rows: SalvagedRow[] = []
  let complete = true
  for (const key of keys) {
    const read = readUntilBroken(connection, `${text} ${Math.trunc(key)}`)
    rows.push(...read.rows)
    if (!read.complete) complete = false
  }
  return { rows, complete }
}
