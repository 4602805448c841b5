import { expect, test } from 'vitest'
import { fieldsOf, routeOf } from '../../../../../../renderer/features/accounts/connection/route-fields'
import { mailOf, serversOf } from '../../../../../../renderer/features/accounts/servers/server-form'

const proxy = { kind: 'socks5', host: ' 127.0.0.1 ', port: '1080', user: '', password: '' } as const

test('a proxy may ask for a login, but never for half of one', () => {
  expect(routeOf(proxy)).toEqual({ kind: 'socks5', host: '127.0.0.1', port: 1080, login: null })
  expect(routeOf({ ...proxy, user: 'me', password: 'word' })).toMatchObject({
    login: { user: 'me', password: 'word' },
  })
  expect(routeOf({ ...proxy, user: 'me' })).toBeNull()
  expect(routeOf({ ...proxy, host: '' })).toBeNull()
  expect(routeOf({ ...proxy, port: '70000' })).toBeNull()
})

test('a way that cannot be read chooses nothing by itself', () => {
  const fields = fieldsOf({ kind: 'unreadable', proxy: null })
  expect(fields.kind).toBeNull()
  expect(routeOf(fields)).toBeNull()
})

test('saving an account keeps the onion address of its servers, and refuses a wrong one', () => {
  const onion = `${'a'.repeat(56)}.onion`
  const imap = { host: 'imap.example', port: 993, security: 'tls' as const, onion }
  const smtp = { host: 'smtp.example', port: 465, security: 'tls' as const }
  const stored = { userName: 'ada', imap, smtp, caPem: null }
  const servers = serversOf(stored)
  expect(mailOf(servers, null)).toEqual(stored)
  expect(mailOf({ ...servers, imap: { ...servers.imap, onion: 'short.onion' } }, null)).toBeNull()
})
