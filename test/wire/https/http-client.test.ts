import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { GateRequest } from '../../../electron/engine/ports/net/gate'
import type { HttpOptions, HttpRequest } from '../../../electron/engine/ports/net/http'
import type { AccountId } from '../../../shared/kit/ids'
import { refusal, testAuthority, testGate, tlsPlace } from '../gate/gate-places'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
let authority: Awaited<ReturnType<typeof testAuthority>>
const ends: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  authority = await testAuthority()
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})
afterAll(() => authority.remove())

/** A server that speaks HTTP as it should; `sockets` counts its connections. */
async function goodPlace(answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void) {
  const asked: { method: string; headers: string[]; body: Buffer }[] = []
  const server = createServer(await authority.options('server'), async (request, response) => {
    // A client that gives up is what some tests are about.
    const body = await buffer(request).catch(() => null)
    if (body === null) return
    asked.push({ method: request.method ?? '', headers: request.rawHeaders, body })
    answer(request, response, body)
  })
  const place = { sockets: 0, asked, port: 0, closeIdle: () => server.closeIdleConnections() }
  server.on('secureConnection', () => place.sockets++)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  place.port = (server.address() as AddressInfo).port
  ends.push(() => {
    server.closeAllConnections()
    return new Promise(resolve => server.close(resolve))
  })
  return place
}

/** A server that says exactly these bytes to every request head, and what it was asked. */
async function rawPlace(say: (head: string) => string | Uint8Array) {
  const place = await tlsPlace(await authority.options('server'), socket => {
    socket.on('data', bytes => {
      if (bytes.toString().includes('\r\n\r\n')) socket.write(say(bytes.toString()))
    })
  })
  ends.push(place.stop)
  return place
}

const limit = { timeoutMs: 20_000, maxBytes: 100_000 }
const requestTo = (port: number, more: Partial<HttpRequest> = {}): HttpRequest => ({
  ...{ accountId, purpose: 'dav', host: 'localhost', port, method: 'GET', path: '/' },
  ...more,
})
function client(permits?: (request: GateRequest) => boolean) {
  const made = testGate(permits)
  ends.push(async () => made.gate.closeAll(null))
  return {
    ...made,
    http: (request: HttpRequest, options: Partial<HttpOptions> = {}) =>
      made.gate.http(request, { ...limit, caPem: authority.caPem, ...options }),
  }
}

describe('a request', () => {
  test('carries method, headers and body with its length, and nothing about this program', async () => {
    const place = await goodPlace((_request, response, body) => response.end(body))
    const { http } = client()
    const body = Buffer.from('<propfind/>')
    const headers = { Depth: '1', 'Content-Type': 'application/xml' }
    const answer = await http(requestTo(place.port, { method: 'PROPFIND', path: '/a%20b/?x', headers, body }))
    expect([answer.status, Buffer.from(await answer.read()).toString()]).toEqual([200, '<propfind/>'])
    expect(place.asked[0]).toMatchObject({ method: 'PROPFIND', body })
    expect(place.asked[0]?.headers).toEqual([
      ...['Host', `localhost:${place.port}`, 'Depth', '1', 'Content-Type', 'application/xml'],
      ...['Accept-Encoding', 'identity', 'Content-Length', '11', 'Connection', 'close'],
    ])
  })

  test('a long body is streamed with its length, never in chunks, and again after a refusal', async () => {
    const place = await goodPlace((request, response) => {
      if (request.headers.authorization) return void response.end('ok')
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end('who?')
    })
    const { http } = client()
    let opened = 0
    const open = () => {
      opened++
      return Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(30_000, 'b')])
    }
    const answer = await http(
      requestTo(place.port, { method: 'PUT', body: { lengthBytes: 100_000, open } }),
      {
        login: { userName: 'alice', password: 'pw' },
      },
    )
    expect([answer.status, opened]).toEqual([200, 2])
    await answer.read()
    for (const { headers, body } of place.asked) {
      expect(headers).not.toContain('Transfer-Encoding')
      expect(body.length).toBe(100_000)
    }
  })

  test('a body that is not as long as was said fails, and so does one that cannot be read', async () => {
    const place = await goodPlace((_request, response) => response.end())
    const { http } = client()
    const put = (open: () => Readable) =>
      refusal(http(requestTo(place.port, { method: 'PUT', body: { lengthBytes: 10, open } })))
    for (const size of [4, 11, 4_000_000])
      expect((await put(() => Readable.from([Buffer.alloc(size)]))).code).toBe('connection-lost')
    const failing = () =>
      new Readable({
        read() {
          this.destroy(new Error('disk'))
        },
      })
    expect((await put(failing)).code).toBe('connection-lost')
  })

  test('letters that could end a line are refused before anything is sent', async () => {
    const place = await goodPlace((_request, response) => response.end())
    const { http } = client()
    for (const bad of [
      { path: '/a b' },
      { path: '/a\r\nX: y' },
      { headers: { Depth: '1\r\nX: y' } },
      { method: 'A B' },
    ])
      expect((await refusal(http(requestTo(place.port, bad)))).code).toBe('protocol-violation')
    expect(place.sockets).toBe(0)
  })
})

