import BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { expect, test } from 'vitest'
import { layout } from '../../electron/engine/compose/layout'
import { migrate } from '../../electron/engine/store/migrate'
import { rows } from './support'

const { migrations } = layout

test('the steps are numbered without a gap, and going through them twice changes nothing', () => {
  expect(migrations.map(step => step.version)).toEqual(migrations.map((_, position) => position + 1))
  const connection = new BetterSqlite(':memory:')
  expect(migrate(connection, migrations)).toEqual({ from: 0, to: migrations.length })
  const schema = rows(connection, 'SELECT * FROM sqlite_schema')
  expect(migrate(connection, migrations)).toEqual({ from: migrations.length, to: migrations.length })
  expect(rows(connection, 'SELECT * FROM sqlite_schema')).toEqual(schema)
})

test('a database of a newer program is refused by name and left alone', () => {
  const connection = new BetterSqlite(':memory:')
  migrate(connection, migrations)
  connection.pragma(`user_version = ${migrations.length + 1}`)
  expect(() => migrate(connection, migrations)).toThrow('store-newer')
})

test('a step that fails leaves the version and the tables of before', () => {
  const connection = new BetterSqlite(':memory:')
  const steps = [
    { version: 1, name: 'good', statements: 'CREATE TABLE good (a)' },
    { version: 2, name: 'bad', statements: 'CREATE TABLE half (a); CREATE TABLE good (a)' },
  ]
  expect(() => migrate(connection, steps)).toThrow('already exists')
  expect(connection.pragma('user_version', { simple: true })).toBe(1)
  expect(rows(connection, 'SELECT name FROM sqlite_schema')).toEqual([{ name: 'good' }])
})
