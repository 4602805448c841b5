import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('mail and index stay as they are, and drafts outlive the message they answer', () => {
  const connection = databaseBefore(3)
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 1);
    INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'A', '/', 'none', 1, '{}');
    INSERT INTO messages (account, mailbox, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients)
      VALUES (1, 1, 1, '', 5, 0, 0, 0, 0, 'Kept', '[]', '[]');
    INSERT INTO search_headers (rowid, subject, sender, recipients) VALUES (1, 'Kept', '', '');
  `)
  const before = [rows(connection, 'SELECT * FROM messages'), rows(connection, 'SELECT * FROM mailboxes')]
  step(connection, 3)
  expect([rows(connection, 'SELECT * FROM messages'), rows(connection, 'SELECT * FROM mailboxes')]).toEqual(
    before,
  )
  expect(rows(connection, "SELECT rowid FROM search_headers WHERE search_headers MATCH 'kept'")).toEqual([
    { rowid: 1 },
  ])
  connection.exec(`
    INSERT INTO drafts (id, account, content, relation_kind, relation_message, updated_at, server_message) VALUES ('d', 1, '{}', 'reply', 1, 0, 1);
    INSERT INTO tasks (account, kind, payload, state, created_at) VALUES (1, 'append', '{}', 'queued', 0);
    INSERT INTO task_messages VALUES (1, 1);
    DELETE FROM messages;
  `)
  expect(rows(connection, 'SELECT id, relation_message, server_message FROM drafts')).toEqual([
    { id: 'd', relation_message: null, server_message: null },
  ])
  expect(rows(connection, 'SELECT * FROM task_messages')).toEqual([])
})
