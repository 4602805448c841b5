import { expect, test } from 'vitest'
import { databaseBefore, rows, step } from './support'

test('accounts, drafts and settings stay as they are, and there are no keys yet', () => {
  const connection = databaseBefore(7)
  connection.exec(`INSERT INTO settings VALUES ('offline', 'true');
    INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 1);
    INSERT INTO drafts (id, account, content, updated_at) VALUES ('d', 1, '{}', 5)`)
  const before = ['settings', 'accounts', 'drafts'].map(table => rows(connection, `SELECT * FROM ${table}`))
  step(connection, 7)
  expect(['settings', 'accounts', 'drafts'].map(table => rows(connection, `SELECT * FROM ${table}`))).toEqual(
    before,
  )
  for (const table of ['own_keys', 'public_keys', 'key_addresses', 'openpgp_settings'])
    expect(rows(connection, `SELECT * FROM ${table}`)).toEqual([])
})

test('an own key stays when its account goes, and one address never uses two keys', () => {
  const connection = databaseBefore(8)
  connection.exec(`INSERT INTO accounts (id, config, position) VALUES ('a', '{}', 1);
    INSERT INTO own_keys (fingerprint, facts, public_key, sealed, protection, added_at)
      VALUES ('f', '{}', x'01', x'02', 'vault', 3);
    INSERT INTO openpgp_settings VALUES (1, '{}');
    INSERT INTO public_keys (fingerprint, facts, public_key) VALUES ('g', '{}', x'01'), ('h', '{}', x'01');
    INSERT INTO key_addresses (address, fingerprint, evidence, in_use, first_seen_at) VALUES ('b@x', 'g', '[]', 1, 0);
    DELETE FROM accounts`)
  expect(rows(connection, 'SELECT fingerprint FROM own_keys')).toEqual([{ fingerprint: 'f' }])
  expect(rows(connection, 'SELECT * FROM openpgp_settings')).toEqual([])
  expect(() =>
    connection.exec(
      `INSERT INTO key_addresses (address, fingerprint, evidence, in_use, first_seen_at) VALUES ('b@x', 'h', '[]', 1, 0)`,
    ),
  ).toThrow('UNIQUE')
})
