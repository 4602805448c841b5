import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('calendars of accounts stay as they were, and nothing counts as encrypted', () => {
  const connection = databaseBefore(19)
  connection.exec("INSERT INTO calendars (name, colour, position) VALUES ('Work', '#000000', 1)")
  step(connection, 19)
  expect(rows(connection, 'SELECT name FROM calendars ORDER BY id')).toEqual([{ name: '' }, { name: 'Work' }])
  for (const table of ['encrypted_collections', 'encrypted_objects', 'encrypted_moves'])
    expect(rows(connection, `SELECT * FROM ${table}`)).toEqual([])
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
