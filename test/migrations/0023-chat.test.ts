import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('a message is kept once by its id in the archive, is found by its words, and all goes with its account', () => {
  const connection = databaseBefore(23)
  connection.exec("INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 0)")
  step(connection, 23)
  connection.exec(
    "INSERT INTO chat_conversations (account, jid, kind, last_at) VALUES (1, 'eva@example.org', 'person', 0)",
  )
  const message = (stanza: string) => `
    INSERT INTO chat_messages (conversation, place, is_own, sender, origin_id, stanza_id, at, text, encryption, state)
    VALUES (1, 1, 0, 'eva@example.org', 'o', ${stanza}, 0, 'hello', 'none', 'received')`
  connection.exec(message("'s1'"))
  expect(() => connection.exec(message("'s1'"))).toThrow(/UNIQUE/)
  // What is not in an archive yet may be there more than once.
  connection.exec(message('NULL'))
  connection.exec(message('NULL'))
  connection.exec("INSERT INTO chat_words (rowid, text) VALUES (1, 'hello')")
  expect(rows(connection, "SELECT rowid FROM chat_words WHERE chat_words MATCH 'hell*'")).toEqual([
    { rowid: 1 },
  ])
  connection.exec(
    "INSERT INTO chat_own_device (account, device_id, fingerprint, sealed, made_at) VALUES (1, 7, 'f', x'00', 0)",
  )
  connection.exec('DELETE FROM accounts')
  expect(
    rows(connection, 'SELECT id FROM chat_messages UNION SELECT device_id FROM chat_own_device'),
  ).toEqual([])
  expect(rows(connection, "SELECT rowid FROM chat_words WHERE chat_words MATCH 'hell*'")).toEqual([])
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
