import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('events stay as they were; one version and one answer are kept of an instance, and go with their account', () => {
  const connection = databaseBefore(17)
  connection.exec(`
    INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 0);
    INSERT INTO calendar_objects (calendar, uid, kind, raw) VALUES (1, 'u', 'VEVENT', x'00')`)
  step(connection, 17)
  expect(rows(connection, 'SELECT uid, state FROM calendar_objects')).toEqual([{ uid: 'u', state: 'here' }])
  const version = (instance: string) =>
    `INSERT INTO invitation_versions (account, uid, instance, sequence, stamp, cancelled, stored) VALUES (1, 'u', ${instance}, 0, 0, 0, 1)`
  connection.exec(version('NULL'))
  connection.exec(version('5'))
  expect(() => connection.exec(version('NULL'))).toThrow(/UNIQUE/)
  expect(() => connection.exec(version('5'))).toThrow(/UNIQUE/)
  const answer = (isMine: number) =>
    `INSERT INTO invitation_answers (account, uid, attendee, sequence, stamp, is_mine) VALUES (1, 'u', 'eva@example.org', 0, 0, ${isMine})`
  connection.exec(answer(0))
  connection.exec(answer(1))
  expect(() => connection.exec(answer(1))).toThrow(/UNIQUE/)
  connection.exec('DELETE FROM accounts')
  expect(
    rows(connection, 'SELECT id FROM invitation_versions UNION SELECT id FROM invitation_answers'),
  ).toEqual([])
  expect(connection.pragma('foreign_key_check')).toEqual([])
})
