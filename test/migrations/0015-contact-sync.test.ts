import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('address books and cards that are there stay as they were, and wait for no server', () => {
  const connection = databaseBefore(15)
  connection.exec(`
    INSERT INTO address_books (id, name) VALUES (7, 'Friends');
    INSERT INTO cards (book, uid, raw) VALUES (7, 'u', x'00')`)
  step(connection, 15)
  expect(
    rows(connection, 'SELECT id, name, server_name, unfinished FROM address_books WHERE id = 7'),
  ).toEqual([{ id: 7, name: 'Friends', server_name: null, unfinished: 0 }])
  expect(rows(connection, 'SELECT uid, state, base FROM cards')).toEqual([
    { uid: 'u', state: 'here', base: null },
  ])
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
