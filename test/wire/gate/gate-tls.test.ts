import { once } from 'node:events'
import type { TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { GateRequest } from '../../../electron/engine/ports/net/gate'
import { certificateProblemOf } from '../../../shared/features/network/certificate-problem'
import type { CertificateKind } from '../../rig/certificates'
import { clearPlace, type Place, refusal, testAuthority, testGate, tlsPlace } from './gate-places'

let authority: Awaited<ReturnType<typeof testAuthority>>
const places: Place[] = []

beforeAll(async () => {
  authority = await testAuthority()
})
afterEach(async () => {
  for (const place of places.splice(0)) await place.stop()
})
afterAll(() => authority.remove())

const kept = async (place: Promise<Place>) => {
  places.push(await place)
  return place
}
const request = (port: number, host = 'localhost'): GateRequest => ({
  accountId: null,
  purpose: 'imap',
  host,
  port,
})
const trust = (serverName = 'localhost') => ({ serverName, caPem: authority.caPem })
const limit = { timeoutMs: 20_000 }
/** OpenSSL 3 signs no TLS 1.1 handshake above level 0; BoringSSL knows no levels. */
const oldCiphers = process.versions['electron'] ? {} : { ciphers: 'DEFAULT:@SECLEVEL=0' }

/** A TLS server with one certificate that remembers every decrypted byte it was sent. */
async function listening(kind: CertificateKind) {
  const heard: Buffer[] = []
  const place = await kept(
    tlsPlace(await authority.options(kind), socket => {
      socket.on('data', chunk => heard.push(chunk))
      socket.write('* OK hello\r\n')
    }),
  )
  return { port: place.port, heard: () => Buffer.concat(heard).toString() }
}

describe('TLS through the gate', () => {
  test('a good certificate of a known authority opens a TLS 1.2+ stream and is listed with its facts', async () => {
    const { port } = await listening('server')
    const { gate } = testGate()
    const socket = await gate.dialTls(request(port), trust(), limit)
    const [greeting] = (await once(socket.stream, 'data')) as [Buffer]
    expect(greeting.toString()).toBe('* OK hello\r\n')
    expect(socket.tls?.version).toBe('TLSv1.3')
    const [info] = gate.connections()
    expect(info).toMatchObject({ host: 'localhost', port, way: 'direct', state: 'open', problem: null })
    expect(info?.tls?.issuer).toContain('Rig Test CA')
    expect(info?.tls?.fingerprint256).toMatch(/^([0-9a-f]{2}:){31}[0-9a-f]{2}$/)
    expect(info?.tls?.keyExchange).not.toBe('')
    expect(info?.bytesIn).toBeGreaterThan(500)
    expect(info?.bytesOut).toBeGreaterThan(100)
    socket.stream.destroy()
    await expect.poll(() => gate.connections()[0]?.state).toBe('closed')
    expect(gate.connections()[0]?.bytesIn).toBeGreaterThan(500)
  })

  test.each([
    ['expired', 'expired'],
    ['wronghost', 'wrong-host'],
    ['selfsigned', 'self-signed'],
  ] as const)(
    'the %s certificate is refused as %s, whole problem told, and not a byte was said',
    async (kind, reason) => {
      const { port, heard } = await listening(kind)
      const { gate } = testGate()
      const error = await refusal(gate.dialTls(request(port), trust(), limit))
      expect(error.code).toBe('certificate-refused')
      const problem = certificateProblemOf(error as never)
      expect(problem).toMatchObject({ host: 'localhost', port, reason })
      expect(problem?.fingerprint256).toMatch(/^([0-9a-f]{2}:){31}[0-9a-f]{2}$/)
      expect(problem?.subject).toContain(`CN=${kind}`)
      expect(Date.parse(problem?.validTo ?? '')).not.toBeNaN()
      if (kind === 'wronghost') expect(problem?.names).toEqual(['other.invalid'])
      else expect(problem?.names).toContain('rig.test')
      expect(heard()).toBe('')
      expect(gate.connections()).toMatchObject([
        { state: 'failed', problem: `certificate-refused: ${reason}` },
      ])
    },
  )

  test('an authority that nobody named is an unknown issuer', async () => {
    const { port } = await listening('server')
    const { gate } = testGate()
    const error = await refusal(gate.dialTls(request(port), { serverName: 'localhost', caPem: null }, limit))
    expect(error).toMatchObject({ code: 'certificate-refused', params: { reason: 'unknown-issuer' } })
  })

  test.each(['expired', 'wronghost', 'selfsigned'] as const)(
    'the %s certificate is accepted once pinned, and only that one, there',
    async kind => {
      const { port } = await listening(kind)
      const { gate, pin } = testGate()
      const first = await refusal(gate.dialTls(request(port), trust(), limit))
      pin('localhost', port, String(first.params.fingerprint256))
      const socket = await gate.dialTls(request(port), trust(), limit)
      expect(socket.tls?.fingerprint256).toBe(first.params.fingerprint256)
      socket.stream.destroy()

      const elsewhere = await listening(kind)
      expect((await refusal(gate.dialTls(request(elsewhere.port), trust(), limit))).code).toBe(
        'certificate-refused',
      )
    },
  )

  test.each(['server', 'selfsigned'] as const)(
    'a pinned place that shows another certificate (%s) is a changed certificate',
    async kind => {
      const { port } = await listening(kind)
      const { gate, pin } = testGate()
      pin('localhost', port, Array.from({ length: 32 }, () => 'ab').join(':'))
      const error = await refusal(gate.dialTls(request(port), trust(), limit))
      expect(error.code).toBe('certificate-changed')
      expect(certificateProblemOf(error as never)?.subject).toContain(`CN=${kind}`)
    },
  )

  test('an IP literal is checked against the addresses in the certificate', async () => {
    const good = await listening('server')
    const bad = await listening('wronghost')
    const { gate } = testGate()
    const socket = await gate.dialTls(request(good.port, '127.0.0.1'), trust('127.0.0.1'), limit)
    socket.stream.destroy()
    const error = await refusal(gate.dialTls(request(bad.port, '127.0.0.1'), trust('127.0.0.1'), limit))
    expect(error).toMatchObject({ code: 'certificate-refused', params: { reason: 'wrong-host' } })
  })

  test('a server that knows only TLS 1.1 is refused', async () => {
    const old = await authority.options('server')
    const place = await kept(tlsPlace({ ...old, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ...oldCiphers }))
    const { gate } = testGate()
    expect((await refusal(gate.dialTls(request(place.port), trust(), limit))).code).toBe('tls-failed')
  })

  test('a server with ciphers without forward secrecy is refused', async () => {
    const old = await authority.options('server')
    const place = await kept(tlsPlace({ ...old, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' }))
    const { gate } = testGate()
    expect((await refusal(gate.dialTls(request(place.port), trust(), limit))).code).toBe('tls-failed')
  })

  test('one deadline holds for connection and TLS together', async () => {
    const silent = await kept(clearPlace(() => {}))
    const { gate } = testGate()
    const startedAtMs = performance.now()
    const error = await refusal(gate.dialTls(request(silent.port), trust(), { timeoutMs: 300 }))
    expect(error.code).toBe('connection-timeout')
    expect(performance.now() - startedAtMs).toBeLessThan(15_000)
    expect(gate.connections()).toMatchObject([{ state: 'failed', problem: 'connection-timeout' }])
  })

  test('giving up by signal closes the connection', async () => {
    let met = 0
    const silent = await kept(
      clearPlace(() => {
        met += 1
      }),
    )
    const { gate } = testGate()
    const controller = new AbortController()
    const dialling = refusal(
      gate.dialTls(request(silent.port), trust(), { ...limit, signal: controller.signal }),
    )
    await expect.poll(() => met).toBe(1)
    controller.abort()
    expect((await dialling).code).toBe('cancelled')
    await expect.poll(() => gate.connections()[0]?.state).toBe('failed')
  })

  test('a clear-text server on a TLS port is a TLS failure', async () => {
    const place = await kept(clearPlace(socket => socket.write('* OK clear text here, plenty of it\r\n')))
    const { gate } = testGate()
    expect((await refusal(gate.dialTls(request(place.port), trust(), limit))).code).toBe('tls-failed')
  })

  test('a closed port is a refused connection, a name nobody knows an unresolved name', async () => {
    const gone = await clearPlace(() => {})
    await gone.stop()
    const { gate } = testGate()
    expect((await refusal(gate.dialTls(request(gone.port), trust(), limit))).code).toBe('connection-refused')
    const error = await refusal(
      gate.dialTls(request(993, 'no-such-host.invalid'), trust('no-such-host.invalid'), limit),
    )
    expect(error.code).toBe('name-unresolved')
  })

  test('closing everything of one account leaves the others open', async () => {
    const { port } = await listening('server')
    const { gate } = testGate()
    const accountId = 'a'.repeat(32) as NonNullable<GateRequest['accountId']>
    const mine = await gate.dialTls({ ...request(port), accountId }, trust(), limit)
    const other = await gate.dialTls(request(port), trust(), limit)
    gate.closeAll(accountId)
    await once(mine.stream, 'close')
    expect(other.stream.destroyed).toBe(false)
    gate.closeAll(null)
    await once(other.stream, 'close')
  })

  test('two hundred ended connections are remembered, the oldest are forgotten', async () => {
    const { gate } = testGate(() => false)
    for (let count = 0; count < 230; count++) await refusal(gate.dialTls(request(1), trust(), limit))
    expect(gate.connections()).toHaveLength(200)
    expect(gate.connections()[0]?.id).toBe(31)
  })
})

describe('STARTTLS through the gate', () => {
  /** Says `clear`, then waits for one line and answers with `reply`; then TLS, as a server would. */
  const startTlsServer = async (reply: string) => {
    const { cert, key } = await authority.options('server')
    const tls = await kept(tlsPlace({ cert, key }, (socket: TLSSocket) => socket.write('after tls\r\n')))
    return kept(
      clearPlace(socket => {
        socket.once('data', () => {
          socket.write(reply)
          void import('node:net').then(({ connect }) => {
            const inner = connect(tls.port, '127.0.0.1')
            inner.on('error', () => {})
            socket.pipe(inner).pipe(socket)
          })
        })
        socket.write('220 clear\r\n')
      }),
    )
  }

  const readSome = async (stream: NodeJS.ReadableStream) => {
    const chunk = await new Promise<Buffer>(resolve => {
      stream.once('data', resolve)
      stream.resume()
    })
    stream.pause()
    return chunk.toString()
  }

  test('a clear connection becomes TLS when nothing else was said', async () => {
    const place = await startTlsServer('220 go\r\n')
    const { gate } = testGate()
    const clear = await gate.dialClear(request(place.port), limit)
    expect(clear.tls).toBeNull()
    expect(await readSome(clear.stream)).toBe('220 clear\r\n')
    clear.stream.write('STARTTLS\r\n')
    expect(await readSome(clear.stream)).toBe('220 go\r\n')
    const secured = await gate.upgrade(clear, trust(), limit)
    expect(secured.tls?.version).toBe('TLSv1.3')
    expect(await readSome(secured.stream)).toBe('after tls\r\n')
    expect(gate.connections()).toMatchObject([{ state: 'open' }])
    secured.stream.destroy()
  })

  test('clear bytes that wait at the upgrade are an injection and end the connection', async () => {
    const place = await startTlsServer('220 go\r\n250 injected\r\n')
    const { gate } = testGate()
    const clear = await gate.dialClear(request(place.port), limit)
    await readSome(clear.stream)
    clear.stream.write('STARTTLS\r\n')
    const said = await readSome(clear.stream)
    clear.stream.unshift(Buffer.from(said.slice('220 go\r\n'.length)))
    expect((await refusal(gate.upgrade(clear, trust(), limit))).code).toBe('starttls-injection')
    expect(clear.stream.destroyed).toBe(true)
  })
})
