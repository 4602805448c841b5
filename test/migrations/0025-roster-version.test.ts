import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('a roster of before is of no version, and the version goes with its account', () => {
  const connection = databaseBefore(25)
  connection.exec("INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 0)")
  connection.exec("INSERT INTO chat_roster VALUES (1, 'eva@example.org', 'Eva', 'both')")
  step(connection, 25)
  expect(rows(connection, 'SELECT jid FROM chat_roster')).toEqual([{ jid: 'eva@example.org' }])
  expect(rows(connection, 'SELECT * FROM chat_roster_versions')).toEqual([])
  connection.exec("INSERT INTO chat_roster_versions VALUES (1, '7')")
  connection.exec('PRAGMA foreign_keys = ON; DELETE FROM accounts')
  expect(rows(connection, 'SELECT * FROM chat_roster_versions')).toEqual([])
})