describe('connections', () => {
  test('follow-up requests take the same connection, other accounts and purposes never do', async () => {
    const place = await goodPlace((_request, response) => response.end('ok'))
    const { http, gate } = client()
    const ask = async (more: Partial<HttpRequest> = {}) =>
      (await http(requestTo(place.port, more), { keepAlive: true })).read()
    await ask()
    await ask({ path: '/2' })
    expect(place.sockets).toBe(1)
    await ask({ accountId: 'f'.repeat(32) as AccountId })
    await ask({ purpose: 'autoconfig' })
    await ask({ overTor: true })
    expect(place.sockets).toBe(4)
    gate.closeAll(accountId)
    await ask()
    expect(place.sockets).toBe(5)
  })

  test('a kept connection is not used once the policy refuses', async () => {
    const place = await goodPlace((_request, response) => response.end('ok'))
    let isPermitted = true
    const { http } = client(() => isPermitted)
    await (await http(requestTo(place.port), { keepAlive: true })).read()
    isPermitted = false
    expect((await refusal(http(requestTo(place.port), { keepAlive: true }))).code).toBe('not-permitted')
    expect(place.asked).toHaveLength(1)
  })

  test.each([
    ['PUT', 2],
    ['POST', 1],
  ])('when the server closes a kept connection as %s comes, it is said %i times', async (method, times) => {
    let heads = 0
    const place = await tlsPlace(await authority.options('server'), socket => {
      let isFirst = true
      socket.on('data', () => {
        heads++
        if (isFirst) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
        else socket.destroy()
        isFirst = false
      })
    })
    ends.push(place.stop)
    const { http } = client()
    await (await http(requestTo(place.port), { keepAlive: true })).read()
    const again = http(requestTo(place.port, { method, body: Buffer.from('x') }), { keepAlive: true })
    if (method === 'PUT') expect((await again).status).toBe(200)
    else expect((await refusal(again)).code).toBe('connection-lost')
    expect(heads).toBe(1 + times)
  })
})

