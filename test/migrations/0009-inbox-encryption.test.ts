import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

const oneMessage = `INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 1);
  INSERT INTO mailboxes (account, path, delimiter, role, selectable, sync_window) VALUES (1, 'INBOX', '/', 'inbox', 1, '{}');
  INSERT INTO messages (account, mailbox, uid, thread, message_id, date, internal_date, size, flags, server_flags, subject, sender, recipients)
    VALUES (1, 1, 7, 1, 'm', 0, 0, 5, 0, 0, 's', '[]', '[]')`

test('mail stays as it is, the encrypted inbox is off and nothing is on its way', () => {
  const connection = databaseBefore(9)
  connection.exec(oneMessage)
  const before = ['accounts', 'mailboxes', 'messages'].map(table =>
    rows(connection, `SELECT * FROM ${table}`),
  )
  step(connection, 9)
  expect(
    ['accounts', 'mailboxes', 'messages'].map(table => rows(connection, `SELECT * FROM ${table}`)),
  ).toEqual(before)
  for (const table of ['inbox_encryption', 'inbox_replacements', 'inbox_messages', 'inbox_originals'])
    expect(rows(connection, `SELECT * FROM ${table}`)).toEqual([])
})

test('an original goes with its message; what is on its way is still known, so that its copy can be found', () => {
  const connection = databaseBefore(10)
  connection.exec(`${oneMessage};
    INSERT INTO inbox_originals VALUES (1, 1, 0, 1, x'01', 0);
    INSERT INTO inbox_messages (message, state, first_seen_at) VALUES (1, 'encrypted', 0);
    INSERT INTO inbox_replacements (account, direction, message, mailbox, uid_validity, from_uid, first_uid, token, digest, size, state, started_at)
      VALUES (1, 'encrypt', 1, 1, 1, 7, 8, 't', 'd', 5, 'begun', 0);
    DELETE FROM messages`)
  expect(rows(connection, 'SELECT * FROM inbox_originals')).toEqual([])
  expect(rows(connection, 'SELECT * FROM inbox_messages')).toEqual([])
  expect(rows(connection, 'SELECT message, token FROM inbox_replacements')).toEqual([
    { message: null, token: 't' },
  ])
})
