import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('a large calendar is asked what waits in it without a look at its objects', () => {
  const connection = databaseBefore(20)
  connection.exec(`
    INSERT INTO calendars (id, name, colour, position) VALUES (7, 'Work', '#123456', 1);
    INSERT INTO calendar_objects (calendar, href, uid, kind, raw) VALUES (7, '/a.ics', 'a', 'VEVENT', x'00');
    INSERT INTO calendar_objects (calendar, uid, kind, raw, state) VALUES (7, 'b', 'VEVENT', x'00', 'new')`)
  step(connection, 20)
  const plan = (text: string) => JSON.stringify(rows(connection, `EXPLAIN QUERY PLAN ${text}`))
  const waiting = "SELECT id FROM calendar_objects WHERE calendar = 7 AND state <> 'here' ORDER BY id"
  expect(plan(waiting)).toContain('calendar_objects_waiting')
  expect(rows(connection, waiting)).toEqual([{ id: 2 }])
  // Asked for each object that arrives.
  const sent = `SELECT id, base FROM calendar_objects
    WHERE calendar = 7 AND state <> 'here' AND state = 'new' AND href IS NULL AND base IS NOT NULL`
  expect(plan(sent)).toContain('calendar_objects_waiting')
  expect(
    plan('SELECT id, href, etag, uid, state FROM calendar_objects WHERE calendar = 7 AND href IS NOT NULL'),
  ).toContain('COVERING INDEX calendar_objects_told')
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
