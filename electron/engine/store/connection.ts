import { closeSync, existsSync, openSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3-multiple-ciphers'

/** Of every store. */
export const pageBytes = 8192
/**
 * Pages of log before it is written back: 8 MB. Writing back stops the engine; four times as many saved 3 % of a first
 * sync's work and made its longest stop 250 ms instead of 100 (measured).
 */
export const autocheckpointPages = 1000

/**
 * Opens one encrypted connection and gives it its key; reads nothing yet. chacha20 with its Poly1305 page MAC
 * was measured against sqlcipher here: the same reads, fewer milliseconds a commit (docs/adr). "raw:" says that
 * these 32 bytes are the key itself, so that no passphrase derivation runs.
 *
 * `salvage` reads pages whose MAC does not fit, for recovery only: never used on a store that is in use.
 */
export function openConnection(
  path: string,
  key: Uint8Array,
  options: { salvage?: boolean; mustExist?: boolean; readonly?: boolean } = {},
): BetterSqlite.Database {
  // SQLite gives its log the mode of the file.
  if (options.mustExist !== true && !existsSync(path)) {
    try {
      closeSync(openSync(path, 'wx', 0o600))
    } catch {
      // Whatever is in the way: SQLite meets it next and names it.
    }
  }
  const connection = new BetterSqlite(path, {
    timeout: 0,
    fileMustExist: options.mustExist === true,
    readonly: options.readonly === true,
  })
  const rawKey = Buffer.concat([Buffer.from('raw:'), key])
  try {
    connection.pragma("cipher = 'chacha20'")
    if (options.salvage === true) connection.pragma('hmac_check = 0')
    connection.key(rawKey)
  } catch (error) {
    connection.close()
    throw error
  } finally {
    rawKey.fill(0)
  }
  return connection
}

/**
 * Settings of the one writer. The exclusive lock is taken with the first access and kept until the process
 * ends, however it ends; a second process gets SQLITE_BUSY at once.
 */
export function configureWriter(connection: BetterSqlite.Database): void {
  connection.pragma(`page_size = ${pageBytes}`)
  connection.pragma('locking_mode = EXCLUSIVE')
  connection.exec('BEGIN IMMEDIATE; COMMIT')
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = NORMAL')
  connection.pragma('secure_delete = ON')
  connection.pragma('temp_store = MEMORY')
  connection.pragma('mmap_size = 0')
  connection.pragma('foreign_keys = ON')
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cache_size = -65536')
  connection.pragma(`wal_autocheckpoint = ${autocheckpointPages}`)
}
