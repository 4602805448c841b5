import dns from 'node:dns'
import { Resolver } from 'node:dns/promises'
import net from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Way } from '../../../electron/engine/net/routes'
import { isTor } from '../../../electron/engine/net/tor-probe'
import type { GateRequest } from '../../../electron/engine/ports/net/gate'
import type { AccountId } from '../../../shared/kit/ids'
import { granted, type SocksScript, startSocksServer } from '../support/scripted-socks-server'
import { clearPlace, type Place, refusal, testAuthority, testGate, tlsPlace } from './gate-places'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const onion = `${'a'.repeat(56)}.onion`
const request: GateRequest = { accountId, purpose: 'imap', host: 'mail.example.test', port: 993 }
const limit = { timeoutMs: 20_000 }
const credentials = { user: 'u'.repeat(32), password: 'n'.repeat(32) }

let authority: Awaited<ReturnType<typeof testAuthority>>
const places: { stop(): Promise<void> }[] = []
const keep = async <T extends { stop(): Promise<void> }>(place: Promise<T>): Promise<T> => {
  const started = await place
  places.push(started)
  return started
}

beforeAll(async () => {
  authority = await testAuthority()
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const place of places.splice(0)) await place.stop()
})
afterAll(() => authority.remove())

/** A gate whose every request goes through the scripted proxy. */
async function proxied(
  script: SocksScript = {},
  way: Partial<Extract<Way, { kind: 'tor' | 'socks5' }>> = {},
) {
  const proxy = await keep(startSocksServer(script))
  const made = testGate(
    () => true,
    () => ({
      kind: 'tor',
      onion: null,
      proxy: async () => ({ host: '127.0.0.1', port: proxy.port, credentials }),
      ...way,
    }),
  )
  return { ...made, proxy }
}

/** Every way a program can ask a name or open a socket past the proxy. */
function watchTheMachine() {
  const lookup = vi.spyOn(dns, 'lookup')
  const promised = vi.spyOn(dns.promises, 'lookup')
  const srv = vi.spyOn(Resolver.prototype, 'resolveSrv')
  const connect = vi.spyOn(net.Socket.prototype, 'connect')
  return {
    names: () => [...lookup.mock.calls, ...promised.mock.calls, ...srv.mock.calls].map(call => call[0]),
    ports: () =>
      connect.mock.calls.map(call => {
        const first: unknown = Array.isArray(call[0]) ? call[0][0] : call[0]
        return (first as { port?: number }).port
      }),
  }
}

describe('names and the proxy', () => {
  test.each([
    ['a name', 'mail.example.test'],
    ['an IPv4 literal', '192.0.2.7'],
    ['an IPv6 literal', '2001:db8::7'],
    ['an onion name', onion],
  ])('%s goes to the proxy as it is and is never looked up here', async (_what, host) => {
    const { gate, proxy } = await proxied()
    const machine = watchTheMachine()
    const { stream } = await gate.dialClear({ ...request, host }, limit)
    stream.destroy()
    expect(proxy.asked).toEqual([
      {
        methods: [2],
        user: credentials.user,
        password: credentials.password,
        command: 1,
        addressType: 3,
        host,
        port: 993,
      },
    ])
    expect(machine.names().filter(name => name !== '127.0.0.1')).toEqual([])
    expect(machine.ports()).toEqual([proxy.port])
  })

  test('an onion service is dialled in place of the host, and TLS still asks for the host', async () => {
    const server = await keep(
      tlsPlace(await authority.options('server'), socket => void socket.write('* OK\r\n')),
    )
    const { gate, proxy } = await proxied({ target: () => server.port }, { onion })
    const socket = await gate.dialTls(
      { ...request, host: 'imap.rig.test' },
      { serverName: 'imap.rig.test', caPem: authority.caPem },
      limit,
    )
    expect(socket.tls?.version).toBe('TLSv1.3')
    expect(proxy.asked.map(ask => ask.host)).toEqual([onion])
    expect(gate.connections()).toMatchObject([
      { host: 'imap.rig.test', onion, way: 'tor', state: 'open', proxy: `127.0.0.1:${proxy.port}` },
    ])
    socket.stream.destroy()
    const error = await refusal(
      gate.dialTls(request, { serverName: 'mail.example.test', caPem: authority.caPem }, limit),
    )
    expect(error).toMatchObject({ code: 'certificate-refused', params: { reason: 'wrong-host' } })
  })

  test('SRV records are not asked for, because the question would leave outside the proxy', async () => {
    const { gate, proxy } = await proxied()
    const machine = watchTheMachine()
    const error = await refusal(gate.resolveSrv('_imaps._tcp.example.test', accountId))
    expect(error).toMatchObject({ code: 'not-permitted', params: { reason: 'no-names-outside-tor' } })
    expect(machine.names()).toEqual([])
    expect(proxy.asked).toEqual([])
    expect(gate.connections().at(-1)).toMatchObject({ state: 'refused', problem: 'no-names-outside-tor' })
  })

  test('HTTPS goes the same way', async () => {
    const { gate, proxy } = await proxied({ hangsUp: true })
    const machine = watchTheMachine()
    await refusal(
      gate.httpsGet(
        { ...request, purpose: 'autoconfig', host: 'autoconfig.example.test', port: 443, path: '/' },
        { ...limit, maxBytes: 10, accept: '*/*' },
      ),
    )
    expect(proxy.asked.map(ask => [ask.host, ask.port])).toEqual([['autoconfig.example.test', 443]])
    expect(machine.names().filter(name => name !== '127.0.0.1')).toEqual([])
  })
})

