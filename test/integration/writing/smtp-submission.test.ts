import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testConnection } from '../../../electron/engine/features/accounts/app/test-connection'
import { imapProbe } from '../../../electron/engine/features/accounts/discovery/imap-probe'
import { smtpProbe } from '../../../electron/engine/features/writing/smtp/smtp-probe'
import { createSubmission } from '../../../electron/engine/features/writing/smtp/submission'
import type { AccountConfig } from '../../../shared/features/accounts/model'
import type { AccountId } from '../../../shared/kit/ids'
import { startFaultProxy } from '../../rig/fault-proxy'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { mailOf } from '../../support/with-mail'
import { realClock, recordingLog, testGate } from '../../wire/gate/gate-places'
import { newMailOf } from './smtp-mailbox'

const id = 'abcdefabcdefabcdefabcdefabcdefab' as AccountId
let servers: MailServers

beforeAll(async () => {
  servers = await startMailServers({ messageSizeLimit: '40M' })
})
afterAll(() => servers.stop())

function config(security: 'tls' | 'starttls', smtpPort?: number): AccountConfig {
  return {
    address: 'alice@rig.test',
    displayName: '',
    services: {
      mail: {
        userName: 'alice@rig.test',
        imap: {
          host: 'localhost',
          port: security === 'tls' ? servers.imapsPort : servers.imapPort,
          security,
        },
        smtp: {
          host: 'localhost',
          port: smtpPort ?? (security === 'tls' ? servers.smtpsPort : servers.smtpPort),
          security,
        },
        caPem: readFileSync(servers.caFile, 'utf8'),
      },
    },
  }
}

let count = 0
function message(to: readonly string[], body = 'hello') {
  const name = `message-${++count}`
  const raw = Buffer.from(
    `From: alice@rig.test\r\nTo: ${to.join(', ')}\r\nSubject: ${name}\r\nMessage-ID: <${name}@rig.test>\r\n\r\n${body}\r\n`,
  )
  return { name, raw, envelope: { from: 'alice@rig.test', to } }
}

function sender(password = 'alice-pw') {
  const { gate } = testGate()
  const submission = createSubmission({ gate, log: recordingLog(), clock: realClock })
  return (mail: ReturnType<typeof message>, settings: AccountConfig) =>
    submission.send({ id, mail: mailOf(settings), password }, mail)
}

describe('sending through a real submission server', () => {
  test.each(['tls', 'starttls'] as const)(
    'a message arrives once over %s, body byte for byte',
    async security => {
      const mail = message(['bob@rig.test'], '.dot\r\n..dots\r\nlast line é')
      expect((await sender()(mail, config(security))).state).toBe('sent')
      const [arrived, ...more] = await newMailOf(servers, 'bob@rig.test', mail.name)
      expect(more).toEqual([])
      const text = arrived?.toString().replaceAll('\r\n', '\n') ?? ''
      expect(text.endsWith('\n\n.dot\n..dots\nlast line é\n')).toBe(true)
      expect(text).toMatch(/from \[127\.0\.0\.1\]|helo=\[127\.0\.0\.1\]/)
    },
  )

  test('a message of 30 megabytes arrives whole', async () => {
    const mail = message(['bob@rig.test'], `${'x'.repeat(900)}\r\n`.repeat(34_000))
    expect((await sender()(mail, config('tls'))).state).toBe('sent')
    const [arrived] = await newMailOf(servers, 'bob@rig.test', mail.name)
    expect(arrived?.length).toBeGreaterThan(30_000_000)
  })

  test('one recipient the server does not know stops the message for everyone', async () => {
    const mail = message(['bob@rig.test', 'reject@rig.test'])
    expect(await sender()(mail, config('tls'))).toMatchObject({
      state: 'failed',
      permanent: true,
      code: 'recipient-refused',
      detail: expect.stringContaining('<reject@rig.test>: 550'),
    })
    expect(await newMailOf(servers, 'bob@rig.test', mail.name, { wait: false })).toEqual([])
  })

  test('a recipient put off for now may be tried later', async () => {
    expect(await sender()(message(['defer@rig.test']), config('tls'))).toMatchObject({
      permanent: false,
      code: 'recipient-refused',
    })
  })

  test('a sender that is not the account, a wrong password and an oversized message are named', async () => {
    const foreign = { ...message(['bob@rig.test']), envelope: { from: 'bob@rig.test', to: ['bob@rig.test'] } }
    expect(await sender()(foreign, config('tls'))).toMatchObject({ permanent: true, code: 'sender-refused' })
    expect(await sender('wrong')(message(['bob@rig.test']), config('tls'))).toMatchObject({
      permanent: true,
      code: 'login-refused',
    })
    const huge = message(['bob@rig.test'], `${'x'.repeat(900)}\r\n`.repeat(50_000))
    expect(await sender()(huge, config('tls'))).toMatchObject({ permanent: true, code: 'message-too-large' })
  })

  test('cut in the middle of a large message: failed, nothing arrived, and the next try arrives once', async () => {
    const proxy = await startFaultProxy(servers.smtpsPort)
    try {
      const mail = message(['bob@rig.test'], `${'x'.repeat(900)}\r\n`.repeat(34_000))
      for (const cutAfterBytes of [3000, 50_000, 2_000_000, 8_000_000]) {
        proxy.set({ direction: 'up', resetAfterBytes: cutAfterBytes, once: true })
        expect(await sender()(mail, config('tls', proxy.port))).toMatchObject({
          state: 'failed',
          permanent: false,
        })
      }
      proxy.heal()
      expect((await sender()(mail, config('tls', proxy.port))).state).toBe('sent')
      expect(await newMailOf(servers, 'bob@rig.test', mail.name)).toHaveLength(1)
    } finally {
      await proxy.stop()
    }
  })
})

describe('testing real servers', () => {
  const test2 = (settings: AccountConfig, password: string | null) => {
    const { gate } = testGate()
    const policy = { permitDuring: <T>(_requests: unknown, work: () => Promise<T>) => work() }
    return testConnection(
      { gate, policy, probes: { imap: imapProbe, smtp: smtpProbe } },
      { mail: mailOf(settings), password },
    )
  }

  test.each(['tls', 'starttls'] as const)('every step passes over %s', async security => {
    const report = await test2(config(security), 'alice-pw')
    expect(report.imap.steps.filter(step => step.outcome !== 'ok')).toEqual([])
    expect(report.smtp.steps.filter(step => step.outcome !== 'ok')).toEqual([])
    expect(report.imap.capabilities).toContain('QRESYNC')
  })

  test('a wrong password fails at the login of both', async () => {
    const report = await test2(config('tls'), 'wrong')
    const login = (server: typeof report.imap) => server.steps.find(step => step.step === 'login')?.code
    expect([login(report.imap), login(report.smtp)]).toEqual(['login-refused', 'login-refused'])
  })
})
