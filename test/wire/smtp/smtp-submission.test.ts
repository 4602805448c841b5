import { hostname, networkInterfaces } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { createSubmission } from '../../../electron/engine/features/writing/smtp/submission'
import type { SubmissionResult } from '../../../electron/engine/ports/mail/mail-backend'
import type { AccountId } from '../../../shared/kit/ids'
import { realClock, recordingLog, testGate } from '../gate/gate-places'
import {
  type ScriptedSmtpOptions,
  type ScriptedSmtpServer,
  type SmtpCut,
  startScriptedSmtpServer,
} from '../support/scripted-smtp-server'

const timeouts = { connectMs: 3000, greetingMs: 1000, idleMs: 1000 }
const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const servers: ScriptedSmtpServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

/** For 16 MB through a machine that is busy: what is tested is not how fast. */
const patient = { connectMs: 30_000, greetingMs: 30_000, idleMs: 30_000 }

async function start(options: ScriptedSmtpOptions = {}, times = timeouts) {
  const server = await startScriptedSmtpServer(options)
  servers.push(server)
  const { gate, asked, pin } = testGate()
  const log = recordingLog()
  const submission = createSubmission({ gate, log, clock: realClock, timeouts: times })
  const send = (
    change: {
      raw?: Uint8Array
      to?: readonly string[]
      from?: string
      password?: string
      signal?: AbortSignal
    } = {},
  ): Promise<SubmissionResult> =>
    submission.send(
      {
        id: accountId,
        mail: {
          userName: server.user,
          imap: { host: 'localhost', port: 1, security: 'tls' },
          smtp: {
            host: 'localhost',
            port: server.port,
            security: options.security === 'tls' || !options.security ? 'tls' : 'starttls',
          },
          caPem: server.ca,
        },
        password: change.password ?? server.password,
      },
      {
        raw: change.raw ?? raw,
        envelope: { from: change.from ?? server.user, to: change.to ?? ['bob@rig.test', 'carol@rig.test'] },
      },
      change.signal,
    )
  return { server, send, gate, asked, pin, log }
}

const raw = Buffer.from(`Subject: x\r\n\r\n.leading dot\r\n..two\r\n.\r\nlast${'y'.repeat(2000)}\r\n`)
/** Larger than every buffer between client and server, so that a server that stops reading is noticed. */
const large = Buffer.from(`Subject: x\r\n\r\n${`${'z'.repeat(998)}\r\n`.repeat(16_000)}`)

describe('a message that is sent', () => {
  test.each(['tls', 'starttls'] as const)(
    'arrives byte for byte over %s, logged in and once',
    async security => {
      const { server, send } = await start({ security })
      expect(await send()).toEqual({ state: 'sent', response: '250 2.0.0 accepted as 1' })
      expect(server.received).toMatchObject([
        { from: server.user, to: ['bob@rig.test', 'carol@rig.test'], secure: true, authenticated: true },
      ])
      expect(server.received[0]?.raw.equals(raw)).toBe(true)
      expect(server.clearBytesAfterStartTls()).toHaveLength(0)
    },
  )

  test('a message of many megabytes arrives whole', async () => {
    const { server, send } = await start({ extensions: ['8BITMIME'] }, patient)
    expect((await send({ raw: large })).state).toBe('sent')
    expect(server.received[0]?.raw.equals(large)).toBe(true)
  })

  test('no host name, local address or program name is said', async () => {
    const { server, send } = await start({ security: 'starttls' })
    await send()
    expect([...new Set(server.sent('EHLO'))]).toEqual(['EHLO [127.0.0.1]'])
    const said = server.transcript.map(entry => entry.line).join('\n')
    expect(said).not.toContain(hostname())
    const addresses = Object.values(networkInterfaces()).flatMap(list => list?.map(one => one.address) ?? [])
    for (const address of addresses.filter(one => one !== '127.0.0.1')) expect(said).not.toContain(address)
    expect(said).not.toMatch(/siegel|nodemailer|electron/i)
  })

  test('8-bit bytes and the size are announced where the server knows how', async () => {
    const { server, send } = await start()
    const bytes = Buffer.from('Subject: x\r\n\r\nZürich\r\n')
    await send({ raw: bytes })
    expect(server.received[0]?.parameters).toBe(`BODY=8BITMIME SIZE=${bytes.length}`)
    expect(server.received[0]?.raw.equals(bytes)).toBe(true)
  })

  test('LOGIN is used where PLAIN is not offered', async () => {
    const { server, send } = await start()
    server.override('EHLO', '250-rig.test\r\n250 AUTH=LOGIN')
    expect((await send()).state).toBe('sent')
    expect(server.sent('AUTH')).toEqual(['AUTH LOGIN'])
  })

  test('the connection is one of the account, for sending, and is closed afterwards', async () => {
    const { server, send, gate, asked } = await start()
    await send()
    expect(asked).toEqual([{ accountId, purpose: 'smtp', host: 'localhost', port: server.port }])
    await expect.poll(() => gate.connections()[0]?.state).toBe('closed')
    expect(server.sent('QUIT')).toHaveLength(1)
  })

  test('the password is in no log', async () => {
    const { send, log } = await start()
    await send()
    await send({ password: 'swordfish' })
    expect(log.lines.join()).not.toMatch(/alice-pw|swordfish/)
  })
})

