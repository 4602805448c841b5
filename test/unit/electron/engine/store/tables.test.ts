import BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { expect, test } from 'vitest'
import { layout } from '../../../../../electron/engine/compose/layout'
import { migrate } from '../../../../../electron/engine/store/migrate'
import { preciousOf } from '../../../../../electron/engine/store/tables'

const { tables, migrations } = layout
const preciousTables = preciousOf(tables)

const connection = new BetterSqlite(':memory:')
migrate(connection, migrations)

/** What migration 10 leaves of the index before it, until the renewal takes it away. */
const leftBehind = ['search_bodies', 'search_headers']

test('every table of a new store is declared once, and no other', () => {
  const found = connection
    .prepare<[], string>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all()
  expect(found.filter(name => !leftBehind.includes(name)).sort()).toEqual(
    tables.map(each => each.name).sort(),
  )
})

test('a row finds what it refers to: each table stands behind those that its rows name', () => {
  const place = new Map(tables.map((each, index) => [each.name, index]))
  for (const { name, after = [] } of tables) {
    const named = connection
      .prepare<[], string>(`SELECT DISTINCT "table" FROM pragma_foreign_key_list('${name}')`)
      .pluck()
      .all()
    expect(
      [...named].filter(each => !after.includes(each)),
      name,
    ).toEqual([])
    for (const each of after) expect(place.get(each), `${each} before ${name}`).toBeLessThan(place.get(name)!)
  }
})

test('what is precious is looked at when the store opens, and can be salvaged by columns that are there', () => {
  expect(tables.filter(each => each.keep === 'precious' && each.look === undefined)).toEqual([])
  expect(preciousTables.map(each => each.name)).toEqual(
    tables.filter(each => each.keep === 'precious').map(each => each.name),
  )
  for (const { name, salvage } of preciousTables) {
    const columns = connection
      .prepare<[], string>(`SELECT name FROM pragma_table_info('${name}')`)
      .pluck()
      .all()
    expect(columns, name).toEqual(
      expect.arrayContaining([...(salvage.json ?? []), ...(salvage.key === null ? [] : [salvage.key])]),
    )
  }
})
