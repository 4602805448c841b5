import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('settings stay as they are, and no sender is allowed anything yet', () => {
  const connection = databaseBefore(6)
  connection.exec(`INSERT INTO settings VALUES ('offline', 'true')`)
  const before = rows(connection, 'SELECT * FROM settings')
  step(connection, 6)
  expect(rows(connection, 'SELECT * FROM settings')).toEqual(before)
  expect(rows(connection, 'SELECT * FROM remote_senders')).toEqual([])
})
