import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('calendars stay as they were, none of them is subscribed to, and a subscription goes with its calendar', () => {
  const connection = databaseBefore(21)
  connection.exec("INSERT INTO calendars (name, colour, position) VALUES ('Work', '#000000', 1)")
  step(connection, 21)
  expect(rows(connection, 'SELECT name FROM calendars ORDER BY id')).toEqual([{ name: '' }, { name: 'Work' }])
  expect(rows(connection, 'SELECT * FROM calendar_subscriptions')).toEqual([])
  connection.exec(
    "INSERT INTO calendar_subscriptions (calendar, url, route) VALUES (2, 'https://a.example/', '{}')",
  )
  connection.exec('DELETE FROM calendars WHERE id = 2')
  expect(rows(connection, 'SELECT * FROM calendar_subscriptions')).toEqual([])
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
