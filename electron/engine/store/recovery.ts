import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { SiegelError } from '../../../shared/ipc/result'
import type { Clock, Log, Random } from '../ports/basics'
import { unpack } from './blobs'
import { configureWriter, openConnection } from './connection'
import { migrate } from './migrate'
import { type Salvage, salvage, type TableName } from './salvage'
import { indexed } from './search-text'

/** What was carried over from a damaged store, and where that is kept. */
export type Recovered = {
  setAside: string
  saved: { keys: number; drafts: number; outbox: number; localMessages: number; accounts: number }
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
): Recovered {
  const path = join(directory, 'store.db')
  const fresh = join(directory, newName)
  for (const suffix of ['', '-wal', '-journal']) rmSync(fresh + suffix, { force: true })

  const found = salvage(path, key, log)
  if (isNothing(found)) throw new SiegelError('store-unreadable', { path })
  const connection = openConnection(fresh, key)
  let saved: Recovered['saved']
  try {
    configureWriter(connection)
    migrate(connection)
    saved = fill(connection, found, Buffer.from(random.bytes(16)).toString('hex'))
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

type Row = Readonly<Record<string, unknown>>

/** What a server's mailbox must be asked again, and what the triggers count again. */
const freshMailbox = {
  uid_validity: null,
  uid_next: null,
  highest_modseq: null,
  headers_complete: 0,
  synced_at: null,
  missing_count: 0,
  rematching: 0,
  total: 0,
  unread: 0,
}

function fill(connection: BetterSqlite.Database, found: Salvage, placeholderId: string): Recovered['saved'] {
  const rows = (name: TableName): readonly Row[] => found.rows.get(name) ?? []
  const insert = (name: TableName, row: Row): boolean => insertRow(connection, name, row)
  const saved = { keys: 0, drafts: 0, outbox: 0, localMessages: 0, accounts: 0 }
  connection.exec('BEGIN IMMEDIATE')

  // Facts that cannot be read are read from the public part again; the sealed part is what must not be lost.
  for (const row of rows('own_keys')) if (insert('own_keys', row)) saved.keys += 1
  for (const name of [
    'public_keys',
    'key_addresses',
    'key_ids',
    'address_preferences',
    'key_conflicts',
  ] as const)
    for (const row of rows(name)) insert(name, row)
  for (const row of rows('settings')) if (isJson(row.value)) insert('settings', row)
  for (const name of ['pins', 'transport_domains', 'transport_tlsa', 'remote_senders'] as const)
    for (const row of rows(name)) insert(name, row)
  for (const row of rows('accounts')) if (isJson(row.config) && insert('accounts', row)) saved.accounts += 1
  for (const name of ['account_passwords', 'openpgp_settings'] as const)
    for (const row of rows(name)) insert(name, row)
  for (const row of rows('mailboxes'))
    if (isJson(row.sync_window)) insert('mailboxes', { ...row, ...freshMailbox })
  for (const row of rows('inbox_encryption')) insert('inbox_encryption', row)
  // The mail of servers is downloaded again; what was being replaced is finished or taken back by its token.
  for (const row of rows('inbox_replacements')) insert('inbox_replacements', { ...row, message: null })

  const shelter = new Shelter(connection, placeholderId)
  const tasks = rows('tasks').filter(row => row.state !== 'done' && isJson(row.payload))
  const moving = movingMessages(tasks)
  const bytes = new Map(rows('raw_messages').map(row => [row.message, row]))
  for (const row of rows('messages')) {
    const raw = bytes.get(row.id)
    // A message on its way between two mailboxes of a server is still in the first one there.
    if (raw === undefined || moving.has(Number(row.id)) || !isReadable(raw)) continue
    if (!insert('messages', { ...row, ...shelter.forMessage(row) }) || !insert('raw_messages', raw)) continue
    indexAgain(connection, row)
    saved.localMessages += 1
  }
  for (const row of rows('drafts')) {
    const kept = { ...row, relation_message: null, server_message: null, uploaded_revision: null }
    if (!isJson(row.content)) continue
    if (insert('drafts', kept) || insert('drafts', { ...kept, account: null })) saved.drafts += 1
  }
  for (const row of rows('draft_attachments')) insert('draft_attachments', row)
  for (const row of rows('outbox')) {
    if (isJson(row.envelope) && insert('outbox', { ...row, account: shelter.account(row.account) }))
      saved.outbox += 1
  }
  for (const row of tasks) {
    if (row.kind !== 'append' || !insert('tasks', row)) continue
    const { messageId } = JSON.parse(String(row.payload)) as { messageId?: number }
    connection
      .prepare<unknown[]>(
        'INSERT OR IGNORE INTO task_messages (message, task) SELECT id, ? FROM messages WHERE id = ?',
      )
      .run(row.id, messageId)
  }
  connection.exec('COMMIT')
  return saved
}

/** Gives a place to rows whose account or mailbox could not be read: what was written is kept, wherever it was. */
class Shelter {
  readonly #connection: BetterSqlite.Database
  readonly #placeholderId: string
  #account: number | null = null
  #mailbox: number | null = null

  constructor(connection: BetterSqlite.Database, placeholderId: string) {
    this.#connection = connection
    this.#placeholderId = placeholderId
  }

  account(number: unknown): unknown {
    if (this.#has('SELECT 1 FROM accounts WHERE number = ?', number)) return number
    this.#account ??= this.#insert(
      'INSERT INTO accounts (id, config, position) VALUES (?, ?, 1000)',
      this.#placeholderId,
      JSON.stringify({ kind: 'local', address: 'local', displayName: 'Recovered' }),
    )
    return this.#account
  }

  forMessage(row: Row): { account: unknown; mailbox: unknown } {
    if (this.#has('SELECT 1 FROM mailboxes WHERE id = ?', row.mailbox)) {
      return { account: row.account, mailbox: row.mailbox }
    }
    const account = this.account(null)
    this.#mailbox ??= this.#insert(
      `INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (?, 'Recovered', '/', 'none', 1, ?)`,
      account,
      JSON.stringify({ kind: 'all' }),
    )
    return { account, mailbox: this.#mailbox }
  }

  #has(text: string, value: unknown): boolean {
    return this.#connection.prepare<unknown[]>(text).get(value) !== undefined
  }

  #insert(text: string, ...values: unknown[]): number {
    return Number(this.#connection.prepare<unknown[]>(text).run(...values).lastInsertRowid)
  }
}

function movingMessages(tasks: readonly Row[]): Set<number> {
  const ids = new Set<number>()
  for (const row of tasks) {
    if (row.kind !== 'move') continue
    for (const item of (JSON.parse(String(row.payload)) as { items: { messageId: number }[] }).items)
      ids.add(item.messageId)
  }
  return ids
}

/**
 * Header and conversation of a message that was carried over. The text needs a parser, which is not the store's:
 * whoever opens the store gives it again with `storeBodies`.
 */
function indexAgain(connection: BetterSqlite.Database, row: Row): void {
  connection
    .prepare<unknown[]>(
      `INSERT INTO find_headers (rowid, subject, sender, addressed, copied, blind) VALUES (?, ?, ?, ?, '', '')`,
    )
    .run(row.id, indexed(String(row.subject)), indexed(String(row.sender)), indexed(String(row.recipients)))
  connection
    .prepare<unknown[]>(`INSERT INTO find_bodies (rowid, body, attachments) VALUES (?, '', '')`)
    .run(row.id)
  if (row.message_id === '') return
  connection
    .prepare<unknown[]>(
      'INSERT OR IGNORE INTO thread_names SELECT account, message_id, thread FROM messages WHERE id = ?',
    )
    .run(row.id)
}

/** Column names come from a schema that may be damaged too, so they are looked at; a row that no longer fits (its account is lost) is left out. */
function insertRow(connection: BetterSqlite.Database, name: TableName, row: Row): boolean {
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

function isReadable(raw: Row): boolean {
  try {
    unpack(Number(raw.encoding), raw.bytes as Uint8Array, Number(raw.size))
    return true
  } catch {
    return false
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
