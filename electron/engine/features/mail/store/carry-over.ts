import type BetterSqlite from 'better-sqlite3-multiple-ciphers'
import type { FeatureCarrying } from '../../../kit/feature'
import { unpack } from '../../../store/blobs'
import type { CarryRow } from '../../../store/keep/carry-over'
import { movingMessages } from '../tasks/move/payload'
import { indexed } from './search/search-text'

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

/** Mailboxes that are synchronised from the start, and mail that is only here, found and threaded again. */
export function mailCarryOver({
  connection,
  rows,
  insert,
  shelterAccount,
}: FeatureCarrying): Readonly<Record<string, CarryRow>> {
  const shelter = mailboxShelter(connection, shelterAccount)
  const moving = movingMessages(rows('tasks').filter(row => row['state'] !== 'done'))
  const bytes = new Map(rows('raw_messages').map(row => [row['message'], row]))
  return {
    mailboxes: row => insert('mailboxes', { ...row, ...freshMailbox }),
    messages: row => {
      const raw = bytes.get(row['id'])
      // A message on its way between two mailboxes of a server is still in the first one there.
      if (raw === undefined || moving.has(Number(row['id'])) || !isReadable(raw)) return false
      if (!insert('messages', { ...row, ...shelter(row) }) || !insert('raw_messages', raw)) return false
      indexAgain(connection, row)
      return true
    },
    // They came with their messages.
    raw_messages: () => false,
  }
}

/** Gives a place to mail whose mailbox could not be read. */
function mailboxShelter(
  connection: BetterSqlite.Database,
  shelterAccount: (number: unknown) => unknown,
): (row: Row) => { account: unknown; mailbox: unknown } {
  let place: { account: unknown; mailbox: unknown } | null = null
  return row => {
    const isThere = connection.prepare<unknown[]>('SELECT 1 FROM mailboxes WHERE id = ?').get(row['mailbox'])
    if (isThere !== undefined) return { account: row['account'], mailbox: row['mailbox'] }
    if (place === null) {
      const account = shelterAccount(null)
      const made = connection
        .prepare<unknown[]>(
          `INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (?, 'Recovered', '/', 'none', 1, ?)`,
        )
        .run(account, JSON.stringify({ kind: 'all' }))
      place = { account, mailbox: Number(made.lastInsertRowid) }
    }
    return place
  }
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
    .run(
      row['id'],
      indexed(String(row['subject'])),
      indexed(String(row['sender'])),
      indexed(String(row['recipients'])),
    )
  connection
    .prepare<unknown[]>(`INSERT INTO find_bodies (rowid, body, attachments) VALUES (?, '', '')`)
    .run(row['id'])
  if (row['message_id'] === '') return
  connection
    .prepare<unknown[]>(
      'INSERT OR IGNORE INTO thread_names SELECT account, message_id, thread FROM messages WHERE id = ?',
    )
    .run(row['id'])
}

function isReadable(raw: Row): boolean {
  try {
    unpack(Number(raw['encoding']), raw['bytes'] as Uint8Array, Number(raw['size']))
    return true
  } catch {
    return false
  }
}
