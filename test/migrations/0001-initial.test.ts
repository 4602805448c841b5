import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('an empty database gets accounts, mailboxes and messages whose counts are kept', () => {
  const connection = databaseBefore(1)
  step(connection, 1)
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 1);
    INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'A', '/', 'none', 1, '{}'), (1, 'B', '/', 'none', 1, '{}');
    INSERT INTO messages (account, mailbox, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients)
      VALUES (1, 1, 1, '', 0, 0, 0, 0, 0, '', '[]', '[]'), (1, 1, 1, '', 0, 0, 0, 1, 1, '', '[]', '[]');
  `)
  const counts = () => rows(connection, 'SELECT total, unread FROM mailboxes ORDER BY id')
  expect(counts()).toEqual([
    { total: 2, unread: 1 },
    { total: 0, unread: 0 },
  ])
  connection.exec('UPDATE messages SET mailbox = 2, flags = 0 WHERE id = 2')
  expect(counts()).toEqual([
    { total: 1, unread: 1 },
    { total: 1, unread: 1 },
  ])
  connection.exec('UPDATE messages SET flags = 3')
  expect(counts()).toEqual([
    { total: 1, unread: 0 },
    { total: 1, unread: 0 },
  ])
  connection.exec('DELETE FROM accounts')
  expect(rows(connection, 'SELECT count(*) AS n FROM messages')).toEqual([{ n: 0 }])
})