describe('answers', () => {
  test('a compressed body is decompressed, asked for or not', async () => {
    const place = await goodPlace((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('hello'))
    })
    const { http } = client()
    const answer = await http(requestTo(place.port), { compressed: true })
    expect(Buffer.from(await answer.read()).toString()).toBe('hello')
    expect(place.asked[0]?.headers).toContain('gzip')
    expect(Buffer.from(await (await http(requestTo(place.port))).read()).toString()).toBe('hello')
  })

  test('a gzip bomb is refused where it passes the limit, and a limit on the wire holds before', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000))
    const place = await goodPlace((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb)
    })
    const { http } = client()
    const options = { maxBytes: bomb.length, maxDecodedBytes: 1_000_000 }
    let got = 0
    const reading = async () => {
      for await (const piece of (await http(requestTo(place.port), options)).body) got += piece.length
    }
    expect(await refusal(reading())).toMatchObject({ code: 'too-large', params: { limitBytes: 1_000_000 } })
    expect(got).toBeLessThanOrEqual(1_000_000)
    const small = http(requestTo(place.port), { maxBytes: 1_000, maxDecodedBytes: 500_000_000 })
    expect(await refusal((await small).read())).toMatchObject({
      code: 'too-large',
      params: { limitBytes: 1_000 },
    })
  })

  test.each([
    [
      'gzip that is none',
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello',
      'protocol-violation',
    ],
    [
      'an unknown coding',
      'HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nhello',
      'protocol-violation',
    ],
    ['no HTTP', 'hello\r\n\r\n', 'connection-lost'],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
      'connection-lost',
    ],
    ['a header without end', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(50_000)}`, 'connection-lost'],
    [
      'another protocol',
      'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
      'connection-lost',
    ],
  ])('%s is a failure', async (_what, bytes, code) => {
    const place = await rawPlace(() => bytes)
    const { http } = client()
    expect((await refusal(http(requestTo(place.port)).then(answer => answer.read()))).code).toBe(code)
  })

  test('a body that is cut is a failure and never a shorter body', async () => {
    const place = await tlsPlace(await authority.options('server'), socket => {
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello'))
    })
    ends.push(place.stop)
    const { http } = client()
    const answer = await http(requestTo(place.port))
    expect((await refusal(answer.read())).code).toBe('connection-lost')
  })

  test('an endless body ends at its limit and its connection is closed', async () => {
    const closed: Promise<void>[] = []
    const place = await tlsPlace(await authority.options('server'), socket => {
      closed.push(new Promise(resolve => socket.once('close', () => resolve())))
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        const more = () => {
          while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
        }
        socket.on('drain', more)
        more()
      })
    })
    ends.push(place.stop)
    const { http } = client()
    const answer = await http(requestTo(place.port), { keepAlive: true })
    expect((await refusal(answer.read())).code).toBe('too-large')
    await Promise.all(closed)
  })

  test('a redirect is an answer and is not followed; several lines of a header are joined; cookies are not kept', async () => {
    const place = await goodPlace((_request, response) => {
      response.setHeader('DAV', ['1, 2', 'calendar-access'])
      response.writeHead(301, { Location: 'https://evil.example/', 'Set-Cookie': 'a=b' }).end()
    })
    const { http, asked } = client()
    const answer = await http(requestTo(place.port))
    expect([answer.status, answer.headers.get('dav')]).toEqual([301, '1, 2, calendar-access'])
    answer.discard()
    await (await http(requestTo(place.port))).read()
    expect(place.asked[1]?.headers.join()).not.toMatch(/cookie/i)
    expect(asked.every(({ host }) => host === 'localhost')).toBe(true)
  })
})

describe('what never comes', () => {
  test.each([
    ['no answer', ''],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-'],
    ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal'],
  ])('%s: given up after the idle time and after the whole', async (_what, bytes) => {
    const place = await rawPlace(() => bytes)
    const { http } = client()
    const read = (options: Partial<HttpOptions>) =>
      refusal(http(requestTo(place.port), options).then(answer => answer.read()))
    expect(await read({ idleTimeoutMs: 100 })).toMatchObject({
      code: 'connection-timeout',
      params: { timeoutMs: 100 },
    })
    expect((await read({ timeoutMs: 150 })).code).toBe('connection-timeout')
  })

  test('a cancelled request ends at once, before and while its body comes', async () => {
    const place = await rawPlace(() => 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal')
    const { http } = client()
    const stop = new AbortController()
    const answer = await http(requestTo(place.port), { signal: stop.signal })
    const reading = refusal(answer.read())
    stop.abort()
    expect((await reading).code).toBe('cancelled')
    expect((await refusal(http(requestTo(place.port), { signal: stop.signal }))).code).toBe('cancelled')
  })
})

describe('signing in', () => {
  const login = { userName: 'alice', password: 'Pässwort' }
  const basic = `Basic ${Buffer.from('alice:Pässwort').toString('base64')}`

  test('Basic is said when it is asked for, and from then on at once', async () => {
    const place = await goodPlace((request, response) => {
      if (request.headers.authorization === basic) return void response.end('in')
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end()
    })
    const { http } = client()
    for (let times = 0; times < 2; times++)
      expect((await http(requestTo(place.port), { login })).status).toBe(200)
    expect(place.asked.map(({ headers }) => headers.includes(basic))).toEqual([false, true, true])
    const wrong = await http(requestTo(place.port), { login: { ...login, password: 'no' } })
    expect(wrong.status).toBe(401)
    expect(place.asked).toHaveLength(5)
  })

  test('Digest goes before Basic, counts its nonce, and takes a new one when the server wants it', async () => {
    const nonces = ['one', 'two']
    const counts: string[] = []
    const place = await goodPlace((request, response) => {
      const said = request.headers.authorization ?? ''
      const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(said)?.[1] ?? ''
      const md5 = (text: string) => createHash('sha256').update(text).digest('hex')
      const expected = md5(
        [md5('alice:r:Pässwort'), field('nonce'), field('nc'), field('cnonce'), 'auth', md5('GET:/')].join(
          ':',
        ),
      )
      if (said !== '' && field('response') === expected && field('nonce') === nonces[0]) {
        counts.push(`${field('nonce')} ${field('nc')}`)
        return void response.end('in')
      }
      response.setHeader('WWW-Authenticate', [
        'Basic realm="r"',
        `Digest realm="r", qop="auth", algorithm=SHA-256, nonce="${nonces[0]}"`,
      ])
      response.writeHead(401).end()
    })
    const { http } = client()
    const ask = async (password = login.password) => {
      const answer = await http(requestTo(place.port), { keepAlive: true, login: { ...login, password } })
      await answer.read()
      return answer.status
    }
    expect([await ask(), await ask()]).toEqual([200, 200])
    nonces.shift()
    expect(await ask()).toBe(200)
    expect(counts).toEqual(['one 00000001', 'one 00000002', 'two 00000001'])
    const before = place.asked.length
    expect(await ask('no')).toBe(401)
    expect(place.asked.length - before).toBe(2)
    expect(place.asked.some(({ headers }) => headers.join().includes('Basic'))).toBe(false)
  })

  test('a server that always wants a new nonce is not asked for ever', async () => {
    let nonce = 0
    const place = await goodPlace((_request, response) => {
      response
        .writeHead(401, { 'WWW-Authenticate': `Digest realm=r, qop=auth, stale=true, nonce=${nonce++}` })
        .end()
    })
    const { http } = client()
    expect((await http(requestTo(place.port), { login })).status).toBe(401)
    expect(place.asked).toHaveLength(3)
  })

  test.each([['Negotiate'], ['Bearer realm="x"'], ['Digest realm=r, nonce=n, algorithm=MD4'], ['']])(
    'a server that offers nothing known (%s) is told so, and gets no password',
    async header => {
      const place = await goodPlace((_request, response) => {
        response.writeHead(401, header === '' ? {} : { 'WWW-Authenticate': header }).end()
      })
      const { http } = client()
      expect((await refusal(http(requestTo(place.port), { login }))).code).toBe('login-unsupported')
      expect(place.asked).toHaveLength(1)
    },
  )

  test('where nobody asks, nothing is said, unless it is to be said unasked', async () => {
    const place = await goodPlace((_request, response) => response.end('public'))
    const { http } = client()
    await http(requestTo(place.port), { login })
    await http(requestTo(place.port), { login: { ...login, unasked: true } })
    expect(place.asked.map(({ headers }) => headers.includes(basic))).toEqual([false, true])
  })
})
