import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('pins and settings stay as they are, and nothing is known yet of any domain', () => {
  const connection = databaseBefore(5)
  connection.exec(`INSERT INTO settings VALUES ('offline', 'true');
    INSERT INTO pins (host, port, fingerprint256) VALUES ('a', 1, 'f')`)
  const before = [rows(connection, 'SELECT * FROM settings'), rows(connection, 'SELECT * FROM pins')]
  step(connection, 5)
  expect([rows(connection, 'SELECT * FROM settings'), rows(connection, 'SELECT * FROM pins')]).toEqual(before)
  expect(rows(connection, 'SELECT * FROM transport_domains')).toEqual([])
  expect(rows(connection, 'SELECT * FROM transport_tlsa')).toEqual([])
})
