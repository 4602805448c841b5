import BetterSqlite from 'better-sqlite3-multiple-ciphers'
import { describe, expect, test } from 'vitest'
import { thunderbirdDatabases } from '../../../../../../../electron/engine/features/keys/store/thunderbird-databases'
import { fingerprintOf } from './openpgp-support'

const databaseOf = (script: string): Buffer => {
  const database = new BetterSqlite(':memory:')
  database.exec(script)
  const bytes = database.serialize()
  database.close()
  return bytes
}
const decisionTables = `CREATE TABLE acceptance_email (fpr TEXT NOT NULL, email TEXT NOT NULL);
  CREATE TABLE acceptance_decision (fpr TEXT NOT NULL, decision TEXT NOT NULL);`
const keyTables = `CREATE TABLE metaData (id PRIMARY KEY UNIQUE ON CONFLICT REPLACE, item1, item2);
  CREATE TABLE nssPrivate (id PRIMARY KEY UNIQUE ON CONFLICT ABORT, a0, a11, a102);`
const password = "INSERT INTO metaData VALUES ('password', x'0102', x'0304');"

describe('the decisions of a Thunderbird profile', () => {
  test('are what the user accepted or rejected; what was left open is no decision', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(fingerprintOf)
    const bytes = databaseOf(`${decisionTables}
      INSERT INTO acceptance_decision VALUES ('${a}', 'unverified'), ('${b}', 'rejected'), ('${c}', 'undecided'),
        ('${d}', 'personal'), ('no fingerprint', 'verified');
      INSERT INTO acceptance_email VALUES ('${a}', 'Anna@Example.org'), ('${c}', 'c@example.org');`)
    expect(thunderbirdDatabases.decisions(bytes)).toEqual([
      { fingerprint: a, decision: 'accepted', addresses: ['anna@example.org'] },
      { fingerprint: b, decision: 'rejected', addresses: [] },
    ])
  })

  test('are read from a database that was kept with a write-ahead log, and its bytes stay as they were', () => {
    const bytes = databaseOf(decisionTables)
    bytes.fill(2, 18, 20)
    const before = Buffer.from(bytes)
    expect(thunderbirdDatabases.decisions(bytes)).toEqual([])
    expect(bytes.equals(before)).toBe(true)
  })
})

describe('the key database', () => {
  test('gives salt, check value and the keys that could be one of the ring', () => {
    const bytes = databaseOf(`${keyTables} ${password}
      INSERT INTO nssPrivate VALUES (1, x'04', x'aa', x'f8'), (2, x'03', zeroblob(1001), x'01'), (3, x'03', NULL, x'02'),
        (4, x'03', 'text', 'text');`)
    const { globalSalt, check, keys } = thunderbirdDatabases.keyDatabase(bytes)
    expect([globalSalt, check].map(each => Buffer.from(each).toString('hex'))).toEqual(['0102', '0304'])
    expect(keys.map(({ id, value }) => [id[0], value[0]])).toEqual([[0xf8, 0xaa]])
  })

  test.each([
    ['no database', Buffer.from('not a database at all')],
    ['nothing', Buffer.alloc(0)],
    ['a database of something else', databaseOf('CREATE TABLE other (x);')],
    ['no password entry', databaseOf(keyTables)],
    [
      'text where bytes belong',
      databaseOf(`${keyTables} INSERT INTO metaData VALUES ('password', 'a', 'b');`),
    ],
    [
      'a salt of a megabyte',
      databaseOf(`${keyTables} INSERT INTO metaData VALUES ('password', zeroblob(1000000), x'');`),
    ],
    [
      'a view that never ends in place of a table',
      databaseOf(`CREATE TABLE metaData (id, item1, item2); ${password}
        CREATE VIEW nssPrivate AS WITH RECURSIVE n(a11) AS (SELECT 1 UNION ALL SELECT a11 + 1 FROM n)
          SELECT a11, a11 AS a102 FROM n;`),
    ],
    ['a database that is cut', databaseOf(`${keyTables} ${password}`).subarray(0, 5000)],
  ])('is refused: %s', (_, bytes) => {
    expect(() => thunderbirdDatabases.keyDatabase(bytes)).toThrow(
      expect.objectContaining({ code: 'thunderbird-damaged', params: { file: 'key4.db' } }),
    )
  })
})