describe('a proxy that fails', () => {
  const reply = (code: number, rest: readonly number[] = [1, 0, 0, 0, 0, 0, 0]) =>
    Uint8Array.from([5, code, 0, ...rest])

  test.each<[string, SocksScript, RegExp]>([
    ['fails in general', { answer: reply(1) }, /general failure/],
    ['forbids', { answer: reply(2) }, /not allowed/],
    ['sees no network', { answer: reply(3) }, /network unreachable/],
    ['sees no host', { answer: reply(4) }, /host unreachable/],
    ['is refused by the server', { answer: reply(5) }, /refused by the server/],
    ['lets it expire', { answer: reply(6) }, /expired/],
    ['knows no CONNECT', { answer: reply(7) }, /command/],
    ['knows no names', { answer: reply(8) }, /address type/],
    ['does not find the onion', { answer: reply(0xf0) }, /onion service not found/],
    ['says what nobody knows', { answer: reply(99) }, /unknown error 99/],
    ['answers with a strange address', { answer: reply(0, [9, 0, 0, 0, 0, 0, 0]) }, /address type/],
    [
      'speaks another version in the answer',
      { answer: Uint8Array.of(4, 0, 0, 1, 0, 0, 0, 0, 0, 0) },
      /bad answer/,
    ],
    ['cuts the answer short', { answer: Uint8Array.of(5, 0, 0), hangsUp: true }, /hung up|cut short/],
    [
      'cuts the address short',
      { answer: Uint8Array.of(5, 0, 0, 3, 200, 65), hangsUp: true },
      /hung up|cut short/,
    ],
    ['refuses every method', { method: 0xff }, /takes no user name/],
    ['takes everybody without a name', { method: 0 }, /takes no user name/],
    ['refuses the sign-in', { login: 1 }, /refused/],
  ])('one that %s pauses with the reason', async (_what, script, detail) => {
    const { gate } = await proxied(script)
    const machine = watchTheMachine()
    const error = await refusal(gate.dialClear(request, limit))
    expect(error).toMatchObject({ code: 'proxy-failed', retryable: true })
    expect(error.params['detail']).toMatch(detail)
    expect(machine.ports()).toHaveLength(1)
    expect(gate.connections()).toMatchObject([{ way: 'tor', state: 'failed' }])
  })

  test('a web server on that port is told from a proxy', async () => {
    const web = await keep(clearPlace(socket => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    const { gate } = testGate(
      () => true,
      () => ({
        kind: 'tor',
        onion: null,
        proxy: async () => ({ host: '127.0.0.1', port: web.port, credentials }),
      }),
    )
    expect((await refusal(gate.dialClear(request, limit))).params['detail']).toMatch(/not a SOCKS5 proxy/)
  })

  test('no proxy at all is a failure of the proxy, not of the server, and nothing else is tried', async () => {
    const { gate, proxy } = await proxied()
    await proxy.stop()
    const machine = watchTheMachine()
    const error = await refusal(gate.dialTls(request, { serverName: request.host, caPem: null }, limit))
    expect(error).toMatchObject({ code: 'proxy-failed', params: { host: request.host, port: 993 } })
    expect(error.params['detail']).toMatch(/ECONNREFUSED/)
    expect(machine.names().filter(name => name !== '127.0.0.1')).toEqual([])
    expect(machine.ports()).toEqual([proxy.port])
  })

  test.each(['greeting', 'login', 'request'] as const)(
    'one that falls silent at the %s is given up at the one deadline',
    async silentAt => {
      const { gate } = await proxied({ silentAt })
      const startMs = performance.now()
      expect((await refusal(gate.dialClear(request, { timeoutMs: 250 }))).code).toBe('connection-timeout')
      expect(performance.now() - startMs).toBeLessThan(15_000)
    },
  )

  test('one that answers byte by byte is understood', async () => {
    const { gate } = await proxied({ dripMs: 2, firstWords: '* OK ready\r\n' })
    const { stream } = await gate.dialClear(request, limit)
    const words = await new Promise<string>(resolve =>
      stream.once('data', (chunk: Buffer) => resolve(String(chunk))),
    )
    expect(words).toMatch(/^\*/)
    stream.destroy()
  })

  test.each([
    ['IPv4', granted],
    ['IPv6', Uint8Array.from([5, 0, 0, 4, ...Array.from({ length: 18 }, () => 7)])],
    ['a name', Uint8Array.from([5, 0, 0, 3, 3, 97, 98, 99, 0, 1])],
  ])('after an answer with %s the first words of the server are whole', async (_what, answer) => {
    const { gate } = await proxied({ answer, firstWords: '* OK ready\r\n' })
    const { stream } = await gate.dialClear(request, limit)
    const words = await new Promise<string>(resolve =>
      stream.once('data', (chunk: Buffer) => resolve(String(chunk))),
    )
    expect(words).toBe('* OK ready\r\n')
    stream.destroy()
  })

  test('the user can cancel', async () => {
    const { gate, proxy } = await proxied({ silentAt: 'request' })
    const cancel = new AbortController()
    const dialled = refusal(gate.dialClear(request, { ...limit, signal: cancel.signal }))
    await vi.waitFor(() => expect(proxy.asked).toHaveLength(1))
    cancel.abort()
    expect((await dialled).code).toBe('cancelled')
  })

  test('what is being dialled when everything is closed does not open afterwards', async () => {
    const { gate, proxy } = await proxied({ silentAt: 'request' })
    const dialled = refusal(gate.dialClear(request, limit))
    await vi.waitFor(() => expect(proxy.asked).toHaveLength(1))
    gate.closeAll(accountId)
    expect((await dialled).code).toBe('connection-lost')
  })
})

describe('a proxy of the user', () => {
  test('is told the name the user gave, or nothing where none was given', async () => {
    const { gate, proxy } = await proxied()
    ;(await gate.dialClear(request, limit)).stream.destroy()
    const open = await keep(startSocksServer())
    const other = testGate(
      () => true,
      () => ({
        kind: 'socks5',
        onion: null,
        proxy: async () => ({ host: '127.0.0.1', port: open.port, credentials: null }),
      }),
    )
    ;(await other.gate.dialClear(request, limit)).stream.destroy()
    expect(proxy.asked[0]?.methods).toEqual([2])
    expect(open.asked[0]).toMatchObject({ methods: [0], user: null, host: 'mail.example.test' })
    expect((await refusal(other.gate.dialClear({ ...request, host: onion }, limit))).params['reason']).toBe(
      'onion-without-tor',
    )
  })
})

describe('finding Tor', () => {
  const deadline = () => AbortSignal.timeout(20_000)
  const resolved = Uint8Array.of(5, 0, 0, 1, 192, 0, 2, 1, 0, 0)

  test('a proxy that answers as Tor does is Tor', async () => {
    const tor = await keep(startSocksServer({ answer: ask => (ask.command === 0xf0 ? resolved : granted) }))
    expect(await isTor({ host: '127.0.0.1', port: tor.port }, deadline())).toBe(true)
    expect(tor.asked).toMatchObject([{ command: 0xf0, host: '192.0.2.1' }])
  })

  test.each<[string, SocksScript]>([
    ['without user names', { method: 0xff }],
    ['that does not know the command', { answer: Uint8Array.of(5, 7, 0, 1, 0, 0, 0, 0, 0, 0) }],
    ['that grants anything', {}],
    ['that hangs up', { answer: Uint8Array.of(), hangsUp: true }],
    ['that is silent', { silentAt: 'greeting' }],
  ])('a proxy %s is not', async (_what, script) => {
    const other = await keep(startSocksServer(script))
    expect(await isTor({ host: '127.0.0.1', port: other.port }, AbortSignal.timeout(400))).toBe(false)
  })

  test('nobody there is not', async () => {
    const gone: Place = await clearPlace(() => {})
    await gone.stop()
    expect(await isTor({ host: '127.0.0.1', port: gone.port }, deadline())).toBe(false)
  })
})
