import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('objects that are there are looked at, and so is every one that is written later', () => {
  const connection = databaseBefore(18)
  connection.exec(
    "INSERT INTO calendar_objects (calendar, uid, kind, raw) VALUES (1, 'u', 'VEVENT', x'00'), (1, 'v', 'VTODO', x'00')",
  )
  step(connection, 18)
  const all = () => rows(connection, 'SELECT object, next_ms FROM calendar_alarms ORDER BY object')
  expect(all()).toEqual([
    { object: 1, next_ms: 0 },
    { object: 2, next_ms: 0 },
  ])
  connection.exec('UPDATE calendar_alarms SET next_ms = NULL; DELETE FROM calendar_alarms WHERE object = 2')
  connection.exec("INSERT INTO calendar_objects (calendar, uid, kind, raw) VALUES (1, 'w', 'VEVENT', x'00')")
  connection.exec("UPDATE calendar_objects SET raw = x'01' WHERE id = 2")
  connection.exec("UPDATE calendar_objects SET etag = 'x' WHERE id = 1")
  expect(all()).toEqual([
    { object: 1, next_ms: null },
    { object: 2, next_ms: 0 },
    { object: 3, next_ms: 0 },
  ])
  connection.exec('DELETE FROM calendar_objects WHERE id = 3')
  expect(all()).toHaveLength(2)
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
