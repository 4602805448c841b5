import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../shared/ipc/result'
import type { Clock, Log, Random, Store } from '../ports'
import { createAccountStore } from './accounts'
import { backUp, checkStore } from './care'
import { ChangeFeed } from './change-feed'
import { configureWriter, openConnection } from './connection'
import type { StoreContext } from './context'
import { Database } from './db'
import { createDraftStore } from './drafts'
import { asStoreError, isDamage } from './errors'
import { IndexCare } from './index-care'
import { checkKey, writeKeyCheck } from './key-check'
import { createMailboxStore } from './mailboxes'
import { createMessageStore } from './messages'
import { migrate } from './migrate'
import { createOutboxStore } from './outbox'
import { createSettingsStore } from './settings'
import { createTaskStore } from './tasks'

export type OpenStoreOptions = { directory: string; key: Uint8Array; clock: Clock; random: Random; log: Log }

/** What was carried over from a damaged store, and where that is kept. */
export type Recovered = {
  setAside: string
  saved: { drafts: number; outbox: number; localMessages: number; accounts: number }
}

/**
 * Opens the store of a profile, or makes a new one; brings it to the newest schema. `key`: 32 bytes, copied.
 * Throws `store-newer`, `store-wrong-key`, `profile-in-use`, `disk-full`, `file-unwritable`.
 */
export function openStore(options: OpenStoreOptions): { store: Store; recovered: Recovered | null } {
  if (options.key.length !== 32) throw new Error('The store key is 32 bytes')
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const key = Uint8Array.from(options.key)
  const path = join(options.directory, 'store.db')
  const checkPath = join(options.directory, 'store.meta')
  const exists = existsSync(path) && statSync(path).size > 0
  const keyIs = checkKey(checkPath, key)
  if (exists && keyIs === 'wrong') throw new SiegelError('store-wrong-key')
  if (!exists) writeKeyCheck(checkPath, key)

  const connection = open(path, key, keyIs)
  if (exists && keyIs === 'unknown') writeKeyCheck(checkPath, key)
  return { store: assemble(connection, key, options), recovered: null }
}

function open(path: string, key: Uint8Array, keyIs: 'right' | 'wrong' | 'unknown'): BetterSqlite.Database {
  const connection = openConnection(path, key)
  try {
    configureWriter(connection)
    migrate(connection)
    return connection
  } catch (error) {
    connection.close()
    // Without a check value a wrong key and a damaged first page look alike: nothing is touched then.
    if (isDamage(error) && keyIs === 'unknown') throw new SiegelError('store-wrong-key', {}, { cause: error })
    throw asStoreError(error)
  }
}

function assemble(
  connection: BetterSqlite.Database,
  key: Uint8Array,
  { clock, random, log }: OpenStoreOptions,
): Store {
  const database = new Database(connection)
  const feed = new ChangeFeed(database)
  const indexCare = new IndexCare(database)
  const context: StoreContext = { database, feed, indexCare, clock, random, log }
  const settings = createSettingsStore(context)
  return {
    accounts: createAccountStore(context),
    mailboxes: createMailboxStore(context, settings.get),
    messages: createMessageStore(context),
    drafts: createDraftStore(context),
    outbox: createOutboxStore(context),
    tasks: createTaskStore(context),
    settings,
    transaction: work => database.write(work),
    onChange: listener => feed.listen(listener),
    backup: path => backUp(connection, key, path),
    check: () => checkStore(connection),
    close: () => {
      if (!connection.open) return
      indexCare.stop()
      feed.flush()
      database.close()
      key.fill(0)
    },
  }
}
