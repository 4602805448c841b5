import type { TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isKnownCounter } from '../../../electron/engine/formats/mime/sanitize/pictures/known-counters'
import { createEgressPolicy } from '../../../electron/engine/net/egress-policy'
import { createGate, type PublicPlaces } from '../../../electron/engine/net/gate'
import { isPublicAddress, isPublicHost } from '../../../electron/engine/net/public-address'
import type { WayOf } from '../../../electron/engine/net/routes'
import { createRemoteImages, type RemoteLimits } from '../../../electron/engine/remote/remote-images'
import { accountId, messageId } from '../../../shared/kit/ids'
import { images, png } from '../../unit/electron/engine/remote/images'
import {
  type Place,
  realClock,
  recordingLog,
  refusal,
  testAuthority,
  testGate,
  tlsPlace,
} from '../gate/gate-places'

const account = accountId.parse('0b9f7a546a0e4f7e9a3d2f1c5f0a7c11')
const message = { messageId: messageId.parse(7), accountId: account }

let authority: Awaited<ReturnType<typeof testAuthority>>
const places: Place[] = []
beforeAll(async () => {
  authority = await testAuthority()
})
afterAll(() => authority.remove())
afterEach(async () => {
  await Promise.all(places.splice(0).map(place => place.stop()))
})

const answer = (bytes: Uint8Array, more = '') =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n${more}\r\n`, 'latin1'),
    bytes,
  ])
const to = (location: string) =>
  Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nSet-Cookie: id=1\r\nContent-Length: 0\r\n\r\n`)

/** An HTTPS server that answers by path and keeps every byte it was sent. */
async function imageServer(answers: Record<string, Uint8Array | ((socket: TLSSocket) => void)>) {
  const asked: string[] = []
  const place = await tlsPlace(await authority.options('server'), socket => {
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (!text.includes('\r\n\r\n')) return
      asked.push(text)
      const found = answers[text.split(' ')[1] ?? '']
      if (typeof found === 'function') found(socket)
      else socket.end(found ?? 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
    })
  })
  places.push(place)
  const { params } = await refusal(
    testGate().gate.dialTls(
      { accountId: null, purpose: 'imap', host: 'localhost', port: place.port },
      { serverName: 'localhost', caPem: null },
      { timeoutMs: 20_000 },
    ),
  )
  return { ...place, asked, fingerprint: String(params.fingerprint256) }
}
type Server = Awaited<ReturnType<typeof imageServer>>

/** The exception for servers of this machine: only `localhost`, everything else by the real rules. */
const onlyLocalhost: PublicPlaces = {
  isPublicHost: host => host === 'localhost' || isPublicHost(host),
  isPublicAddress: address => address === '127.0.0.1' || address === '::1' || isPublicAddress(address),
}

function loader(
  servers: readonly Server[],
  options: {
    places?: PublicPlaces
    gatePlaces?: PublicPlaces
    limits?: Partial<RemoteLimits>
    wayOf?: WayOf
  } = {},
) {
  const policy = createEgressPolicy({ accounts: () => [] })
  const gate = createGate({
    policy,
    pins: {
      isPinned: (_, port, fingerprint) =>
        servers.some(server => server.port === port && server.fingerprint === fingerprint),
      hasPin: (_, port) => servers.some(server => server.port === port),
    },
    clock: realClock,
    log: recordingLog(),
    publicPlaces: options.gatePlaces ?? options.places ?? onlyLocalhost,
    ...(options.wayOf ? { wayOf: options.wayOf } : {}),
  })
  const remote = createRemoteImages({
    gate,
    permitDuring: policy.permitDuring,
    rules: {
      isPublicHost: (options.places ?? onlyLocalhost).isPublicHost,
      isCounter: isKnownCounter,
      isPort: port => port === 443 || servers.some(server => server.port === port),
    },
    ...(options.limits ? { limits: options.limits } : {}),
  })
  return { remote, gate, policy }
}

const at = (server: Server, path: string, scheme = 'https') => `${scheme}://localhost:${server.port}${path}`

