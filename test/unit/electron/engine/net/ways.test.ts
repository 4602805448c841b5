import { describe, expect, test } from 'vitest'
import { createRoutes, type Way } from '../../../../../electron/engine/net/routes'
import { createWays } from '../../../../../electron/engine/net/ways'
import type { GateRequest } from '../../../../../electron/engine/ports/net/gate'
import { systemRandom } from '../../../../../electron/engine/system'
import type { AccountSummary } from '../../../../../shared/features/accounts/model'
import { type AccountRoute, defaultTorSettings } from '../../../../../shared/features/network/model'
import type { AccountId } from '../../../../../shared/kit/ids'

const anna = 'a'.repeat(32) as AccountId
const bert = 'b'.repeat(32) as AccountId
const onion = `${'c'.repeat(56)}.onion`
const account = (id: AccountId): AccountSummary => ({
  id,
  config: {
    address: 'anna@example.org',
    displayName: '',
    services: {
      mail: {
        userName: 'anna',
        imap: { host: 'imap.Example.org', port: 993, security: 'tls', onion },
        smtp: { host: 'smtp.example.org', port: 465, security: 'tls' },
        caPem: null,
      },
    },
  },
  sample: false,
  signature: '',
  order: 0,
})
const request = (accountId: AccountId | null, purpose: GateRequest['purpose'] = 'imap'): GateRequest => ({
  accountId,
  purpose,
  host: `${purpose}.example.org`,
  port: purpose === 'imap' ? 993 : 465,
})

function world(routes: Record<string, AccountRoute | null>, forEverything = false) {
  const settings = { ...defaultTorSettings, forEverything }
  const ways = createWays({
    account: id => (id in routes ? account(id) : null),
    route: id => routes[id] ?? null,
    settings: () => settings,
    tor: async () => ({ host: '127.0.0.1', port: 9050 }),
    random: systemRandom,
  })
  const proxyOf = async (asked: GateRequest) => {
    const way: Way = ways.wayOf(asked)
    if (way.kind !== 'tor' && way.kind !== 'socks5') throw new Error(`goes ${way.kind}`)
    return way.proxy(AbortSignal.timeout(1000))
  }
  return { ways, settings, proxyOf }
}
const direct: AccountRoute = { kind: 'direct' }
const tor: AccountRoute = { kind: 'tor' }

describe('which way a connection takes', () => {
  test('that of its account', () => {
    const login = { user: 'u', password: 'p' }
    const { ways } = world({
      [anna]: tor,
      [bert]: { kind: 'socks5', host: 'proxy.example', port: 1080, login },
    })
    expect(ways.wayOf(request(anna)).kind).toBe('tor')
    expect(ways.wayOf(request(bert)).kind).toBe('socks5')
    expect(ways.wayOf(request(null)).kind).toBe('direct')
  })

  test('that of its mail for what belongs to no service, and the one named for a look-up of a service', () => {
    const { ways } = world({ [anna]: tor, [bert]: direct })
    for (const purpose of ['dns', 'key-lookup', 'remote-content', 'unsubscribe'] as const) {
      expect(ways.wayOf(request(anna, purpose)).kind).toBe('tor')
      expect(ways.wayOf(request(bert, purpose)).kind).toBe('direct')
    }
    expect(ways.wayOf({ ...request(null, 'dns'), likeAccount: anna, service: 'mail' }).kind).toBe('tor')
  })

  test('the direct one for an account on this machine, and Tor once everything goes through it', () => {
    const here = (forEverything: boolean) =>
      createWays({
        account: id => ({ ...account(id), config: { address: 'local', displayName: '', services: {} } }),
        route: () => null,
        settings: () => ({ ...defaultTorSettings, forEverything }),
        tor: async () => ({ host: '127.0.0.1', port: 9050 }),
        random: systemRandom,
      }).wayOf(request(anna, 'remote-content')).kind
    expect([here(false), here(true)]).toEqual(['direct', 'tor'])
  })

  test('Tor, whatever the account says, once everything shall go through Tor', () => {
    const { ways } = world(
      { [anna]: direct, [bert]: { kind: 'socks5', host: 'p', port: 1, login: null } },
      true,
    )
    for (const asked of [request(anna), request(bert), request(null), request(null, 'dns')])
      expect(ways.wayOf(asked).kind).toBe('tor')
  })

  test('Tor for a set-up that asks for it', () => {
    const { ways } = world({})
    expect(ways.wayOf({ ...request(null, 'autoconfig'), overTor: true }).kind).toBe('tor')
  })

  test('none, when the account is unknown or its route cannot be read', () => {
    const { ways } = world({ [bert]: null })
    expect(ways.wayOf(request(anna))).toEqual({ kind: 'refused', why: 'unknown-account' })
    expect(ways.wayOf(request(bert))).toEqual({ kind: 'refused', why: 'route-unreadable' })
    const routeFor = createRoutes({
      policy: { permits: () => true },
      isOffline: () => false,
      wayOf: ways.wayOf,
    })
    expect(() => routeFor(request(bert))).toThrow(expect.objectContaining({ code: 'not-permitted' }))
  })

  test('the onion service of that server, and only through Tor', () => {
    expect(world({ [anna]: tor }).ways.wayOf(request(anna))).toMatchObject({ onion })
    expect(world({ [anna]: tor }).ways.wayOf(request(anna, 'smtp'))).toMatchObject({ onion: null })
    expect(world({ [anna]: tor }).ways.wayOf({ ...request(anna), port: 143 })).toMatchObject({ onion: null })
    expect(world({ [anna]: direct }).ways.wayOf(request(anna))).toEqual({ kind: 'direct' })
  })
})

describe('one circuit for each account and purpose', () => {
  test('the same account and purpose use the same credentials, every other pair its own', async () => {
    const { proxyOf } = world({ [anna]: tor, [bert]: tor })
    const first = await proxyOf(request(anna))
    expect(await proxyOf(request(anna))).toEqual(first)
    const users = await Promise.all(
      [
        request(anna),
        request(anna, 'smtp'),
        request(anna, 'dav'),
        request(bert),
        { ...request(null), overTor: true as const },
      ].map(async asked => (await proxyOf(asked)).credentials?.user),
    )
    expect(new Set(users).size).toBe(5)
  })

  test('the credentials tell nothing of the account, and are others in the next run', async () => {
    const one = (await world({ [anna]: tor }).proxyOf(request(anna))).credentials
    const two = (await world({ [anna]: tor }).proxyOf(request(anna))).credentials
    expect(one?.user).toMatch(/^[0-9a-f]{32}$/)
    expect(one?.user).not.toBe(two?.user)
    expect(JSON.stringify(one)).not.toMatch(/anna|imap|aaaa/)
  })

  test('a new identity changes those of one account and leaves the others', async () => {
    const { ways, proxyOf } = world({ [anna]: tor, [bert]: tor })
    const before = [
      await proxyOf(request(anna)),
      await proxyOf(request(anna, 'smtp')),
      await proxyOf(request(bert)),
    ]
    ways.newIdentity(anna)
    expect(await proxyOf(request(anna))).not.toEqual(before[0])
    expect(await proxyOf(request(anna, 'smtp'))).not.toEqual(before[1])
    expect(await proxyOf(request(bert))).toEqual(before[2])
  })
})
