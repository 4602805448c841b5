import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('streams and what waits on them belong to an account, and go with it', () => {
  const connection = databaseBefore(22)
  connection.exec(`INSERT INTO accounts (id, config, sample, position, route) VALUES ('a', '{}', 0, 1, '{}')`)
  step(connection, 22)
  expect(rows(connection, 'SELECT * FROM chat_streams')).toEqual([])
  const number = rows(connection, 'SELECT number FROM accounts')[0] as { number: number }
  connection.exec(`
    INSERT INTO chat_streams (account, user_agent) VALUES (${number.number}, 'u');
    INSERT INTO chat_unacked (account, id, counter, stanza) VALUES (${number.number}, 'm', 1, x'00')`)
  expect(rows(connection, 'SELECT handled, acked, promised, scram, stream FROM chat_streams')).toEqual([
    { handled: 0, acked: 0, promised: 0, scram: 0, stream: null },
  ])
  expect(() =>
    connection.exec(
      `INSERT INTO chat_unacked (account, id, counter, stanza) VALUES (${number.number}, 'm', 2, x'00')`,
    ),
  ).toThrow(/UNIQUE/)
  connection.exec('PRAGMA foreign_keys = ON; DELETE FROM accounts')
  expect(rows(connection, 'SELECT * FROM chat_streams')).toEqual([])
  expect(rows(connection, 'SELECT * FROM chat_unacked')).toEqual([])
})
