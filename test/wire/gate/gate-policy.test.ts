import dns from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createEgressPolicy } from '../../../electron/engine/net/egress-policy'
import type { GateRequest } from '../../../electron/engine/ports/net/gate'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import type { AccountId } from '../../../shared/kit/ids'
import { type Place, refusal, testAuthority, testGate, tlsPlace } from './gate-places'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const account: AccountSummary = {
  id: accountId,
  config: {
    address: 'alice@example.org',
    displayName: '',
    services: {
      mail: {
        userName: 'alice',
        imap: { host: 'imap.Example.org', port: 993, security: 'tls' },
        smtp: { host: 'smtp.example.org', port: 465, security: 'tls' },
        caPem: null,
      },
    },
  },
  sample: false,
  signature: '',
  order: 0,
}
const imap: GateRequest = { accountId, purpose: 'imap', host: 'imap.example.org.', port: 993 }

describe('what the gate may open', () => {
  const policy = createEgressPolicy({ accounts: () => [account] })

  test('an account reaches its own servers for their own purpose', () => {
    expect(policy.permits(imap)).toBe(true)
    expect(policy.permits({ accountId, purpose: 'smtp', host: 'SMTP.example.org', port: 465 })).toBe(true)
  })

  test.each<[string, GateRequest]>([
    ['another host', { ...imap, host: 'imap.example.com' }],
    ['another port', { ...imap, port: 143 }],
    ['another purpose', { ...imap, purpose: 'smtp' }],
    ['another account', { ...imap, accountId: 'f'.repeat(32) as AccountId }],
    ['no account', { ...imap, accountId: null }],
  ])('%s is refused', (_what, request) => {
    expect(policy.permits(request)).toBe(false)
  })

  test('set-up opens exactly the named places, and only while it runs', async () => {
    const place: GateRequest = {
      accountId: null,
      purpose: 'autoconfig',
      host: 'autoconfig.example.net',
      port: 443,
    }
    await policy.permitDuring([place], async () => {
      expect(policy.permits(place)).toBe(true)
      expect(policy.permits({ ...place, port: 80 })).toBe(false)
      await policy.permitDuring([place], async () => undefined)
      expect(policy.permits(place)).toBe(true)
    })
    expect(policy.permits(place)).toBe(false)
    await expect(policy.permitDuring([place], async () => Promise.reject(new Error('x')))).rejects.toThrow(
      'x',
    )
    expect(policy.permits(place)).toBe(false)
  })
})

describe('refusals', () => {
  const limit = { timeoutMs: 20_000 }
  const trust = { serverName: 'x', caPem: null }

  test('a place outside the policy is refused and shown', async () => {
    const { gate } = testGate(() => false)
    const error = await refusal(gate.dialTls(imap, trust, limit))
    expect(error.code).toBe('not-permitted')
    await refusal(gate.dialClear(imap, limit))
    await refusal(gate.httpsGet({ ...imap, path: '/' }, { ...limit, maxBytes: 10, accept: '*/*' }))
    await refusal(gate.resolveSrv('_imaps._tcp.example.org', null))
    expect(gate.connections().map(info => [info.state, info.way, info.problem])).toEqual(
      Array.from({ length: 4 }, () => ['refused', 'refused', 'policy']),
    )
  })

  test.each(['abcdefghijklmnop.onion', 'ABC.Onion.', 'mail.abc.ONION'])(
    '%s is never resolved nor dialled',
    async host => {
      const lookup = vi.spyOn(dns, 'lookup')
      const srv = vi.spyOn(Resolver.prototype, 'resolveSrv')
      const { gate } = testGate(() => true)
      for (const attempt of [
        gate.dialTls({ ...imap, host }, trust, limit),
        gate.dialClear({ ...imap, host }, limit),
        gate.httpsGet({ ...imap, host, path: '/' }, { ...limit, maxBytes: 10, accept: '*/*' }),
        gate.resolveSrv(`_imaps._tcp.${host}`, null),
      ])
        expect((await refusal(attempt)).code).toBe('not-permitted')
      expect(lookup).not.toHaveBeenCalled()
      expect(srv).not.toHaveBeenCalled()
      // The spies do see what other names cause.
      await refusal(gate.dialTls({ ...imap, host: 'x.invalid' }, trust, limit))
      expect(lookup).toHaveBeenCalled()
      vi.restoreAllMocks()
      expect(
        gate
          .connections()
          .slice(0, 4)
          .every(info => info.state === 'refused'),
      ).toBe(true)
    },
  )

  test('while offline nothing is dialled and the attempt says so; afterwards it is', async () => {
    const { gate } = testGate()
    gate.setOffline(true)
    expect((await refusal(gate.dialTls({ ...imap, host: 'localhost', port: 1 }, trust, limit))).code).toBe(
      'offline',
    )
    gate.setOffline(false)
    expect((await refusal(gate.dialTls({ ...imap, host: 'localhost', port: 1 }, trust, limit))).code).toBe(
      'connection-refused',
    )
  })
})