describe('images are fetched when the user agrees', () => {
  test('a request says host, path and the kinds that are shown, and nothing else', async () => {
    const server = await imageServer({
      '/a.png?u=1': answer(
        png(300, 200),
        'Set-Cookie: id=1; Path=/\r\nETag: "x"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n',
      ),
    })
    const { remote, gate } = loader([server])
    for (let times = 0; times < 2; times++) {
      remote.forget(null)
      expect(await remote.load(message, [at(server, '/a.png?u=1#x', 'http')])).toEqual({
        loaded: 1,
        failed: 0,
      })
    }
    const expected = `GET /a.png?u=1 HTTP/1.1\r\nHost: localhost:${server.port}\r\nAccept: image/avif,image/webp,image/png,image/jpeg,image/gif\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n`
    // The second is the same: no cookie, no If-None-Match, no If-Modified-Since.
    expect(server.asked).toEqual([expected, expected])
    await expect.poll(() => gate.connections().at(-1)?.state).toBe('closed')
    expect(gate.connections().at(-1)).toMatchObject({
      accountId: account,
      purpose: 'remote-content',
      host: 'localhost',
      state: 'closed',
    })
    expect(remote.image(message.messageId, 0)?.bytes).toEqual(Buffer.from(png(300, 200)))
  })

  test('every kind that is shown arrives; SVG, HTML, errors, wrong types and absurd sizes do not', async () => {
    const good = Object.entries(images).map(([type, bytes]) => [`/${type}`, answer(bytes)] as const)
    const bad = {
      '/svg': answer(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'Content-Type: image/png\r\n'),
      '/html': answer(Buffer.from('<html>'), 'Content-Type: image/png\r\n'),
      '/bomb': answer(png(60_000, 60_000)),
      '/empty': answer(Buffer.alloc(0)),
      '/error': Buffer.from(`HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno`),
      '/junk': Buffer.from('SSH-2.0-OpenSSH\r\n'),
    }
    const server = await imageServer({ ...Object.fromEntries(good), ...bad })
    const { remote } = loader([server])
    const sources = [...good.map(([path]) => path), ...Object.keys(bad)].map(path => at(server, path))
    expect(await remote.load(message, sources)).toEqual({ loaded: 5, failed: 6 })
    expect(sources.map(source => remote.indexOf(message.messageId, source) !== null)).toEqual(
      sources.map((_, index) => index < 5),
    )
  })

  test('nothing is permitted before, besides, or after', async () => {
    const server = await imageServer({ '/a': answer(png(3, 3)) })
    const { remote, policy } = loader([server])
    const request = {
      accountId: account,
      purpose: 'remote-content',
      host: 'localhost',
      port: server.port,
    } as const
    expect(policy.permits(request)).toBe(false)
    await remote.load(message, [at(server, '/a')])
    expect(policy.permits(request)).toBe(false)
  })

  test('another opening forgets the images of the first, and so does closing it', async () => {
    const server = await imageServer({ '/a': answer(png(3, 3)) })
    const { remote } = loader([server])
    const source = at(server, '/a')
    await remote.load(message, [source])
    remote.opened(message.messageId)
    expect(remote.indexOf(message.messageId, source)).toBe(0)
    expect(remote.image(messageId.parse(8), 0)).toBeNull()
    remote.opened(messageId.parse(8))
    expect(remote.image(message.messageId, 0)).toBeNull()
    await remote.load(message, [source])
    remote.forget(null)
    expect(remote.indexOf(message.messageId, source)).toBeNull()
  })

  test('what is on its way when the message is closed is given up', async () => {
    const server = await imageServer({ '/slow': () => undefined })
    const { remote } = loader([server])
    const loading = remote.load(message, [at(server, '/slow')])
    await expect.poll(() => server.asked.length).toBe(1)
    remote.forget(null)
    expect(await loading).toEqual({ loaded: 0, failed: 1 })
    expect(remote.image(message.messageId, 0)).toBeNull()
  })
})

describe('redirects', () => {
  test('three are followed, each asked of the policy alone, and a cookie set on the way is not brought along', async () => {
    const second = await imageServer({ '/c': to('/d'), '/d': answer(png(3, 3)) })
    const first = await imageServer({ '/a': to('/b'), '/b': to(at(second, '/c')) })
    const { remote } = loader([first, second])
    expect(await remote.load(message, [at(first, '/a')])).toEqual({ loaded: 1, failed: 0 })
    expect([...first.asked, ...second.asked].join('')).not.toMatch(/cookie|referer|user-agent/i)
    expect(second.asked).toHaveLength(2)
  })

  test('a place in clear is taken for its protected one, at every hop, as the picture itself is', async () => {
    const second = await imageServer({ '/c': to('/d'), '/d': answer(png(3, 3)) })
    const first = await imageServer({ '/a': to('/b'), '/b': to(at(second, '/c', 'http')) })
    const { remote } = loader([first, second])
    expect(await remote.load(message, [at(first, '/a', 'http')])).toEqual({ loaded: 1, failed: 0 })
    expect(second.asked).toHaveLength(2)
  })

  test('a fourth is not', async () => {
    const server = await imageServer({ '/a': to('/a') })
    const { remote } = loader([server])
    expect(await remote.load(message, [at(server, '/a')])).toEqual({ loaded: 0, failed: 1 })
    expect(server.asked).toHaveLength(4)
  })

  test.each([
    'https://127.0.0.1:PORT/x',
    'https://[::1]:PORT/x',
    'https://[::ffff:127.0.0.1]:PORT/x',
    'https://10.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://192.168.0.1/x',
    'https://router/x',
    'https://nas.local/x',
    'http://localhost:22/x',
    'http://10.0.0.1/x',
    'https://user:pw@localhost:PORT/x',
    'https://localhost:22/x',
    'https://u1.ct.sendgrid.net/wf/open?upn=x',
    'ftp://localhost/x',
    '//0x7f.1:PORT/x',
  ])('to %s nobody goes', async location => {
    const target = await imageServer({ '/x': answer(png(3, 3)) })
    const server = await imageServer({ '/a': to(location.replace('PORT', String(target.port))) })
    const { remote, gate } = loader([server, target])
    expect(await remote.load(message, [at(server, '/a')])).toEqual({ loaded: 0, failed: 1 })
    expect(target.asked).toEqual([])
    expect(gate.connections()).toHaveLength(1)
  })
})

