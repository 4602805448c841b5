import { createHash, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGate } from '../../../electron/engine/net/gate'
import type { GateRequest } from '../../../electron/engine/ports/net/gate'
import type { DanePolicy, DnsAsker, TlsaRecord } from '../../../electron/engine/ports/net/transport'
import { checkDane } from '../../../electron/engine/transport/check-dane'
import { type Place, realClock, recordingLog, refusal, testAuthority, tlsPlace } from './gate-places'

let authority: Awaited<ReturnType<typeof testAuthority>>
beforeAll(async () => {
  authority = await testAuthority()
})
afterAll(() => authority.remove())

/** DANE-EE with the key of a certificate. */
function recordOf(pem: string): TlsaRecord {
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  return { usage: 3, selector: 1, matchingType: 1, data: createHash('sha256').update(spki).digest() }
}

const required = (records: readonly TlsaRecord[]): DanePolicy => ({
  verdict: 'require',
  records,
  names: ['localhost'],
  from: 'dns',
})

/** A server with a certificate, and a gate that hears this of DANE. */
async function meeting(
  kind: 'server' | 'selfsigned' | 'expired',
  policyOf: (pem: string) => DanePolicy,
  pinned = false,
) {
  const options = await authority.options(kind)
  let heard = 0
  const place: Place = await tlsPlace(options, socket => socket.on('data', chunk => (heard += chunk.length)))
  const asked: string[] = []
  const askers: DnsAsker[] = []
  const gate = createGate({
    policy: { permits: () => true },
    pins: { isPinned: () => pinned, hasPin: () => pinned },
    clock: realClock,
    log: recordingLog(),
    dane: {
      policyFor: async (host, port, { signal: _signal, ...asker }) => {
        asked.push(`${host}:${port}`)
        askers.push(asker)
        return policyOf(options.cert)
      },
      check: checkDane,
    },
  })
  const dial = (change: Partial<GateRequest> = {}) =>
    gate.dialTls(
      { accountId: null, purpose: 'imap', host: 'localhost', port: place.port, ...change },
      { serverName: 'localhost', caPem: authority.caPem },
      { timeoutMs: 20_000 },
    )
  return { gate, asked, askers, dial, place, heard: () => heard }
}

test('a server that its TLSA record names is trusted, though no authority knows it or its date is past', async () => {
  for (const kind of ['selfsigned', 'expired'] as const) {
    const { dial, gate, place, asked } = await meeting(kind, pem => required([recordOf(pem)]))
    const { stream } = await dial()
    expect(asked).toEqual([`localhost:${place.port}`])
    expect(gate.connections()[0]).toMatchObject({ state: 'open', tls: { dane: true } })
    stream.destroy()
    await place.stop()
  }
})

test('a server with a good certificate that is not the one published is refused, and hears nothing', async () => {
  const other = (await authority.options('selfsigned')).cert
  const { dial, place, heard } = await meeting('server', () => required([recordOf(other)]))
  expect(await refusal(dial())).toMatchObject({ code: 'certificate-refused', params: { reason: 'other' } })
  expect(heard()).toBe(0)
  await place.stop()
})

test.each(['imap', 'smtp', 'dav', 'xmpp', 'sieve'] as const)(
  'a server for %s is held to its TLSA record, whoever else vouches for it',
  async purpose => {
    const { cert } = await authority.options('selfsigned')
    const named = await meeting('selfsigned', () => required([recordOf(cert)]))
    const { stream } = await named.dial({ purpose })
    expect(named.gate.connections()[0]).toMatchObject({ purpose, state: 'open', tls: { dane: true } })
    stream.destroy()
    await named.place.stop()
    const another = await meeting('server', () => required([recordOf(cert)]))
    expect((await refusal(another.dial({ purpose }))).code).toBe('certificate-refused')
    await another.place.stop()
  },
)

test('an issuer that a TLSA record names vouches for the chain it was sent in, for the right name only', async () => {
  const { cert, key } = await authority.options('server')
  const place = await tlsPlace({ cert: `${cert}${authority.caPem}`, key })
  const gateFor = (names: readonly string[]) =>
    createGate({
      policy: { permits: () => true },
      pins: { isPinned: () => false, hasPin: () => false },
      clock: realClock,
      log: recordingLog(),
      dane: {
        policyFor: async () => ({
          verdict: 'require',
          records: [{ ...recordOf(authority.caPem), usage: 2 }],
          names,
          from: 'dns',
        }),
        check: checkDane,
      },
    })
  const dial = (names: readonly string[]) =>
    gateFor(names).dialTls(
      { accountId: null, purpose: 'smtp', host: 'localhost', port: place.port },
      { serverName: 'localhost', caPem: null },
      { timeoutMs: 20_000 },
    )
  const { stream } = await dial(['localhost'])
  stream.destroy()
  expect((await refusal(dial(['other.example']))).code).toBe('certificate-refused')
  await place.stop()
})

test('bogus records refuse the connection', async () => {
  const { dial, place, heard } = await meeting('server', () => ({ verdict: 'refuse', why: 'bogus' }))
  expect(await refusal(dial())).toMatchObject({ code: 'tls-failed', params: { detail: 'DNSSEC: bogus' } })
  expect(heard()).toBe(0)
  await place.stop()
})

test('without DANE, and with records that nobody can use, the authorities decide as ever', async () => {
  const unusable: TlsaRecord = { usage: 1, selector: 1, matchingType: 1, data: new Uint8Array(32) }
  for (const policy of [{ verdict: 'none', why: 'insecure' } as const, required([unusable])]) {
    const good = await meeting('server', () => policy)
    const { stream } = await good.dial()
    expect(good.gate.connections()[0]?.tls).not.toHaveProperty('dane')
    stream.destroy()
    await good.place.stop()
    const bad = await meeting('selfsigned', () => policy)
    expect((await refusal(bad.dial())).code).toBe('certificate-refused')
    await bad.place.stop()
  }
})

test('a certificate that the user pinned after seeing it stays what it was', async () => {
  const { dial, place } = await meeting('selfsigned', () => ({ verdict: 'refuse', why: 'bogus' }), true)
  const { stream } = await dial()
  stream.destroy()
  await place.stop()
})

test('DNS itself and documents ask for no records; what a hidden set-up asks is hidden too', async () => {
  const { dial, place, asked, askers } = await meeting('server', () => ({ verdict: 'none', why: 'unknown' }))
  for (const purpose of ['dns', 'autoconfig'] as const) (await dial({ purpose })).stream.destroy()
  expect(asked).toEqual([])
  ;(await dial({ overTor: true })).stream.destroy()
  expect(askers).toEqual([{ accountId: null, overTor: true, service: 'mail' }])
  await place.stop()
})
