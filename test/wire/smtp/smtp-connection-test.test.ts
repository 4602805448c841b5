import { afterEach, describe, expect, test } from 'vitest'
import { testConnection } from '../../../electron/engine/features/accounts/app/test-connection'
import { imapProbe } from '../../../electron/engine/features/accounts/discovery/imap-probe'
import { smtpProbe } from '../../../electron/engine/features/writing/smtp/smtp-probe'
import { createEgressPolicy } from '../../../electron/engine/net/egress-policy'
import { connectionTestReport, type ServerEndpoint } from '../../../shared/features/accounts/model'
import { testGate } from '../gate/gate-places'
import { type ScriptedImapServer, startScriptedImapServer } from '../support/scripted-imap-server'
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '../support/scripted-smtp-server'

const servers: (ScriptedImapServer | ScriptedSmtpServer)[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

type Options = {
  imap?: Parameters<typeof startScriptedImapServer>[0]
  smtp?: Parameters<typeof startScriptedSmtpServer>[0]
  password?: string | null
  host?: string
  caPem?: string | null
  /** What the account says, where it is not what the servers speak. */
  says?: 'tls' | 'starttls'
  timeoutMs?: number
  prepare?: (imap: ScriptedImapServer, smtp: ScriptedSmtpServer) => void
}

async function run(options: Options = {}) {
  const imap = await startScriptedImapServer(options.imap ?? {})
  const smtp = await startScriptedSmtpServer(options.smtp ?? {})
  servers.push(imap, smtp)
  options.prepare?.(imap, smtp)
  const policy = createEgressPolicy({ accounts: () => [] })
  const { gate } = testGate(request => policy.permits(request))
  const endpoint = (port: number, security: string | undefined): ServerEndpoint => ({
    host: options.host ?? 'localhost',
    port,
    security: options.says ?? (security === 'starttls' || security === 'plain' ? 'starttls' : 'tls'),
  })
  const report = await testConnection(
    { gate, policy, probes: { imap: imapProbe, smtp: smtpProbe }, timeoutMs: options.timeoutMs ?? 20_000 },
    {
      mail: {
        userName: smtp.user,
        imap: endpoint(imap.port, options.imap?.security),
        smtp: endpoint(smtp.port, options.smtp?.security),
        caPem: options.caPem === undefined ? imap.ca : options.caPem,
      },
      password: options.password === undefined ? smtp.password : options.password,
    },
  )
  return { report: connectionTestReport.parse(report), imap, smtp, gate }
}

const outcomes = (report: { steps: { step: string; outcome: string; code: string | null }[] }) =>
  Object.fromEntries(report.steps.map(step => [step.step, step.code ?? step.outcome]))

describe('a connection test', () => {
  test.each(['tls', 'starttls'] as const)('passes every step on good servers over %s', async security => {
    const { report } = await run({ imap: { security }, smtp: { security } })
    expect(report.ok).toBe(true)
    const all = { name: 'ok', port: 'ok', tls: 'ok', certificate: 'ok', login: 'ok', capability: 'ok' }
    expect(outcomes(report.imap)).toEqual(all)
    expect(outcomes(report.smtp)).toEqual(all)
    expect(report.imap.tls?.version).toBe('TLSv1.3')
    expect(report.imap.capabilities).toContain('IDLE')
    expect(report.smtp.capabilities).toContain('AUTH PLAIN LOGIN')
  })

  test('TLS where the server waits for STARTTLS says so, sends nothing secret, and passes once it is changed', async () => {
    const servers = { imap: { security: 'starttls' }, smtp: { security: 'starttls' } } as const
    const { report, imap, smtp } = await run({ ...servers, says: 'tls' })
    for (const each of [report.imap, report.smtp])
      expect(outcomes(each)).toMatchObject({ port: 'ok', tls: 'expects-starttls', login: 'skipped' })
    expect(JSON.stringify([imap.transcript, smtp.transcript])).not.toMatch(/LOGIN|AUTH /i)
    expect((await run({ ...servers, says: 'starttls' })).report.ok).toBe(true)
  })

  test.each([
    ['that it trusts', undefined],
    ['whose certificate is not trusted', null],
  ])('STARTTLS where a server %s waits for TLS says so', async (_which, caPem) => {
    // How long a greeting is waited for that will not come.
    const { report, imap, smtp } = await run({
      says: 'starttls',
      timeoutMs: 500,
      ...(caPem === null ? { caPem } : {}),
    })
    for (const each of [report.imap, report.smtp])
      expect(outcomes(each)).toMatchObject({ port: 'ok', tls: 'expects-tls', login: 'skipped' })
    expect(JSON.stringify([imap.transcript, smtp.transcript])).not.toMatch(/LOGIN|AUTH /i)
  })

  test('a server that offers neither is told as before', async () => {
    const { report } = await run({ imap: { security: 'plain' }, smtp: { security: 'plain' }, says: 'tls' })
    expect(outcomes(report.imap)).toMatchObject({ tls: 'tls-failed' })
    expect(outcomes(report.smtp)).toMatchObject({ tls: 'tls-failed' })
    const other = await run({ imap: { security: 'plain' }, smtp: { security: 'plain' }, says: 'starttls' })
    expect(outcomes(other.report.imap)).toMatchObject({ tls: 'starttls-missing' })
    expect(outcomes(other.report.smtp)).toMatchObject({ tls: 'starttls-missing' })
  })

  test('without a password stops before the login', async () => {
    const { report, smtp, imap } = await run({ password: null })
    expect(report.ok).toBe(true)
    expect(outcomes(report.imap)).toMatchObject({ login: 'skipped', capability: 'ok' })
    expect(smtp.sent('AUTH')).toEqual([])
    expect(JSON.stringify(imap.transcript)).not.toMatch(/LOGIN|AUTHENTICATE/i)
  })

  test('a wrong password fails at the login of each server, with its words', async () => {
    const { report } = await run({ password: 'wrong' })
    expect(outcomes(report.imap)).toMatchObject({
      certificate: 'ok',
      login: 'login-refused',
      capability: 'skipped',
    })
    expect(outcomes(report.smtp)).toMatchObject({ certificate: 'ok', login: 'login-refused' })
    expect(report.smtp.steps.find(step => step.step === 'login')?.detail).toBe(
      '535 5.7.8 wrong user or password',
    )
  })

  test.each([
    ['expired', 'expired'],
    ['wronghost', 'wrong-host'],
    ['selfsigned', 'self-signed'],
  ] as const)(
    'the %s certificate fails at the certificate with all of it in the report, before any login',
    async (certificate, reason) => {
      const { report, smtp } = await run({ imap: { certificate }, smtp: { certificate } })
      expect(outcomes(report.imap)).toMatchObject({
        tls: 'ok',
        certificate: 'certificate-refused',
        login: 'skipped',
      })
      expect(report.imap.certificate).toMatchObject({ reason, host: 'localhost' })
      expect(report.smtp.certificate?.fingerprint256).toMatch(/^[0-9a-f:]{95}$/)
      expect(smtp.transcript).toEqual([])
    },
  )

  test('an unknown authority is said so', async () => {
    const { report } = await run({ caPem: null })
    expect(report.imap.certificate?.reason).toBe('unknown-issuer')
  })

  test('a name that does not resolve and a port that is closed are told apart', async () => {
    const unknown = await run({ host: 'no-such-host.invalid' })
    expect(outcomes(unknown.report.imap)).toMatchObject({ name: 'name-unresolved', port: 'skipped' })
    const closed = await run({
      prepare: (imap, smtp) => void Promise.all([imap.stop(), smtp.stop()]),
    })
    expect(outcomes(closed.report.imap)).toMatchObject({
      name: 'ok',
      port: 'connection-refused',
      tls: 'skipped',
    })
  })

  test('STARTTLS that is missing fails at TLS, and no password is said', async () => {
    const { report, imap, smtp } = await run({
      imap: { security: 'plain' },
      smtp: { security: 'plain', allowAuthWithoutTls: true },
    })
    expect(outcomes(report.imap)).toMatchObject({ port: 'ok', tls: 'starttls-missing', login: 'skipped' })
    expect(outcomes(report.smtp)).toMatchObject({ port: 'ok', tls: 'starttls-missing', login: 'skipped' })
    expect(JSON.stringify([imap.transcript, smtp.transcript])).not.toContain('alice-pw')
  })

  test('clear text behind the STARTTLS answer is an injection', async () => {
    const { report } = await run({
      imap: { security: 'starttls', injectAfterStartTls: '* OK injected\r\n' },
      smtp: { security: 'starttls', injectAfterStartTls: '250 injected\r\n' },
    })
    expect(outcomes(report.imap)).toMatchObject({ tls: 'starttls-injection' })
    expect(outcomes(report.smtp)).toMatchObject({ tls: 'starttls-injection' })
  })

  test('an SMTP server without a login lacks what sending needs', async () => {
    const { report } = await run({
      password: null,
      prepare: (_imap, smtp) => void smtp.override('EHLO', '250-rig.test\r\n250 SIZE 1000'),
    })
    expect(outcomes(report.smtp)).toMatchObject({ capability: 'capability-missing' })
    expect(report.ok).toBe(false)
  })

  test('the door is closed again when the test is over', async () => {
    const { gate, imap } = await run()
    await expect(
      gate.dialTls(
        { accountId: null, purpose: 'imap', host: 'localhost', port: imap.port },
        { serverName: 'localhost', caPem: imap.ca },
        { timeoutMs: 20_000 },
      ),
    ).rejects.toMatchObject({ code: 'not-permitted' })
  })
})