describe('the network around this machine', () => {
  const byName = { ...onlyLocalhost, isPublicAddress }

  test('a name that leads there is not dialled on the direct way, whatever it is called', async () => {
    const server = await imageServer({ '/a': answer(png(3, 3)) })
    const { remote, gate } = loader([server], { places: byName })
    expect(await remote.load(message, [at(server, '/a')])).toEqual({ loaded: 0, failed: 1 })
    expect(server.asked).toEqual([])
    expect(gate.connections().at(-1)?.problem).toContain('not-permitted')
  })

  test('the gate refuses an address by its form on every way, and asks no proxy', async () => {
    let proxies = 0
    const wayOf: WayOf = () => ({
      kind: 'socks5',
      onion: null,
      proxy: async () => {
        proxies++
        throw new Error('asked')
      },
    })
    const { gate, policy } = loader([], { wayOf, gatePlaces: { isPublicHost, isPublicAddress } })
    for (const host of ['127.0.0.1', '::1', '::ffff:10.0.0.1', '192.168.1.1', 'localhost', 'nas.local']) {
      const request = { accountId: account, purpose: 'remote-content', host, port: 443 } as const
      const { code } = await refusal(
        policy.permitDuring([request], () =>
          gate.httpsGet({ ...request, path: '/' }, { timeoutMs: 20_000, maxBytes: 10, accept: '*/*' }),
        ),
      )
      expect(code).toBe('not-permitted')
    }
    expect(proxies).toBe(0)
    expect(gate.connections().every(({ state }) => state === 'refused')).toBe(true)
  })
})

describe('bounds', () => {
  test('an image over its share is dropped while it arrives, and the message has a share of its own', async () => {
    const server = await imageServer({
      '/big': answer(png(3, 3, 5000)),
      '/a': answer(png(3, 3, 900)),
      '/b': answer(png(4, 4, 900)),
    })
    const { remote } = loader([server], { limits: { imageBytes: 2000, messageBytes: 1500, atOnce: 1 } })
    expect(
      await remote.load(
        message,
        ['/big', '/a', '/b'].map(path => at(server, path)),
      ),
    ).toEqual({
      loaded: 1,
      failed: 2,
    })
    expect(remote.indexOf(message.messageId, at(server, '/a'))).toBe(1)
  })

  test('more images than a message may have are not asked for', async () => {
    const server = await imageServer({})
    const { remote } = loader([server], { limits: { images: 2 } })
    await remote.load(
      message,
      ['/1', '/2', '/3', '/4'].map(path => at(server, path)),
    )
    expect(server.asked).toHaveLength(2)
  })

  test('the same image is asked for once', async () => {
    const server = await imageServer({ '/a': answer(png(3, 3)) })
    const { remote } = loader([server])
    expect(await remote.load(message, [at(server, '/a'), at(server, '/a')])).toEqual({ loaded: 1, failed: 0 })
    expect(server.asked).toHaveLength(1)
  })

  test('a server that drips keeps nobody waiting, nor do many of them', async () => {
    const drip = (socket: TLSSocket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
      const timer = setInterval(() => socket.write('x'), 50)
      socket.on('close', () => clearInterval(timer))
    }
    const paths = ['/1', '/2', '/3', '/4', '/5', '/6']
    const server = await imageServer(Object.fromEntries(paths.map(path => [path, drip])))
    const { remote } = loader([server], { limits: { imageMs: 300, messageMs: 500, atOnce: 2 } })
    const startedMs = performance.now()
    expect(
      await remote.load(
        message,
        paths.map(path => at(server, path)),
      ),
    ).toEqual({ loaded: 0, failed: 6 })
    expect(performance.now() - startedMs).toBeLessThan(15_000)
  })
})
