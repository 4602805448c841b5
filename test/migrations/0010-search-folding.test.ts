import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

const twoMessages = `INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 1);
  INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'INBOX', '/', 'inbox', 1, '{}');
  INSERT INTO messages (account, mailbox, uid, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients)
    VALUES (1, 1, 7, 1, 'm', 0, 0, 5, 0, 0, 'Łódź', '[]', '[]'), (1, 1, 8, 1, 'n', 0, 0, 5, 0, 0, 'other', '[]', '[]');
  INSERT INTO search_headers (rowid, subject, sender, recipients) VALUES (1, 'Łódź', '', 'copied'), (2, 'other', '', '');
  INSERT INTO search_bodies (rowid, body, attachments) VALUES (1, 'text', '');
  INSERT INTO address_book VALUES ('bob@x.example', 'Bob', 3, 9)`

test('mail and the old index stay as they are, and everything waits to be renewed', () => {
  const connection = databaseBefore(10)
  connection.exec(twoMessages)
  const before = ['messages', 'mailboxes'].map(table => rows(connection, `SELECT * FROM ${table}`))
  step(connection, 10)
  expect(['messages', 'mailboxes'].map(table => rows(connection, `SELECT * FROM ${table}`))).toEqual(before)
  expect(rows(connection, 'SELECT * FROM search_renewal')).toEqual([
    { below: 3, first_new: 3, done: 0, total: 2 },
  ])
  expect(rows(connection, "SELECT rowid FROM search_headers WHERE search_headers MATCH 'copied'")).toEqual([
    { rowid: 1 },
  ])
  expect(rows(connection, 'SELECT count(*) AS n FROM find_headers')).toEqual([{ n: 0 }])
  expect(rows(connection, 'SELECT * FROM address_book')).toEqual([
    { address: 'bob@x.example', name: 'Bob', weight: 3, last_used: 9, words: '', written: 0 },
  ])
})

test('a message that goes leaves both indexes, and marks are part of a word', () => {
  const connection = databaseBefore(10)
  connection.exec(twoMessages)
  step(connection, 10)
  connection.exec(`INSERT INTO find_headers (rowid, subject, sender, addressed, copied, blind) VALUES (2, 'हिन्दी', '', '', '', '');
    INSERT INTO find_bodies (rowid, body, attachments) VALUES (2, 'words', '')`)
  const found = (match: string) =>
    rows(connection, `SELECT rowid FROM find_headers WHERE find_headers MATCH '"${match}"'`)
  expect([found('हिन्दी'), found('ह')]).toEqual([[{ rowid: 2 }], []])
  expect(rows(connection, 'SELECT term FROM find_header_words')).toEqual([{ term: 'हिन्दी' }])
  connection.exec('DELETE FROM messages')
  for (const table of ['search_headers', 'search_bodies', 'find_headers', 'find_bodies'])
    expect(rows(connection, `SELECT count(*) AS n FROM ${table}_docsize`), table).toEqual([{ n: 0 }])
})