describe('the HTTPS door', () => {
  let authority: Awaited<ReturnType<typeof testAuthority>>
  const places: Place[] = []
  beforeAll(async () => {
    authority = await testAuthority()
  })
  afterEach(async () => {
    for (const place of places.splice(0)) await place.stop()
  })
  afterAll(() => authority.remove())

  /** An HTTPS server that answers fixed bytes by path and keeps what was asked. */
  async function httpsPlace(answer: (path: string) => string) {
    const asked: string[] = []
    const place = await tlsPlace(await authority.options('server'), socket => {
      let text = ''
      socket.on('data', chunk => {
        text += chunk.toString('latin1')
        if (!text.includes('\r\n\r\n')) return
        asked.push(text)
        socket.end(answer(text.split(' ')[1] ?? ''))
      })
    })
    places.push(place)
    return { port: place.port, asked }
  }
  const body = (text: string) =>
    `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${text.length}\r\n\r\n${text}`
  const to = (location: string) => `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`
  const options = { timeoutMs: 20_000, maxBytes: 1000, accept: 'text/xml' }
  const get = (port: number, path: string): GateRequest & { path: string } => ({
    accountId: null,
    purpose: 'autoconfig',
    host: 'localhost',
    port,
    path,
  })
  /** Certificates of the test authority are pinned, because a GET trusts the public roots only. */
  async function pinnedGate(ports: number[], permits: (request: GateRequest) => boolean = () => true) {
    const made = testGate(permits)
    for (const port of ports) {
      const { gate } = testGate()
      const error = await refusal(
        gate.dialTls(
          { ...imap, host: 'localhost', port },
          { serverName: 'localhost', caPem: null },
          { timeoutMs: 20_000 },
        ),
      )
      made.pin('localhost', port, String(error.params.fingerprint256))
    }
    return made
  }

  test('a request carries host and path and nothing about this program or machine', async () => {
    const server = await httpsPlace(() => body('<ok/>'))
    const { gate } = await pinnedGate([server.port])
    const answer = await gate.httpsGet(get(server.port, '/mail/config-v1.1.xml'), options)
    expect(answer).toMatchObject({ status: 200, contentType: 'text/xml' })
    expect(Buffer.from(answer.body).toString()).toBe('<ok/>')
    expect(server.asked).toEqual([
      `GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: localhost:${server.port}\r\nAccept: text/xml\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n`,
    ])
  })

  test('a redirect is followed only to a place the policy permits', async () => {
    const target = await httpsPlace(() => body('there'))
    const server = await httpsPlace(path =>
      path === '/ok' ? to(`https://localhost:${target.port}/x`) : to('https://evil.example/'),
    )
    const { gate, asked } = await pinnedGate(
      [server.port, target.port],
      request => request.host === 'localhost',
    )
    const answer = await gate.httpsGet(get(server.port, '/ok'), options)
    expect(Buffer.from(answer.body).toString()).toBe('there')
    expect((await refusal(gate.httpsGet(get(server.port, '/evil'), options))).code).toBe('not-permitted')
    expect(asked.at(-1)).toMatchObject({ host: 'evil.example', port: 443 })
    expect(gate.connections().at(-1)).toMatchObject({ host: 'evil.example', state: 'refused' })
  })

  test('a redirect to clear HTTP or with a user name is refused without asking anyone', async () => {
    const server = await httpsPlace(path =>
      to(path === '/a' ? 'http://localhost/' : 'https://user:pw@localhost/'),
    )
    const { gate } = await pinnedGate([server.port])
    expect((await refusal(gate.httpsGet(get(server.port, '/a'), options))).code).toBe('not-permitted')
    expect((await refusal(gate.httpsGet(get(server.port, '/b'), options))).code).toBe('not-permitted')
  })

  test('a redirect loop ends after three hops', async () => {
    const server = await httpsPlace(() => to('/again'))
    const { gate } = await pinnedGate([server.port])
    expect((await refusal(gate.httpsGet(get(server.port, '/'), options))).code).toBe('server-refused')
    expect(server.asked).toHaveLength(4)
  })

  test('an answer over the limit is refused', async () => {
    const server = await httpsPlace(() => body('x'.repeat(5000)))
    const { gate } = await pinnedGate([server.port])
    expect((await refusal(gate.httpsGet(get(server.port, '/'), options))).code).toBe('too-large')
  })

  test('a server that never finishes is given up at the deadline', async () => {
    const place = await tlsPlace(await authority.options('server'), socket => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nstart')
    })
    places.push(place)
    const { gate } = await pinnedGate([place.port])
    expect((await refusal(gate.httpsGet(get(place.port, '/'), { ...options, timeoutMs: 400 }))).code).toBe(
      'connection-timeout',
    )
  })

  test('an untrusted certificate ends the request before it was said', async () => {
    const server = await httpsPlace(() => body('x'))
    const { gate } = testGate()
    expect((await refusal(gate.httpsGet(get(server.port, '/'), options))).code).toBe('certificate-refused')
    expect(server.asked).toEqual([])
  })
})
