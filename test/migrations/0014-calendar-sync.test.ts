import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('calendars and events that are there stay as they were', () => {
  const connection = databaseBefore(14)
  connection.exec(`
    INSERT INTO calendars (name, colour, position) VALUES ('Work', '#000000', 1);
    INSERT INTO calendar_objects (calendar, uid, kind, raw) VALUES (2, 'u', 'VEVENT', x'00')`)
  step(connection, 14)
  expect(rows(connection, 'SELECT id, name, server_name, server_colour, unfinished FROM calendars')).toEqual([
    { id: 1, name: '', server_name: null, server_colour: null, unfinished: 0 },
    { id: 2, name: 'Work', server_name: null, server_colour: null, unfinished: 0 },
  ])
  expect(rows(connection, 'SELECT uid, state, schedule_tag FROM calendar_objects')).toEqual([
    { uid: 'u', state: 'here', schedule_tag: null },
  ])
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
