import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('messages of before are shown as they are', () => {
  const connection = databaseBefore(24)
  connection.exec("INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 0)")
  connection.exec(
    "INSERT INTO chat_conversations (account, jid, kind, last_at) VALUES (1, 'eva@example.org', 'person', 0)",
  )
  connection.exec(`
    INSERT INTO chat_messages (conversation, place, is_own, sender, origin_id, at, text, encryption, state)
    VALUES (1, 1, 0, 'eva@example.org', 'o', 0, 'hello', 'none', 'received')`)
  step(connection, 24)
  expect(rows(connection, 'SELECT text, spoiler FROM chat_messages')).toEqual([
    { text: 'hello', spoiler: null },
  ])
})
