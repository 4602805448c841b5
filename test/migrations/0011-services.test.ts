import { describe, expect, test } from 'vitest'
import { accountConfig } from '../../shared/features/accounts/model'
import { accountRoute } from '../../shared/features/network/model'
import { databaseBefore, rows, step } from './support'

const place = (host: string, more: object = {}) => ({ host, port: 993, security: 'tls', ...more })
const mail = {
  userName: 'anna@example.org',
  imap: place('imap.example.org', { onion: `${'a'.repeat(56)}.onion` }),
  smtp: place('smtp.example.org'),
  caPem: null,
}
const person = { address: 'anna@example.org', displayName: 'Anna O\'Neil \u{1f4ec} "A"' }

/** Rows as the step before wrote them, and one of each after it. */
function stepped(accounts: readonly { config: unknown; route?: string; password?: string }[]) {
  const connection = databaseBefore(11)
  const add = connection.prepare('INSERT INTO accounts (id, config, position, signature) VALUES (?, ?, ?, ?)')
  accounts.forEach(({ config, route, password }, at) => {
    const text = typeof config === 'string' ? config : JSON.stringify(config)
    add.run(`id-${at + 1}`, text, at, 'Bye')
    if (route !== undefined)
      connection.prepare('UPDATE accounts SET route = ? WHERE number = ?').run(route, at + 1)
    if (password !== undefined)
      connection.prepare('INSERT INTO account_passwords VALUES (?, ?)').run(at + 1, password)
  })
  step(connection, 11)
  const found = rows(connection, 'SELECT * FROM accounts ORDER BY number') as {
    config: string
    route: string
    id: string
    signature: string
  }[]
  return { connection, found }
}

describe('an account with mail on a server', () => {
  test.each([
    ['as it usually is', {}],
    [
      'with an authority of its own',
      { caPem: '-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n' },
    ],
    ['with a choice about copies', { sentCopies: 'never' }],
  ])('keeps its servers, %s, as its mail service', (_words, change) => {
    const service = { ...mail, ...change }
    const { found } = stepped([{ config: { kind: 'imap', ...person, ...service } }])
    const config = JSON.parse(found[0]!.config)
    expect(config).toEqual({ ...person, services: { mail: service } })
    expect(accountConfig.parse(config)).toEqual(config)
    expect(found[0]).toMatchObject({ id: 'id-1', signature: 'Bye' })
  })

  test.each([
    { kind: 'direct' },
    { kind: 'tor' },
    { kind: 'socks5', host: 'proxy.example', port: 1080, login: { user: 'u"', password: "p'" } },
  ])('goes on by its way: $kind', way => {
    const { found } = stepped([{ config: { kind: 'imap', ...person, ...mail }, route: JSON.stringify(way) }])
    expect(JSON.parse(found[0]!.route)).toEqual({ mail: way })
    expect(accountRoute.parse(JSON.parse(found[0]!.route).mail)).toEqual(way)
  })

  test.each(['', '{', '{"kind":"pigeon"}', '[]', 'null', '"direct"'])(
    'is given no way in place of one that cannot be read: %s',
    route => {
      const { found } = stepped([{ config: { kind: 'imap', ...person, ...mail }, route }])
      const read = (() => {
        try {
          return JSON.parse(found[0]!.route)?.mail
        } catch {
          return undefined
        }
      })()
      expect(accountRoute.safeParse(read).success).toBe(false)
      expect(JSON.parse(found[0]!.config).services.mail).toEqual(mail)
    },
  )

  test('keeps its password, byte for byte, and it goes with the account', () => {
    const passwords = ['hunter2', "'; DROP TABLE accounts; --", 'pässwörd\u0000x', '12345', '']
    const { connection } = stepped(
      passwords.map(password => ({ config: { kind: 'imap', ...person, ...mail }, password })),
    )
    expect(
      rows(connection, 'SELECT account, service, password FROM account_passwords ORDER BY account'),
    ).toEqual(passwords.map((password, at) => ({ account: at + 1, service: 'mail', password })))
    connection.exec('DELETE FROM accounts WHERE number = 1')
    expect(rows(connection, 'SELECT account FROM account_passwords ORDER BY account')).toHaveLength(4)
    expect(connection.pragma('foreign_key_check')).toEqual([])
  })
})

test('accounts on this machine have no service, and nothing else of them changes', () => {
  const { found } = stepped(
    ['local', 'sample'].map(address => ({ config: { kind: 'local', address, displayName: address } })),
  )
  for (const [at, address] of ['local', 'sample'].entries()) {
    const config = JSON.parse(found[at]!.config)
    expect(config).toEqual({ address, displayName: address, services: {} })
    expect(accountConfig.safeParse(config).success).toBe(true)
    expect(found[at]!.route).toBe('{}')
  }
})

test.each(['not JSON', '{}', '[]', 'null'])('a configuration that was none is left as it is: %s', config => {
  const { found } = stepped([{ config }, { config: { kind: 'imap', ...person, ...mail } }])
  expect(found[0]!.config).toBe(config)
  expect(JSON.parse(found[1]!.config).services.mail).toEqual(mail)
})
