import { setImmediate } from 'node:timers/promises'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../../shared/kit/result'
import type { LongWork } from '../../ports/basics'
import { openConnection, pageBytes } from '../connection'
import { sqliteCode } from '../errors'

/** So many pages are read, decrypted and held against their MAC at a stretch: some milliseconds. */
const pagesAtOnce = 128
/** SQLite keeps its locks there and never uses it (file format, 1.8). */
const lockPage = 0x4000_0000 / pageBytes + 1

const damaged = (path: string, detail: string): SiegelError =>
  new SiegelError('backup-damaged', { path, detail: detail.slice(0, 200) })

type Tick = (pages: number) => Promise<void>

/** Walks through all tables and indexes: each page must be met once. Answers which of them have rows over several pages. */
const walk = async (
  copy: BetterSqlite.Database,
  path: string,
  pages: number,
  tick: Tick,
): Promise<Set<string>> => {
  const met = new Uint8Array(pages + 1)
  const long = new Set<string>()
  let count = 0
  const rows = copy.prepare<[], [string, number, string]>('SELECT name, pageno, pagetype FROM dbstat').raw()
  for (const [name, number, kind] of rows.iterate()) {
    if (number < 1 || number > pages || met[number] !== 0) throw damaged(path, `page ${number} twice`)
    met[number] = 1
    count += 1
    if (kind === 'overflow') long.add(name)
    await tick(1)
  }
  const unused = Number(copy.pragma('freelist_count', { simple: true })) + (pages >= lockPage ? 1 : 0)
  if (count + unused !== pages) throw damaged(path, `${pages - count - unused} pages are not used`)
  return long
}

/** The walk follows a long row to its last page and does not read that one: the row itself does. */
const readLongRows = async (
  copy: BetterSqlite.Database,
  path: string,
  name: string,
  tick: Tick,
): Promise<void> => {
  const quoted = `"${name.replaceAll('"', '""')}"`
  const table = copy
    .prepare<[string], string>("SELECT tbl_name FROM sqlite_schema WHERE name = ? AND type = 'index'")
    .pluck()
    .get(name)
  if (table !== undefined) {
    // A key of more than two kilobytes: rare, and in small tables.
    const found = String(copy.pragma(`quick_check("${table.replaceAll('"', '""')}")`, { simple: true }))
    if (found !== 'ok') throw damaged(path, found)
    return
  }
  for (const row of copy.prepare<[], unknown[]>(`SELECT * FROM ${quoted}`).raw().iterate()) {
    const bytes = row.reduce<number>(
      (sum, value) => sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 8),
      0,
    )
    await tick(bytes / pageBytes)
  }
}

/**
 * Opens a backup where it lies, with the key of this store, and reads every page that holds anything; nothing is written. The
 * engine goes on between two pieces (a piece is at least one row). `onProgress` gets bytes. Throws `backup-damaged`, `cancelled`.
 */
export async function checkBackup(
  connection: BetterSqlite.Database,
  path: string,
  key: Uint8Array,
  { signal, onProgress }: LongWork,
): Promise<void> {
  let copy: BetterSqlite.Database | null = null
  try {
    copy = openConnection(path, key, { mustExist: true, readonly: true })
    const pages = Number(copy.pragma('page_count', { simple: true }))
    let [done, sinceRest] = [0, 0]
    const tick: Tick = async count => {
      done += count
      sinceRest += count
      if (sinceRest < pagesAtOnce) return
      sinceRest = 0
      // Walked once, and what is long is read once more: nearly all, where there is much.
      onProgress?.(Math.min(done, 2 * pages) * (pageBytes / 2), pages * pageBytes)
      await setImmediate()
      if (signal?.aborted || !connection.open) throw new SiegelError('cancelled')
    }
    for (const name of await walk(copy, path, pages, tick)) await readLongRows(copy, path, name, tick)
    const [there, here] = [copy, connection].map(each => each.pragma('user_version', { simple: true }))
    if (there !== here) throw damaged(path, `schema ${there}`)
    onProgress?.(pages * pageBytes, pages * pageBytes)
  } catch (error) {
    if (error instanceof SiegelError) throw error
    throw new SiegelError('backup-damaged', { path, detail: sqliteCode(error) ?? '' }, { cause: error })
  } finally {
    copy?.close()
  }
}
