import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { layout } from '../../electron/engine/compose/layout'
import { searchedBefore } from '../../electron/engine/features/mail/store/search/search-text'
import { mime } from '../../electron/engine/formats/mime/mime'
import { pack } from '../../electron/engine/store/blobs'
import { configureWriter, openConnection } from '../../electron/engine/store/connection'
import { writeKeyCheck } from '../../electron/engine/store/key-check'
import { migrate } from '../../electron/engine/store/migrate'
import { generateMessage } from '../fixtures/mail-generator'
import { testStoreKey } from '../support/engine-in-test'

const perTransaction = 500

/** A store of whole generated messages as it was written before the program folded letters itself, under the key of tests. */
export function oldMailbox(directory: string, count: number, say: (words: string) => void): void {
  mkdirSync(directory, { recursive: true })
  writeKeyCheck(join(directory, 'store.meta'), testStoreKey())
  const connection = openConnection(join(directory, 'store.db'), testStoreKey())
  configureWriter(connection)
  migrate(
    connection,
    layout.migrations.filter(step => step.version < 10),
  )
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('${'a'.repeat(32)}', '{"kind":"local","address":"local","displayName":""}', 1);
    INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'Inbox', '/', 'inbox', 1, '{"kind":"all"}');`)
  const row = connection.prepare(`
    INSERT INTO messages (account, mailbox, thread, message_id, date, internal_date, size, flags, server_flags, body_state, subject, sender, recipients, snippet)
    VALUES (1, 1, ?, ?, ?, ?, ?, 0, 0, 2, ?, ?, ?, ?)`)
  const bytes = connection.prepare('INSERT INTO raw_messages VALUES (?, ?, ?, ?)')
  const headers = connection.prepare(
    'INSERT INTO search_headers (rowid, subject, sender, recipients) VALUES (?, ?, ?, ?)',
  )
  const bodies = connection.prepare('INSERT INTO search_bodies (rowid, body, attachments) VALUES (?, ?, ?)')
  const person = connection.prepare(`
    INSERT INTO address_book (address, name, weight, last_used) VALUES (?, ?, 1, ?) ON CONFLICT (address) DO UPDATE SET weight = weight + 1`)
  for (let from = 0; from < count; from += perTransaction) {
    connection.exec('BEGIN')
    const batch = Array.from({ length: Math.min(perTransaction, count - from) }, (_, step) => {
      const { raw } = generateMessage(from + step, 1, count)
      return { at: from + step + 1, raw, parsed: mime.parseMessage(raw) }
    })
    for (const { at, raw, parsed } of batch) {
      const { header } = parsed
      const date = header.dateMs ?? at
      const packed = pack(raw)
      row.run(
        at,
        header.messageIdHeader,
        date,
        date,
        raw.length,
        header.subject,
        JSON.stringify(header.from),
        JSON.stringify(header.to),
        parsed.snippet,
      )
      bytes.run(at, packed.encoding, raw.length, packed.bytes)
      for (const { name, address } of header.from) person.run(address, name, date)
    }
    const people = (list: readonly { name: string; address: string }[]): string =>
      searchedBefore(list.map(each => `${each.name} ${each.address}`).join(' '))
    for (const { at, parsed } of batch)
      headers.run(
        at,
        searchedBefore(parsed.header.subject),
        people(parsed.header.from),
        people([...parsed.header.to, ...parsed.header.cc]),
      )
    for (const { at, parsed } of batch)
      bodies.run(at, searchedBefore(parsed.text), parsed.attachments.map(each => each.fileName).join(' '))
    connection.exec('COMMIT')
    if (from % 10_000 === 0) say(`${from} of ${count}`)
  }
  connection.close()
}
