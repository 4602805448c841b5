import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('messages that are here already are found by their headers, and their senders are suggested', () => {
  const connection = databaseBefore(2)
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 1);
    INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'A', '/', 'none', 1, '{}');
    INSERT INTO messages (account, mailbox, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients)
      VALUES (1, 1, 1, '', 5, 0, 0, 0, 0, 'Grüße', '[{"name":"Bob","address":"bob@x.example"}]', '[{"name":"","address":"anna@y.example"}]'),
             (1, 1, 1, '', 9, 0, 0, 0, 0, 'Other', '[{"name":"","address":"BOB@x.example"}]', '[]'),
             (1, 1, 1, '', 9, 0, 0, 0, 0, 'No sender', '[]', '[]');
  `)
  const before = rows(connection, 'SELECT * FROM messages')
  step(connection, 2)
  expect(rows(connection, 'SELECT * FROM messages')).toEqual(before)
  const found = (match: string) =>
    connection
      .prepare('SELECT rowid FROM search_headers WHERE search_headers MATCH ? ORDER BY rowid')
      .pluck()
      .all(match)
  expect([found('grusse OR "gruße"'), found('bob'), found('recipients : anna')]).toEqual([[1], [1, 2], [1]])
  expect(rows(connection, 'SELECT name, weight, last_used FROM address_book')).toEqual([
    { name: 'Bob', weight: 2, last_used: 9 },
  ])
  connection.exec('DELETE FROM messages WHERE id = 1')
  expect(found('bob')).toEqual([2])
})
