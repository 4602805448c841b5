import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { layout } from '../../electron/engine/compose/layout'
import { configureWriter, openConnection } from '../../electron/engine/store/connection'
import { writeKeyCheck } from '../../electron/engine/store/key-check'
import { migrate } from '../../electron/engine/store/migrate'
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

type OldMessage = Readonly<{ raw: Buffer; subject: string; text: string | null; recipients: string }>

/** A store as it was written before the program folded letters itself, with so many messages in its index. */
export function oldSearchStore(directory: string, count: number): void {
  writeOldStore(
    directory,
    Array.from({ length: count }, (_, step) => {
      const at = step + 1
      return {
        raw: rawMessage(at),
        subject: isHeaderOnly(at) ? `Old ${ownWord(at)}` : `Old ${at}`,
        text: isHeaderOnly(at) ? null : `Text with ${ownWord(at)} in it.`,
        recipients: `Anna anna@example.org Copy${at} copy${at}@example.org`,
      }
    }),
  )
}

/** The same with given messages, of which all is here. */
export const oldStoreOf = (
  directory: string,
  messages: readonly Readonly<{ raw: Buffer; text: string }>[],
): void =>
  writeOldStore(
    directory,
    messages.map(each => ({ ...each, subject: 's', recipients: 'Anna anna@example.org' })),
  )

/** `text` null: only the header is here. */
function writeOldStore(directory: string, messages: readonly OldMessage[]): void {
  mkdirSync(directory)
  writeKeyCheck(join(directory, 'store.meta'), testStoreKey())
  const connection = openConnection(join(directory, 'store.db'), testStoreKey())
  configureWriter(connection)
  migrate(
    connection,
    layout.migrations.filter(step => step.version < 10),
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
  for (const [step, { raw: bytes, subject, text }] of messages.entries()) {
    const at = step + 1
    message.run(at, `${at}@example.org`, at * 1000, bytes.length, text === null ? 0 : 2, subject)
    if (text !== null) raw.run(at, bytes.length, bytes)
  }
  for (const [step, { subject, recipients }] of messages.entries())
    header.run(step + 1, subject, 'Bob bob@example.org', recipients)
  for (const [step, { text }] of messages.entries()) if (text !== null) body.run(step + 1, text)
  connection.exec('COMMIT')
  connection.close()
}
