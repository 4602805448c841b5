import { existsSync, rmSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../shared/kit/result'

/** Written by whoever makes a profile, before its first store is there. */
const newMarker = 'store.new'
/** Written by whoever restores a backup: much may have happened since it was made. */
const restoredMarker = 'store.restored'

/** As `configureWriter` sets it. */
const pageBytes = 8192

const factsOf = (path: string): Stats | null => statSync(path, { throwIfNoEntry: false }) ?? null

/**
 * Whether the store lies in its place (`true`), or there never was one (`false`). Where one must have been and is not
 * there, nothing may be made in its place: throws `store-missing`, with `reason` `gone`, `empty` or `not-a-file`, and
 * `store-unreadable` for less than a page. Nothing is touched, as a log left beside it may hold all that is left.
 */
export function findStore(directory: string): boolean {
  const path = join(directory, 'store.db')
  const facts = factsOf(path)
  if (facts !== null && !facts.isFile())
    throw new SiegelError('store-missing', { path, reason: 'not-a-file' })
  if (facts !== null && facts.size >= pageBytes) return true
  // Whoever made the profile said that there is no store yet; a kill may have left the beginning of one.
  if (existsSync(join(directory, newMarker))) return false
  // SQLite takes a file of one byte for an empty database.
  if (facts !== null && facts.size > 0) throw new SiegelError('store-unreadable', { path })
  const wasThere = ['store.meta', 'profile.json', 'store.db-wal'].some(name =>
    existsSync(join(directory, name)),
  )
  if (wasThere) throw new SiegelError('store-missing', { path, reason: facts === null ? 'gone' : 'empty' })
  return false
}

/** The store is there and open: from now on its absence is a loss. */
export function storeIsMade(directory: string): void {
  rmSync(join(directory, newMarker), { force: true })
}

/**
 * A store that came out of a backup is as old as that: what features do about it is durable before the note of it goes, so that
 * a kill in between does it once more.
 */
export function settleRestored(
  directory: string,
  connection: BetterSqlite.Database,
  afterRestore: readonly AfterRestore[],
): void {
  const marker = join(directory, restoredMarker)
  if (!existsSync(marker)) return
  connection.pragma('synchronous = FULL')
  for (const settle of afterRestore) settle(connection)
  connection.pragma('synchronous = NORMAL')
  rmSync(marker, { force: true })
}

/** Which file a store lies in: a copy of it is another. */
const fileMark = (path: string): { inode: string; born: string } => {
  const { ino, birthtimeNs } = statSync(path, { bigint: true })
  return { inode: String(ino), born: String(birthtimeNs) }
}

/**
 * A store that lies in another file than the one in which it was opened last is a copy, or was moved to another disk; nobody can tell which, and the
 * one it was copied from may be in use. A file system that makes up numbers of files keeps when they were made, and the other way about: so both are
 * others. What features do about it and the note of the new file are one step.
 */
export function settleCopied(
  directory: string,
  connection: BetterSqlite.Database,
  afterCopy: readonly AfterRestore[],
): void {
  const here = fileMark(join(directory, 'store.db'))
  const known = connection.prepare<[], string>("SELECT value FROM meta WHERE name = 'file'").pluck().get()
  const [inode, born] = known?.split(' ') ?? []
  if (inode === here.inode && born === here.born) return
  connection.pragma('synchronous = FULL')
  connection.transaction(() => {
    if (known !== undefined && inode !== here.inode && born !== here.born)
      for (const settle of afterCopy) settle(connection)
    connection.prepare("INSERT OR REPLACE INTO meta VALUES ('file', ?)").run(`${here.inode} ${here.born}`)
  })()
  connection.pragma('synchronous = NORMAL')
}

/** What a feature does to its rows when the store is one of a backup. Doing it twice does no harm. */
export type AfterRestore = (connection: BetterSqlite.Database) => void
