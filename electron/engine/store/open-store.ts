import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../shared/ipc/result'
import type { Clock, Log, Random } from '../ports/basics'
import type { Store } from '../ports/store'
import { createAccountStore } from './accounts'
import { StoreCopier } from './backup-copy'
import { checkStore } from './care'
import { createCertificateStore } from './certificates'
import { ChangeFeed } from './change-feed'
import { checkBackup } from './check-backup'
import { configureWriter, openConnection } from './connection'
import type { StoreContext } from './context'
import { Database } from './db'
import { createDraftStore } from './drafts'
import { asStoreError, isDamage } from './errors'
import { createInboxEncryptionStore } from './inbox-encryption'
import { IndexCare } from './index-care'
import { checkKey, writeKeyCheck } from './key-check'
import { createMailboxStore } from './mailboxes'
import { createMessageStore } from './messages'
import { migrate } from './migrate'
import { createNetworkStore } from './network'
import { createOpenpgpStore } from './openpgp'
import { createOutboxStore } from './outbox'
import { finishInterruptedRecovery, type Recovered, recover } from './recovery'
import { createRemoteSenderStore } from './remote-senders'
import { SearchIndex } from './search-index'
import { createSearchRenewal } from './search-renewal'
import { SearchWords } from './search-words'
import { createSentCopyStore } from './sent-copies'
import { createServerFactStore } from './server-facts'
import { createSettingsStore } from './settings'
import { findStore, holdRestoredOutbox, storeIsMade } from './store-place'
import { createTaskStore } from './tasks'
import { createTransportStore } from './transport'

type OpenStoreOptions = { directory: string; key: Uint8Array; clock: Clock; random: Random; log: Log }

/**
 * Opens the store of a profile, or makes a new one; brings it to the newest schema. A damaged store is set aside
 * and built anew from what exists nowhere else; `recovered` says so. Where there must have been one and nothing of it can
 * be read, it stays as it is and nothing is made. `key`: 32 bytes, copied. Throws `store-newer`, `store-wrong-key`,
 * `store-missing`, `store-unreadable`, `profile-in-use`, `disk-full`, `file-unwritable`.
 */
export function openStore(options: OpenStoreOptions): { store: Store; recovered: Recovered | null } {
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

  let store: Store
  let recovered: Recovered | null = null
  try {
    store = openWhole(options, key)
  } catch (error) {
    if (!isDamage(error)) throw asStoreError(error)
    recovered = recover(directory, key, options)
    store = openWhole(options, key)
  }
  if (exists && keyIs === 'unknown') writeKeyCheck(checkPath, key)
  storeIsMade(directory)
  return { store, recovered }
}

function openWhole(options: OpenStoreOptions, key: Uint8Array): Store {
  const connection = open(options.directory, key)
  try {
    return assemble(connection, key, options)
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Opens, migrates and looks whether everything that exists only here can be read. Throws SQLite's own errors. */
function open(directory: string, key: Uint8Array): BetterSqlite.Database {
  const marker = join(directory, damageMarker)
  const connection = openConnection(join(directory, 'store.db'), key)
  try {
    configureWriter(connection)
    migrate(connection)
    if (existsSync(marker)) {
      const found = connection.pragma('quick_check(1)', { simple: true })
      if (found !== 'ok') throw new SiegelError('store-damaged', { detail: String(found).slice(0, 200) })
      rmSync(marker, { force: true })
    }
    readLocalTables(connection)
    holdRestoredOutbox(directory, connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Left beside the store when a read failed while it was in use: the next start checks every page. */
const damageMarker = 'store.damaged'

/** Small tables are read whole, large ones at both ends; the rest is found when it is read. */
function readLocalTables(connection: BetterSqlite.Database): void {
  for (const table of [
    'meta',
    'settings',
    'pins',
    'accounts',
    'account_passwords',
    'mailboxes',
    'drafts',
    'tasks',
    'transport_domains',
    'transport_tlsa',
    'remote_senders',
    'inbox_encryption',
    'inbox_replacements',
    'own_keys',
    'public_keys',
    'key_addresses',
    'openpgp_settings',
  ]) {
    for (const _row of connection.prepare(`SELECT * FROM ${table}`).iterate());
  }
  for (const table of ['messages', 'raw_messages', 'outbox', 'draft_attachments']) {
    connection.prepare(`SELECT * FROM ${table} ORDER BY rowid LIMIT 1`).get()
    connection.prepare(`SELECT * FROM ${table} ORDER BY rowid DESC LIMIT 1`).get()
  }
}

function assemble(
  connection: BetterSqlite.Database,
  key: Uint8Array,
  { directory, clock, random, log }: OpenStoreOptions,
): Store {
  const database = new Database(connection, error => {
    if (!isDamage(error)) return
    log.error('store: a page is damaged; the next start checks the whole file')
    writeFileSync(join(directory, damageMarker), '')
  })
  const feed = new ChangeFeed(database)
  const indexCare = new IndexCare(database)
  const searchIndex = new SearchIndex(new SearchWords())
  const context: StoreContext = { database, feed, indexCare, searchIndex, clock, random, log }
  const settings = createSettingsStore(context)
  const servers = createServerFactStore(context)
  const copier = new StoreCopier(connection, join(directory, 'store.db'))
  return {
    accounts: createAccountStore(context),
    servers,
    mailboxes: createMailboxStore(context, settings.get, servers.namespaces),
    messages: createMessageStore(context),
    drafts: createDraftStore(context),
    outbox: createOutboxStore(context),
    tasks: createTaskStore(context),
    settings,
    network: createNetworkStore(context),
    transport: createTransportStore(context),
    certificates: createCertificateStore(context),
    remoteSenders: createRemoteSenderStore(context),
    inboxEncryption: createInboxEncryptionStore(context),
    sentCopies: createSentCopyStore(context),
    searchRenewal: createSearchRenewal(context),
    openpgp: createOpenpgpStore(context),
    transaction: work => database.write(work),
    onChange: listener => feed.listen(listener),
    backup: (path, work) => copier.copy(path, key, work),
    checkBackup: (path, work) => checkBackup(connection, path, key, work),
    check: () => {
      const findings = checkStore(connection)
      // Whoever looks and finds a broken page need not wait until somebody reads it: the next start rebuilds.
      if (findings.some(each => each.check === 'store-integrity' && each.outcome === 'failed'))
        writeFileSync(join(directory, damageMarker), '')
      return findings
    },
    close: () => {
      if (!connection.open) return
      indexCare.stop()
      feed.flush()
      database.close()
      copier.close()
      key.fill(0)
    },
  }
}
