import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../shared/kit/result'
import type { Clock, Log, Random } from '../ports/basics'
import type { Store } from '../ports/store'
import { checkStore, type StoreCheck } from './care'
import { ChangeFeed } from './change-feed'
import { configureWriter, openConnection } from './connection'
import type { StoreContext } from './context'
import { Database } from './db'
import { asStoreError, isDamage } from './errors'
import { StoreCopier } from './keep/backup-copy'
import type { CarryOver } from './keep/carry-over'
import { checkBackup } from './keep/check-backup'
import { finishInterruptedRecovery, type Recovered, recover } from './keep/recovery'
import { checkKey, writeKeyCheck } from './key-check'
import { migrate } from './migrate'
import { type AfterRestore, findStore, settleCopied, settleRestored, storeIsMade } from './store-place'
import type { StoreLayout } from './tables'

export type OpenStoreOptions = { directory: string; key: Uint8Array; clock: Clock; random: Random; log: Log }

/** A store that is open: what the parts of it work with, and what concerns it as a whole. */
export type OpenedStore = Readonly<{
  context: StoreContext
  whole: Pick<Store, 'transaction' | 'onChange' | 'backup' | 'checkBackup' | 'check' | 'close'>
}>

/** What features hand in, as the store itself knows none of them. */
type StoreFeatures<T> = Readonly<{
  layout: StoreLayout
  /** Makes their parts; it counts as part of the opening. */
  joinParts: (opened: OpenedStore) => T
  /** What they change in rows that are carried over from a damaged store. */
  carryOver: CarryOver
  afterRestore: readonly AfterRestore[]
  afterCopy: readonly AfterRestore[]
  checks: readonly StoreCheck[]
}>

/**
 * Opens the store of a profile, or makes a new one; brings it to the newest schema. A damaged store is set aside
 * and built anew from what exists nowhere else; `recovered` says so. Where there must have been one and nothing of it can
 * be read, it stays as it is and nothing is made. `key`: 32 bytes, copied.
 * Throws `store-newer`, `store-wrong-key`,
 * `store-missing`, `store-unreadable`, `profile-in-use`, `disk-full`, `file-unwritable`.
 */
export function openJoined<T>(
  options: OpenStoreOptions,
  features: StoreFeatures<T>,
): { store: T; recovered: Recovered | null } {
  if (options.key.length !== 32) throw new Error('The store key is 32 bytes')
  const { directory } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const key = Uint8Array.from(options.key)
  const checkPath = join(directory, 'store.meta')
  finishInterruptedRecovery(directory)
  const exists = findStore(directory)
  const keyIs = checkKey(checkPath, key)
  if (exists && keyIs === 'wrong') throw new SiegelError('store-wrong-key')
  if (!exists) writeKeyCheck(checkPath, key)

  let store: T
  let recovered: Recovered | null = null
  try {
    store = openWhole(options, key, features)
  } catch (error) {
    if (!isDamage(error)) throw asStoreError(error)
    recovered = recover(directory, key, options, features)
    store = openWhole(options, key, features)
  }
  if (exists && keyIs === 'unknown') writeKeyCheck(checkPath, key)
  storeIsMade(directory)
  return { store, recovered }
}

function openWhole<T>(options: OpenStoreOptions, key: Uint8Array, features: StoreFeatures<T>): T {
  const connection = open(options.directory, key, features)
  try {
    return features.joinParts(openedFrom(connection, key, options, features))
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Opens, migrates and looks whether everything that exists only here can be read. Throws SQLite's own errors. */
function open(
  directory: string,
  key: Uint8Array,
  { layout, afterRestore, afterCopy }: Pick<StoreFeatures<unknown>, 'layout' | 'afterRestore' | 'afterCopy'>,
): BetterSqlite.Database {
  const marker = join(directory, damageMarker)
  const connection = openConnection(join(directory, 'store.db'), key)
  try {
    configureWriter(connection)
    migrate(connection, layout.migrations)
    if (existsSync(marker)) {
      const found = connection.pragma('quick_check(1)', { simple: true })
      if (found !== 'ok') throw new SiegelError('store-damaged', { detail: String(found).slice(0, 200) })
      rmSync(marker, { force: true })
    }
    lookAtTables(connection, layout)
    settleRestored(directory, connection, afterRestore)
    settleCopied(directory, connection, afterCopy)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Left beside the store when a read failed while it was in use: the next start checks every page. */
const damageMarker = 'store.damaged'

/** Small tables are read whole, large ones at both ends; the rest is found when it is read. */
function lookAtTables(connection: BetterSqlite.Database, { tables }: StoreLayout): void {
  for (const { name, look } of tables) {
    if (look === 'whole') for (const _row of connection.prepare(`SELECT * FROM ${name}`).iterate());
    if (look === 'ends') {
      connection.prepare(`SELECT * FROM ${name} ORDER BY rowid LIMIT 1`).get()
      connection.prepare(`SELECT * FROM ${name} ORDER BY rowid DESC LIMIT 1`).get()
    }
  }
}

function openedFrom(
  connection: BetterSqlite.Database,
  key: Uint8Array,
  { directory, clock, random, log }: OpenStoreOptions,
  { checks, layout }: Readonly<{ checks: readonly StoreCheck[]; layout: StoreLayout }>,
): OpenedStore {
  const database = new Database(connection, error => {
    if (!isDamage(error)) return
    log.error('store: a page is damaged; the next start checks the whole file')
    writeFileSync(join(directory, damageMarker), '')
  })
  const feed = new ChangeFeed(database)
  const staying = layout.tables.filter(({ stays }) => stays === true).map(({ name }) => name)
  const copier = new StoreCopier(connection, join(directory, 'store.db'), { staying })
  return {
    context: { database, feed, clock, random, log },
    whole: {
      transaction: work => database.write(work),
      onChange: listener => feed.listen(listener),
      backup: (path, work) => copier.copy(path, key, work),
      checkBackup: (path, work) => checkBackup(connection, path, key, work),
      check: () => {
        const findings = checkStore(connection, checks)
        // Whoever looks and finds a broken page need not wait until somebody reads it: the next start rebuilds.
        if (findings.some(each => each.check === 'store-integrity' && each.outcome === 'failed'))
          writeFileSync(join(directory, damageMarker), '')
        return findings
      },
      close: () => {
        if (!connection.open) return
        feed.flush()
        database.close()
        copier.close()
        key.fill(0)
      },
    },
  }
}
