import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('what waits in a collection is there once for each thing, and nothing waits at first', () => {
  const connection = databaseBefore(16)
  step(connection, 16)
  expect(rows(connection, 'SELECT * FROM collection_waits')).toEqual([])
  const insert = (object: string) =>
    connection.exec(`
      INSERT INTO collection_waits (kind, collection, what, object, at_ms) VALUES ('calendar', 1, 'altered', ${object}, 0)`)
  for (const object of ['NULL', '1', '2']) insert(object)
  for (const object of ['NULL', '1']) expect(() => insert(object)).toThrow(/UNIQUE/)
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
