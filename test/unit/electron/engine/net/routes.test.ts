import { describe, expect, test } from 'vitest'
import { isOnion, normalHost } from '../../../../../electron/engine/net/host-name'
import { createRoutes } from '../../../../../electron/engine/net/routes'
import type { GateRequest } from '../../../../../electron/engine/ports/net/gate'

describe('one spelling per host', () => {
  test.each([
    ['IMAP.Example.ORG.', 'imap.example.org'],
    ['[::1]', '::1'],
    ['127.0.0.1', '127.0.0.1'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['_imaps._tcp.Example.org', '_imaps._tcp.example.org'],
    ['exa mple.org', ''],
    ['example.org/path', ''],
    ['zz::gg', ''],
    ['', ''],
  ])('%j is %j', (written, normal) => {
    expect(normalHost(written)).toBe(normal)
  })

  test.each(['a.onion', 'A.ONION.', 'x.y.onion', 'onion'])('%s is an onion name', name => {
    expect(isOnion(name)).toBe(true)
  })

  test.each(['onion.example', 'notonion', 'a.onions'])('%s is none', name => {
    expect(isOnion(name)).toBe(false)
  })
})

describe('the way to a place', () => {
  const request: GateRequest = { accountId: null, purpose: 'imap', host: 'IMAP.example.org', port: 993 }
  const routes = (permits: boolean, offline = false) =>
    createRoutes({ policy: { permits: () => permits }, isOffline: () => offline })

  test('what is permitted goes direct, under its normal name', () => {
    expect(routes(true)(request)).toEqual({ way: 'direct', host: 'imap.example.org', port: 993 })
  })

  test.each([
    ['not permitted', false, false, request, 'not-permitted'],
    ['an onion service', true, false, { ...request, host: 'x.onion' }, 'not-permitted'],
    ['no host name', true, false, { ...request, host: 'a b' }, 'not-permitted'],
    ['offline', true, true, request, 'offline'],
  ] as const)('%s is refused', (_what, permits, offline, asked, code) => {
    expect(() => routes(permits, offline)(asked)).toThrow(expect.objectContaining({ code }))
  })
})
