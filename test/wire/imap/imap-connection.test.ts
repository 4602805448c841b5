import { afterEach, describe, expect, test } from 'vitest'
import { SyncProfile, testMessage } from '../../support/sync-profile'
import { until } from '../../support/until'
import {
  poorCapabilities,
  richCapabilities,
  type ScriptedImapOptions,
  type ScriptedImapServer,
  startScriptedImapServer,
} from '../support/scripted-imap-server'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

async function start(options: ScriptedImapOptions = {}, security: 'tls' | 'starttls' = 'tls') {
  const server = await startScriptedImapServer(options)
  const profile = new SyncProfile({ port: server.port, ca: server.ca, security })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  return { server, profile }
}

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'no error'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

/** Anything that could carry the password, and where it went. */
const secretsInClear = (server: ScriptedImapServer) =>
  server.transcript.filter(entry => !entry.secure && /LOGIN|AUTHENTICATE/.test(entry.name))

describe('connecting to an IMAP server', () => {
  test('the client says nothing about itself: ID NIL, before and after login', async () => {
    const { server, profile } = await start()
    const session = await profile.connect()
    await session.logout()
    expect(server.sent('ID').length).toBeGreaterThan(0)
    expect(new Set(server.sent('ID'))).toEqual(new Set(['ID NIL']))
    expect(server.transcript.map(entry => entry.line).join('\n')).not.toMatch(/imapflow|siegel|node/i)
  })

  test('STARTTLS: nothing but STARTTLS is said in clear', async () => {
    const { server, profile } = await start({ security: 'starttls' }, 'starttls')
    const session = await profile.connect()
    expect((await session.list()).map(each => each.path)).toContain('INBOX')
    await session.logout()
    const inClear = server.transcript.filter(entry => !entry.secure).map(entry => entry.name)
    expect(inClear.filter(name => name !== 'CAPABILITY')).toEqual(['STARTTLS'])
  })

  test('a stripped STARTTLS is refused, and no password is sent', async () => {
    const { server, profile } = await start({ security: 'plain', allowLoginWithoutTls: true }, 'starttls')
    expect(await codeOf(profile.connect())).toBe('starttls-missing')
    expect(secretsInClear(server)).toEqual([])
  })

  test('a server that offers a login before TLS gets none', async () => {
    const { server, profile } = await start({ security: 'starttls', allowLoginWithoutTls: true }, 'starttls')
    await (await profile.connect()).logout()
    expect(secretsInClear(server)).toEqual([])
  })

  test('a refused STARTTLS is refused by us', async () => {
    const { server, profile } = await start({ security: 'starttls', allowLoginWithoutTls: true }, 'starttls')
    server.override('STARTTLS', () => 'NO not today')
    expect(await codeOf(profile.connect())).toBe('starttls-missing')
    expect(secretsInClear(server)).toEqual([])
  })

  test('answers slipped in after STARTTLS are not believed', async () => {
    const { server, profile } = await start(
      { security: 'starttls', injectAfterStartTls: '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n* OK hello\r\n' },
      'starttls',
    )
    expect(await codeOf(profile.connect())).toBe('starttls-injection')
    expect(secretsInClear(server)).toEqual([])
  })

  test.each([
    ['tls', 'tls'],
    ['starttls', 'starttls'],
  ] as const)('PREAUTH is refused over %s', async (security, asked) => {
    const { server, profile } = await start({ security, greeting: '* PREAUTH you are bob' }, asked)
    expect(await codeOf(profile.connect())).toBe('preauth-refused')
    expect(server.sent('LIST')).toEqual([])
  })

  test('a wrong certificate is refused before anything is said', async () => {
    const { server, profile } = await start({ certificate: 'selfsigned' })
    expect(await codeOf(profile.connect())).toBe('certificate-refused')
    expect(server.transcript).toEqual([])
  })

  test('a wrong password is a refused login with the words of the server', async () => {
    const { profile } = await start({ password: 'other' })
    const problem = await profile.connect().catch(error => error)
    expect(problem).toMatchObject({ code: 'login-refused', retryable: false })
    expect(problem.params.detail).not.toBe('')
    expect(JSON.stringify(problem.params)).not.toContain('alice-pw')
  })

  test('a busy server is not a wrong password', async () => {
    const { server, profile } = await start()
    server.override('AUTHENTICATE', ({ session }) => {
      session.send('+ \r\n')
      return 'NO [UNAVAILABLE] backend down'
    })
    expect(await codeOf(profile.connect())).toBe('server-unavailable')
  })

  test('LOGIN is used, over TLS, where there is no AUTHENTICATE', async () => {
    const { server, profile } = await start({ mechanisms: [], capabilities: poorCapabilities })
    await (await profile.connect()).logout()
    expect(server.sent('LOGIN')).toHaveLength(1)
    expect(server.transcript.every(entry => entry.secure)).toBe(true)
  })

  test.each([
    ['BYE as greeting', '* BYE too many connections', 'server-unavailable'],
    ['a greeting that is no IMAP', 'HTTP/1.1 400 Bad Request', 'any'],
  ])('%s ends in a clear failure', async (_name, greeting, code) => {
    const { server, profile } = await start({ greeting })
    const controller = new AbortController()
    const connecting = codeOf(profile.connect(controller.signal))
    // What says nothing that can be understood is waited for until somebody gives up.
    await until(() => server.connectionCount() === 1, 'a connection')
    if (code === 'any') controller.abort()
    const seen = await connecting
    expect(seen).toMatch(code === 'any' ? /cancelled|protocol-violation|connection-/ : new RegExp(code))
    expect(server.sent('AUTHENTICATE')).toEqual([])
  })

  test('a million bytes without a line end, and a billion announced, end the connection', async () => {
    const { server, profile } = await start()
    const session = await profile.connect()
    server.overrideOnce('LIST', ({ session: wire }) => {
      for (let at = 0; at < 20; at++) wire.send(`* LIST ${'x'.repeat(1_000_000)}`)
    })
    expect(await codeOf(session.list())).toBe('protocol-violation')
    const again = await profile.connect()
    await again.open('INBOX', { readOnly: true })
    server.overrideOnce('UID FETCH', ({ session: wire }) =>
      wire.send('* 1 FETCH (UID 1 BODY[] {2000000000}\r\n'),
    )
    const rows = again.fetchRaw([1], { maxBytes: 1_000 })[Symbol.asyncIterator]()
    expect(await codeOf(rows.next())).toBe('protocol-violation')
  })

  test('a line of one million bytes that ends is read', async () => {
    const { server, profile } = await start()
    const session = await profile.connect()
    server.overrideOnce('LIST', async ({ session: wire, honest }) => {
      wire.send(`* OK ${'x'.repeat(1_000_000)}\r\n`)
      return honest()
    })
    expect((await session.list()).length).toBe(6)
    await session.logout()
  })

  test.each(['NO out of luck', 'BAD what', 'BYE'])(
    '%s at every command of a first pass: an error, nothing wrong is kept',
    async answer => {
      // First see how many commands an undisturbed pass has.
      const { server, profile } = await start({ capabilities: richCapabilities })
      for (let at = 1; at <= 3; at++) server.account.get('INBOX').add(testMessage(at))
      await profile.pass()
      const count = server.transcript.length
      expect(count).toBeGreaterThan(10)
      for (let nth = 1; nth <= count; nth++) {
        const { server: other, profile: here } = await start()
        for (let at = 1; at <= 3; at++) other.account.get('INBOX').add(testMessage(at))
        let seen = 0
        const end = other.override('*', ({ session, honest }) => {
          if (++seen !== nth) return honest()
          if (answer === 'BYE') {
            session.send('* BYE going down\r\n')
            session.connection.end()
            return undefined
          }
          return answer
        })
        await here.sync.runOnce(here.accountId, null)
        end()
        // Whatever went wrong: the next pass makes everything good, and nothing is there twice.
        await here.pass()
        expect(here.subjects('INBOX')).toEqual(['message 1', 'message 2', 'message 3'])
        expect(here.messages('INBOX').every(each => each.bodyState === 'whole')).toBe(true)
        for (const stop of ended.splice(-2).reverse()) await stop()
      }
    },
  )
})
