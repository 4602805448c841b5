import type { TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createKeyLookup } from '../../../electron/engine/key-lookup/key-lookup'
import { createEgressPolicy } from '../../../electron/engine/net/egress-policy'
import { createGate } from '../../../electron/engine/net/gate'
import { isPublicHost } from '../../../electron/engine/net/public-address'
import { limits } from '../../../electron/engine/ports/limits'
import type { AccountId } from '../../../shared/kit/ids'
import { realClock, recordingLog, testAuthority, tlsPlace } from '../gate/gate-places'
import { startSocksServer } from '../support/scripted-socks-server'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const address = 'Joe.Doe@example.net'
const hash = 'iy9q119eutrkn8s1mk4r39qejnbu3n5q'
const key = Buffer.from([0x98, 1, 2, 3])

let authority: Awaited<ReturnType<typeof testAuthority>>
const running: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  authority = await testAuthority()
})
afterAll(() => authority.remove())
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop()
})

type Answer = Uint8Array | ((socket: TLSSocket) => void)
const ok = (body: Uint8Array, more = '') =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n${more}\r\n`), body])
const notFound = Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
const to = (location: string) =>
  Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`)

/**
 * The real gate and look-up; one HTTPS server answers as every host, which a scripted proxy leads to. Hosts that are not
 * in `hosts` do not exist.
 */
async function world(hosts: Record<string, Answer>, timeoutMs = 5000) {
  const asked: string[] = []
  const place = await tlsPlace(await authority.options('server'), socket => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (!text.includes('\r\n\r\n')) return
      asked.push(text)
      const answer = hosts[/^Host: (.*)$/m.exec(text)?.[1]?.trim() ?? ''] ?? notFound
      if (typeof answer === 'function') answer(socket)
      else socket.end(answer)
    })
  })
  // RFC 1928 §6: 0 granted, 4 host unreachable.
  const proxy = await startSocksServer({
    answer: ask => Uint8Array.of(5, ask.host in hosts ? 0 : 4, 0, 1, 0, 0, 0, 0, 0, 0),
    target: () => place.port,
  })
  running.push(place, proxy)
  const policy = createEgressPolicy({ accounts: () => [] })
  const gate = createGate({
    policy,
    pins: { isPinned: () => true, hasPin: () => true },
    clock: realClock,
    log: recordingLog(),
    wayOf: () => ({
      kind: 'socks5',
      onion: null,
      proxy: async () => ({ host: '127.0.0.1', port: proxy.port, credentials: null }),
    }),
  })
  const lookup = createKeyLookup({ gate, permitDuring: policy.permitDuring, isPublicHost, timeoutMs })
  return { lookup, gate, policy, asked, proxy }
}

