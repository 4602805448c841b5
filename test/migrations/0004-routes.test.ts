import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('accounts of before go on as they did: direct, until the user says otherwise', () => {
  const connection = databaseBefore(4)
  connection.exec("INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 1)")
  step(connection, 4)
  expect(rows(connection, 'SELECT id, config, route FROM accounts')).toEqual([
    { id: 'a', config: '{}', route: '{"kind":"direct"}' },
  ])
})