describe('TLS before anything secret', () => {
  test('a server without STARTTLS (or one that was stripped of it) is told no password and no address', async () => {
    const { server, send } = await start({ security: 'plain', allowAuthWithoutTls: true })
    expect(await send()).toMatchObject({ state: 'failed', permanent: true, code: 'starttls-missing' })
    expect(server.transcript.map(entry => entry.line)).toEqual(['EHLO [127.0.0.1]'])
  })

  test('a refused STARTTLS ends it too', async () => {
    const { server, send } = await start({ security: 'starttls' })
    server.override('STARTTLS', '454 TLS not available')
    expect(await send()).toMatchObject({ state: 'failed', code: 'starttls-missing' })
    expect(server.sent('AUTH')).toEqual([])
  })

  test.each(['250-x\r\n250 AUTH PLAIN\r\n', '250 2.0.0 a\r\n', 'partial', '220 again\r\n'])(
    'clear bytes behind the STARTTLS answer (%j) end the connection before TLS',
    async injectAfterStartTls => {
      const { server, send } = await start({ security: 'starttls', injectAfterStartTls })
      expect(await send()).toMatchObject({ state: 'failed', permanent: true, code: 'starttls-injection' })
      expect(server.sent('AUTH')).toEqual([])
      expect(server.received).toEqual([])
    },
  )

  test.each(['tls', 'starttls'] as const)(
    'a bad certificate over %s is refused before the login',
    async security => {
      const { server, send } = await start({ security, certificate: 'expired' })
      expect(await send()).toMatchObject({
        state: 'failed',
        permanent: true,
        code: 'certificate-refused',
        detail: expect.stringContaining('expired'),
      })
      expect(server.sent('AUTH')).toEqual([])
    },
  )
})

describe('a message that is refused', () => {
  test('one refused recipient stops it for all: DATA is never said, and the answer names who', async () => {
    const { server, send } = await start()
    server.override('RCPT', ({ line }) => (line.includes('carol') ? '550 5.1.1 no carol here' : '250 ok'))
    expect(await send({ to: ['bob@rig.test', 'carol@rig.test', 'dora@rig.test'] })).toEqual({
      state: 'failed',
      permanent: true,
      code: 'recipient-refused',
      detail: '<carol@rig.test>: 550 5.1.1 no carol here',
      stage: 'rcpt',
    })
    expect(server.sent('DATA')).toEqual([])
    expect(server.received).toEqual([])
  })

  test('the same without PIPELINING, with every refused recipient named', async () => {
    const { server, send } = await start({ extensions: [] })
    server.override('RCPT', ({ line }) => (line.includes('bob') ? '250 ok' : '551 not here'))
    const result = await send({ to: ['bob@rig.test', 'carol@rig.test', 'dora@rig.test'] })
    expect(result).toMatchObject({
      code: 'recipient-refused',
      detail: '<carol@rig.test>: 551 not here\n<dora@rig.test>: 551 not here',
    })
    expect(server.sent('DATA')).toEqual([])
  })

  test('a recipient refused for now may be tried again', async () => {
    const { server, send } = await start()
    server.override('RCPT', '451 4.3.0 greylisted')
    expect(await send()).toMatchObject({ state: 'failed', permanent: false, code: 'recipient-refused' })
  })

  test.each([
    ['GREETING', '554 go away', true, 'server-refused'],
    ['GREETING', '421 too busy', false, 'server-unavailable'],
    ['AUTH', '535 5.7.8 wrong', true, 'login-refused'],
    ['AUTH', '454 4.7.0 later', false, 'server-unavailable'],
    ['MAIL', '550 5.7.1 not yours', true, 'sender-refused'],
    ['MAIL', '452 4.3.1 full', false, 'server-unavailable'],
    ['MAIL', '552 5.3.4 too big', true, 'message-too-large'],
    ['DATA', '554 no valid recipients', true, 'server-refused'],
    ['DATA', '250 what?', true, 'server-refused'],
    ['MESSAGE', '550 5.7.1 spam', true, 'server-refused'],
    ['MESSAGE', '451 4.7.1 later', false, 'server-unavailable'],
    ['MESSAGE', '552 5.3.4 too big', true, 'message-too-large'],
  ] as const)('%s answered "%s": permanent %s, %s', async (stage, answer, permanent, code) => {
    const { server, send } = await start()
    server.override(stage, answer)
    const result = await send()
    if (stage === 'DATA' && answer.startsWith('250')) expect(result).toMatchObject({ state: 'failed' })
    else expect(result).toMatchObject({ state: 'failed', permanent, code, detail: answer })
    expect(server.received).toEqual([])
  })

  test('a wrong password is a refused login', async () => {
    const { send } = await start()
    expect(await send({ password: 'wrong' })).toMatchObject({
      state: 'failed',
      permanent: true,
      code: 'login-refused',
    })
  })

  test('a message over the announced SIZE is not begun', async () => {
    const { server, send } = await start({ extensions: ['SIZE 1000'] })
    expect(await send()).toMatchObject({ state: 'failed', permanent: true, code: 'message-too-large' })
    expect(server.sent('MAIL')).toEqual([])
  })

  test('an international address goes only to a server that can carry it', async () => {
    const able = await start({ extensions: ['SMTPUTF8'] })
    expect((await able.send({ to: ['jürgen@rig.test'] })).state).toBe('sent')
    expect(able.server.received[0]?.parameters).toContain('SMTPUTF8')
    const unable = await start({ extensions: [] })
    expect(await unable.send({ to: ['jürgen@rig.test'] })).toMatchObject({
      state: 'failed',
      permanent: true,
      code: 'bad-address',
    })
    expect(unable.server.sent('MAIL')).toEqual([])
  })

  test('a server without a known login is said so', async () => {
    const { server, send } = await start()
    server.override('EHLO', '250-rig.test\r\n250 AUTH GSSAPI NTLM')
    expect(await send()).toMatchObject({ state: 'failed', permanent: true, code: 'login-unsupported' })
    expect(server.sent('AUTH')).toEqual([])
  })
})

