import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('what is there stays, books go with their account, and cards with their book', () => {
  const connection = databaseBefore(13)
  connection.exec(`INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 0)`)
  connection.exec(
    `INSERT INTO address_book (address, name, weight, last_used) VALUES ('ida@berg.example', 'Ida', 20, 1)`,
  )
  const before = rows(connection, 'SELECT * FROM address_book')
  step(connection, 13)
  expect(rows(connection, 'SELECT * FROM address_book')).toEqual(before)
  expect(rows(connection, 'SELECT * FROM address_books')).toEqual([])

  connection.exec(`
    INSERT INTO address_books (account, name, href) VALUES (1, 'Server', '/a/'), (NULL, 'Here', NULL), (NULL, 'Two', NULL);
    INSERT INTO cards (book, href, uid, raw) VALUES (1, '/a/1', 'x', x'41'), (2, NULL, 'x', x'42'), (2, NULL, '', x'43');
    INSERT INTO card_addresses VALUES ('a@b.example', 1), ('a@b.example', 2);
    DELETE FROM accounts;
  `)
  expect(rows(connection, 'SELECT id FROM address_books ORDER BY id')).toEqual([{ id: 2 }, { id: 3 }])
  expect(rows(connection, 'SELECT id FROM cards ORDER BY id')).toEqual([{ id: 2 }, { id: 3 }])
  expect(rows(connection, 'SELECT card FROM card_addresses')).toEqual([{ card: 2 }])
})

test('a card has one place on its server', () => {
  const connection = databaseBefore(13)
  step(connection, 13)
  connection.exec(`INSERT INTO address_books (name) VALUES ('Here')`)
  const add = connection.prepare(`INSERT INTO cards (book, href, uid, raw) VALUES (1, ?, '', x'41')`)
  add.run('/1')
  add.run(null)
  add.run(null)
  expect(() => add.run('/1')).toThrow(/UNIQUE/)
})
