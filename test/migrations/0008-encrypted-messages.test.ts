import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('messages stay as they are, and nothing is known of their encryption yet', () => {
  const connection = databaseBefore(8)
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 0);
    INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'Inbox', '/', 'inbox', 1, '{}');
    INSERT INTO messages (account, mailbox, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients)
      VALUES (1, 1, 1, 'm', 0, 0, 1, 0, 0, '[...]', '[]', '[]')`)
  const before = rows(connection, 'SELECT * FROM messages')
  step(connection, 8)
  expect(rows(connection, 'SELECT * FROM messages')).toEqual(before)
  expect(rows(connection, 'SELECT * FROM encrypted_messages')).toEqual([])
})

test('what is known of a message goes with it', () => {
  const connection = databaseBefore(8)
  step(connection, 8)
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 0);
    INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'Inbox', '/', 'inbox', 1, '{}');
    INSERT INTO messages (account, mailbox, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients)
      VALUES (1, 1, 1, 'm', 0, 0, 1, 0, 0, '[...]', '[]', '[]');
    INSERT INTO encrypted_messages VALUES (1, 1, '{}');
    DELETE FROM messages`)
  expect(rows(connection, 'SELECT * FROM encrypted_messages')).toEqual([])
})