describe('the Web Key Directory', () => {
  test('is asked the advanced way, with no word about who asks, and nothing is permitted afterwards', async () => {
    const { lookup, asked, gate, policy } = await world({ 'openpgpkey.example.net': ok(key) })
    const answers = await lookup.wkd(address, accountId)
    expect(answers).toMatchObject([
      { step: { source: 'wkd-advanced', outcome: 'found' }, host: 'openpgpkey.example.net' },
    ])
    expect(Buffer.from(answers[0]?.bytes ?? [])).toEqual(key)
    expect(asked).toEqual([
      `GET /.well-known/openpgpkey/example.net/hu/${hash}?l=Joe.Doe HTTP/1.1\r\nHost: openpgpkey.example.net\r\nAccept: application/octet-stream\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n`,
    ])
    expect(gate.connections()[0]).toMatchObject({ accountId, purpose: 'key-lookup', way: 'socks5' })
    const place = { accountId, purpose: 'key-lookup', host: 'openpgpkey.example.net', port: 443 } as const
    expect(policy.permits(place)).toBe(false)
  })

  test('is asked the direct way only where the host of the advanced way does not exist', async () => {
    const direct = await world({ 'example.net': ok(key) })
    expect(
      (await direct.lookup.wkd(address, accountId)).map(({ step }) => [step.source, step.outcome]),
    ).toEqual([
      ['wkd-advanced', 'failed'],
      ['wkd-direct', 'found'],
    ])
    const advanced = await world({ 'openpgpkey.example.net': notFound, 'example.net': ok(key) })
    expect(
      (await advanced.lookup.wkd(address, accountId)).map(({ step }) => [step.source, step.outcome]),
    ).toEqual([['wkd-advanced', 'nothing']])
  })

  test.each([
    ['a page', ok(Buffer.from('\n<!doctype html>')), 'nothing', 'html'],
    ['nothing', ok(Buffer.alloc(0)), 'nothing', 'empty'],
    ['an error', Buffer.from('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n'), 'failed', 'HTTP 503'],
    ['more than any key', ok(Buffer.alloc(limits.keyLookupBytes + 1)), 'refused', 'too-large'],
    ['bytes without end', endless, 'refused', 'too-large'],
    ['a way to the network around this machine', to('https://192.168.0.1/key'), 'refused', 'private-address'],
    ['a way to this machine', to('https://localhost/key'), 'refused', 'private-address'],
    ['a way to another port', to('https://other.example:8443/key'), 'refused', 'private-address'],
    ['a way without encryption', to('http://other.example/key'), 'refused', 'redirect'],
    ['a way in circles', to(`https://openpgpkey.example.net/again`), 'refused', 'redirect'],
    ['a broken answer', Buffer.from('HELO\r\n\r\n'), 'failed', 'connection-lost'],
  ] as const)('that answers %s gives no key, and says so', async (_, answer, outcome, detail) => {
    const { lookup } = await world({ 'openpgpkey.example.net': answer })
    const answers = await lookup.wkd(address, accountId)
    expect(answers).toHaveLength(1)
    expect(answers[0]).toMatchObject({ bytes: null, step: { outcome } })
    expect(answers[0]?.step.detail).toContain(detail)
  })

  test('may lead to a public host over HTTPS', async () => {
    const { lookup } = await world({
      'openpgpkey.example.net': to('https://keys.host.example/x'),
      'keys.host.example': ok(key),
    })
    expect((await lookup.wkd(address, accountId))[0]?.step.outcome).toBe('found')
  })

  test('that says nothing is given up', async () => {
    const { lookup } = await world({ 'openpgpkey.example.net': () => undefined }, 300)
    expect((await lookup.wkd(address, accountId))[0]?.step).toMatchObject({
      outcome: 'failed',
      detail: 'connection-timeout',
    })
  })

  test('of a domain that means the network around this machine is not asked', async () => {
    const { lookup, proxy } = await world({})
    for (const local of ['joe@router.lan', 'joe@localhost', 'joe@127.0.0.1'])
      for (const { step } of await lookup.wkd(local, accountId)) expect(step.outcome).toBe('refused')
    expect(proxy.asked).toEqual([])
  })
})

describe('a key server', () => {
  test('that confirms addresses is asked by its own path, any other by HKP, and redirects are not followed', async () => {
    const { lookup, asked } = await world({
      'keys.openpgp.org': ok(Buffer.from('-----BEGIN PGP PUBLIC KEY BLOCK-----')),
      'keys.example.com': to('https://keys.openpgp.org/'),
    })
    expect((await lookup.keyserver('keys.openpgp.org', 'a+b@example.net', accountId)).step.outcome).toBe(
      'found',
    )
    expect((await lookup.keyserver('keys.example.com', 'a+b@example.net', accountId)).step).toMatchObject({
      outcome: 'refused',
      detail: 'not-permitted: redirect',
    })
    expect(asked.map(text => text.split(' ')[1])).toEqual([
      '/vks/v1/by-email/a%2Bb%40example.net',
      '/pks/lookup?op=get&options=mr&search=a%2Bb%40example.net',
    ])
  })
})

function endless(socket: TLSSocket): void {
  socket.write('HTTP/1.1 200 OK\r\n\r\n')
  const chunk = Buffer.alloc(64_000, 0x98)
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}
