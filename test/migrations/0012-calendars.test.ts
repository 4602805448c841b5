import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('a first calendar is there, and what goes takes its events and their index along', () => {
  const connection = databaseBefore(12)
  connection.exec(`INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 0)`)
  step(connection, 12)
  expect(rows(connection, 'SELECT id, account, name, visible, read_only FROM calendars')).toEqual([
    { id: 1, account: null, name: '', visible: 1, read_only: 0 },
  ])
  connection.exec(`
    INSERT INTO calendars (account, href, name, colour, position) VALUES (1, '/c/', 'Work', '#000000', 1);
    INSERT INTO calendar_objects (calendar, href, uid, kind, raw) VALUES (2, '/c/1', 'u', 'VEVENT', x'00'), (1, NULL, 'u', 'VEVENT', x'01');
    INSERT INTO calendar_events VALUES (1, 0, 1, NULL, ''), (2, 0, 1, NULL, '')`)
  expect(() =>
    connection.exec(
      `INSERT INTO calendars (account, href, name, colour, position) VALUES (1, '/c/', 'Again', '', 2)`,
    ),
  ).toThrow('UNIQUE')
  connection.exec('DELETE FROM accounts')
  expect(rows(connection, 'SELECT id FROM calendars')).toEqual([{ id: 1 }])
  expect(rows(connection, 'SELECT id, state FROM calendar_objects')).toEqual([{ id: 2, state: 'here' }])
  expect(rows(connection, 'SELECT object FROM calendar_events')).toEqual([{ object: 2 }])
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
