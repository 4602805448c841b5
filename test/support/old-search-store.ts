import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { configureWriter, openConnection } from '../../electron/engine/store/connection'
import { writeKeyCheck } from '../../electron/engine/store/key-check'
import { migrate } from '../../electron/engine/store/migrate'
import { migrations } from '../../electron/engine/store/schema/migrations'
import { testStoreKey } from './engine-in-test'

/** Every third message of `oldSearchStore` is here with its header only. */
export const isHeaderOnly = (at: number): boolean => at % 3 === 0

/** The word that message `at` (from 1) has of its own, in its text, or in its subject where that is all there is. */
export const ownWord = (at: number): string => `Łódź${at}x`

const rawMessage = (at: number): Buffer =>
  Buffer.from(
    `From: Bob <bob@example.org>\r\nTo: Anna <anna@example.org>\r\nCc: Copy${at} <copy${at}@example.org>\r\nSubject: Old ${at}\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\n\r\nText with ${ownWord(at)} in it.\r\n`,
  )

/** A store as it was written before the program folded letters itself, with so many messages in its index. */
export function oldSearchStore(directory: string, count: number): void {
  mkdirSync(directory)
  writeKeyCheck(join(directory, 'store.meta'), testStoreKey())
  const connection = openConnection(join(directory, 'store.db'), testStoreKey())
  configureWriter(connection)
  migrate(
    connection,
    migrations.filter(step => step.version < 10),
  )
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('${'a'.repeat(32)}', '{"kind":"local","address":"local","displayName":""}', 1);
    INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'Inbox', '/', 'inbox', 1, '{"kind":"all"}');
    INSERT INTO address_book VALUES ('bob@example.org', 'Bob Łuk', 5, 1);
    BEGIN`)
  const message = connection.prepare(`
    INSERT INTO messages (account, mailbox, thread, message_id, date, internal_date, size, flags, server_flags, body_state, subject, sender, recipients)
    VALUES (1, 1, ?, ?, ?, 0, ?, 0, 0, ?, ?, '[{"name":"Bob","address":"bob@example.org"}]', '[{"name":"Anna","address":"anna@example.org"}]')`)
  const raw = connection.prepare('INSERT INTO raw_messages VALUES (?, 0, ?, ?)')
  const header = connection.prepare(
    'INSERT INTO search_headers (rowid, subject, sender, recipients) VALUES (?, ?, ?, ?)',
  )
  const body = connection.prepare("INSERT INTO search_bodies (rowid, body, attachments) VALUES (?, ?, '')")
  for (let at = 1; at <= count; at += 1) {
    const bytes = rawMessage(at)
    const subject = isHeaderOnly(at) ? `Old ${ownWord(at)}` : `Old ${at}`
    message.run(at, `${at}@example.org`, at * 1000, bytes.length, isHeaderOnly(at) ? 0 : 2, subject)
    if (!isHeaderOnly(at)) raw.run(at, bytes.length, bytes)
  }
  for (let at = 1; at <= count; at += 1) {
    const subject = isHeaderOnly(at) ? `Old ${ownWord(at)}` : `Old ${at}`
    header.run(at, subject, 'Bob bob@example.org', `Anna anna@example.org Copy${at} copy${at}@example.org`)
  }
  for (let at = 1; at <= count; at += 1)
    if (!isHeaderOnly(at)) body.run(at, `Text with ${ownWord(at)} in it.`)
  connection.exec('COMMIT')
  connection.close()
}
