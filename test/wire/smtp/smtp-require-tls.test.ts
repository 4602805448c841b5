import { afterEach, expect, test } from 'vitest'
import { createSmtpOffers } from '../../../electron/engine/features/writing/smtp/smtp-offers'
import { createSubmission } from '../../../electron/engine/features/writing/smtp/submission'
import type { AccountId } from '../../../shared/kit/ids'
import { realClock, recordingLog, testGate } from '../gate/gate-places'
import {
  type ScriptedSmtpOptions,
  type ScriptedSmtpServer,
  startScriptedSmtpServer,
} from '../support/scripted-smtp-server'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const raw = Buffer.from('Subject: x\r\n\r\nsecret\r\n')
const servers: ScriptedSmtpServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

async function start(options: ScriptedSmtpOptions) {
  const server = await startScriptedSmtpServer(options)
  servers.push(server)
  const offers = createSmtpOffers()
  const timeouts = { connectMs: 3000, greetingMs: 1000, idleMs: 1000 }
  const submission = createSubmission({
    gate: testGate().gate,
    log: recordingLog(),
    clock: realClock,
    offers,
    timeouts,
  })
  const send = (requireTls: boolean) =>
    submission.send(
      {
        id: accountId,
        mail: {
          userName: server.user,
          imap: { host: 'localhost', port: 1, security: 'tls' },
          smtp: {
            host: 'localhost',
            port: server.port,
            security: options.security === 'starttls' ? 'starttls' : 'tls',
          },
          caPem: server.ca,
        },
        password: server.password,
      },
      { raw, envelope: { from: server.user, to: ['bob@rig.test'], ...(requireTls ? { requireTls } : {}) } },
    )
  return { server, send, offers }
}
const ordinary = ['PIPELINING', '8BITMIME']

test.each(['tls', 'starttls'] as const)(
  'the demand is said to a server that offers it, over %s',
  async security => {
    const { server, send, offers } = await start({ security, extensions: [...ordinary, 'REQUIRETLS'] })
    expect(offers.requireTls(accountId)).toBe('unknown')
    expect((await send(true)).state).toBe('sent')
    expect(server.received[0]?.parameters.split(' ')).toContain('REQUIRETLS')
    expect(server.received[0]?.raw.equals(raw)).toBe(true)
    expect(offers.requireTls(accountId)).toBe('offered')
  },
)

test('nothing is demanded that was not asked for', async () => {
  const { server, send } = await start({ extensions: [...ordinary, 'REQUIRETLS'] })
  expect((await send(false)).state).toBe('sent')
  expect(server.received[0]?.parameters).not.toContain('REQUIRETLS')
  expect(server.received[0]?.raw.toString()).not.toMatch(/tls-required/i)
})

test('a server that does not offer it gets neither the message nor its recipients nor the password', async () => {
  const { server, send, offers } = await start({ extensions: ordinary })
  expect(await send(true)).toMatchObject({ state: 'failed', permanent: true, code: 'require-tls-missing' })
  expect([
    ...server.sent('AUTH'),
    ...server.sent('MAIL'),
    ...server.sent('RCPT'),
    ...server.sent('DATA'),
  ]).toEqual([])
  expect(offers.requireTls(accountId)).toBe('missing')
  expect((await send(false)).state).toBe('sent')
})

test('an offer made in clear and not again behind TLS counts as none', async () => {
  const { server, send, offers } = await start({ security: 'starttls', extensions: ordinary })
  server.overrideOnce('EHLO', '250-rig.test\r\n250-REQUIRETLS\r\n250 STARTTLS')
  expect(await send(true)).toMatchObject({ state: 'failed', code: 'require-tls-missing' })
  expect(server.sent('MAIL')).toEqual([])
  expect(offers.requireTls(accountId)).toBe('missing')
})

test.each([
  ['MAIL', '550 5.7.30 REQUIRETLS support required'],
  ['RCPT', '550 5.7.30 REQUIRETLS support required'],
  ['MESSAGE', '554 5.7.30 REQUIRETLS support required'],
] as const)(
  'a server that finds no protected way says so to %s, and nothing is tried without',
  async (stage, reply) => {
    const { server, send } = await start({ extensions: ['8BITMIME', 'REQUIRETLS'] })
    server.override(stage, reply)
    expect(await send(true)).toEqual({
      state: 'failed',
      permanent: true,
      code: 'require-tls-refused',
      detail: reply,
      stage: stage.toLowerCase(),
    })
    expect(server.received).toEqual([])
    expect(server.sent('MAIL')).toHaveLength(1)
  },
)