describe('a connection that breaks', () => {
  test.each<[SmtpCut, SubmissionResult['state'], number]>([
    ['before-data', 'failed', 0],
    ['after-dot-refused', 'unknown', 0],
    ['after-dot-accepted', 'unknown', 1],
    ['after-250', 'sent', 1],
  ])('%s: %s', async (cut, state, received) => {
    const { server, send } = await start()
    server.cutNext(cut)
    const result = await send()
    expect(result.state).toBe(state)
    if (result.state === 'failed') expect(result.permanent).toBe(false)
    expect(server.received).toHaveLength(received)
    expect(server.connectionCount()).toBe(1)
  })

  test('in the middle of the message: failed and safe to try again', async () => {
    const { server, send } = await start({ extensions: [] })
    server.cutNext('in-data', 200_000)
    expect(await send({ raw: large })).toMatchObject({ state: 'failed', permanent: false })
    expect(server.received).toEqual([])
    expect((await send()).state).toBe('sent')
  })

  test('an answer in the middle of the message is its refusal, and the rest is not sent', async () => {
    const { server, send } = await start({ extensions: [] }, patient)
    server.override('DATA', async ({ connection }) => {
      connection.write('354 go\r\n')
      await connection.readBytes(100_000)
      connection.write('552 5.3.4 enough\r\n')
      await connection.readBytes(50_000_000)
    })
    expect(await send({ raw: large })).toMatchObject({
      state: 'failed',
      permanent: true,
      code: 'message-too-large',
    })
  })

  test('a 250 that comes before the end of the message is no acceptance', async () => {
    const { server, send } = await start({ extensions: [] })
    server.override('DATA', ({ connection }) => connection.write('354 go\r\n250 2.0.0 accepted\r\n'))
    expect((await send({ raw: large })).state).toBe('failed')
  })

  test('answers given ahead of the questions are no acceptance', async () => {
    const { server, send } = await start()
    server.override('MAIL', '250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 accepted')
    expect((await send()).state).toBe('failed')
    expect(server.received).toEqual([])
  })

  test('silence after the final dot is unknown, silence at the greeting is a time-out', async () => {
    const { server, send } = await start()
    server.overrideOnce('MESSAGE', () => undefined)
    expect((await send()).state).toBe('unknown')
    // Says nothing until the other side has gone.
    server.overrideOnce('GREETING', async ({ connection }) => void (await connection.readLine()))
    expect(await send()).toMatchObject({ state: 'failed', permanent: false, code: 'connection-timeout' })
  })

  test('giving up before DATA is a failure, after the final dot it is unknown', async () => {
    const { server, send } = await start()
    const early = new AbortController()
    server.overrideOnce('MAIL', () => early.abort())
    expect(await send({ signal: early.signal })).toMatchObject({
      state: 'failed',
      permanent: false,
      code: 'cancelled',
    })
    const late = new AbortController()
    server.overrideOnce('MESSAGE', () => late.abort())
    expect((await send({ signal: late.signal })).state).toBe('unknown')
  })

  test.each(['MAIL', 'RCPT', 'AUTH', 'EHLO'] as const)(
    'lost at %s: failed, safe to try again',
    async stage => {
      const { server, send } = await start()
      server.overrideOnce(stage, ({ connection }) => connection.reset())
      expect(await send()).toMatchObject({ state: 'failed', permanent: false, code: 'connection-lost' })
    },
  )

  test('a line without end and a reply without end are cut off', async () => {
    const { server, send } = await start()
    server.overrideOnce('GREETING', ({ connection }) => connection.write('220 '.padEnd(2_000_000, 'x')))
    expect((await send()).state).toBe('failed')
    server.overrideOnce('EHLO', ({ connection }) => connection.write('250-x\r\n'.repeat(200_000)))
    expect((await send()).state).toBe('failed')
  })
})
