import { describe, expect, test } from 'vitest'
import { imapProbe } from '../../../electron/engine/features/accounts/discovery/imap-probe'
import { toFailure } from '../../../shared/kit/result'
import { testMessage } from '../../support/sync-profile'
import { serverAndProfile } from '../support/server-and-profile'

const startBoth = serverAndProfile()

function start(refusal: string, commands: readonly string[]) {
  return startBoth({}, server => {
    const named = new Set<number>()
    server.override('ID', ({ command, session, honest }) => {
      if (/"name"/i.test(command.line)) named.add(session.id)
      return honest()
    })
    for (const command of commands)
      server.override(command, ({ session, honest }) => (named.has(session.id) ? honest() : refusal))
    server.account.get('INBOX').add(testMessage(1))
    server.account.get('Sent').add(testMessage(2))
  })
}

describe('a server that lets in only clients with a name', () => {
  test.each([
    ['NO SELECT Unsafe Login. Please contact kefu@188.com for help', ['SELECT', 'EXAMINE']],
    ['NO EXAMINE Unsafe Login. Please contact support', ['SELECT', 'EXAMINE', 'STATUS']],
    ['NO LIST Unsafe Login', ['LIST', 'SELECT', 'EXAMINE']],
    ['NO Please use the ID command first', ['SELECT', 'EXAMINE']],
    ['NO [CLIENTBUG] unidentified client', ['SELECT', 'EXAMINE']],
    ['NO refused', ['SELECT', 'EXAMINE']],
  ])('is told a neutral one: %s', async (refusal, commands) => {
    const { server, profile } = await start(refusal, commands)
    await profile.pass()
    expect([profile.subjects('INBOX'), profile.subjects('Sent')]).toEqual([['message 1'], ['message 2']])
    // One fixed name that says nothing about this program, its version, or the machine.
    expect([...new Set(server.sent('ID'))].sort()).toEqual(['ID ("name" "imap" "version" "1")', 'ID NIL'])
  })
})

describe('the connection test', () => {
  const testOf = async (refusal: string, isMended: boolean) => {
    const { server, profile } = await startBoth()
    let isNamed = false
    server.override('ID', ({ command, honest }) => {
      isNamed ||= /"name"/.test(command.line)
      return honest()
    })
    server.override('EXAMINE', ({ honest }) => (isNamed && isMended ? honest() : refusal))
    const endpoint = { host: 'localhost', port: server.port, security: 'tls' as const }
    const socket = await profile.gate.dialTls(
      { accountId: profile.accountId, purpose: 'imap', ...endpoint },
      { serverName: 'localhost', caPem: server.ca },
      { timeoutMs: 5_000 },
    )
    try {
      const met = await imapProbe.meet(socket.stream, { afterStartTls: false, timeoutMs: 5_000 })
      await met.afterLogin(await met.login('alice@rig.test', 'alice-pw'))
      return 'ok'
    } catch (error) {
      return String(toFailure(error).params['detail'])
    } finally {
      socket.stream.destroy()
    }
  }

  test('gives the name as well, and says no to what sync could not use', async () => {
    const words = 'EXAMINE Unsafe Login. Please contact support'
    expect(await testOf(`NO ${words}`, true)).toBe('ok')
    expect(await testOf(`NO ${words}`, false)).toBe(words)
  })
})

test('no other server is told a name, also when it refuses a mailbox', async () => {
  const { server, profile } = await start('', [])
  server.override('EXAMINE', ({ command, honest }) =>
    /Sent/.test(command.line) ? 'NO [NOPERM] Permission denied' : honest(),
  )
  await profile.sync.runOnce(profile.accountId, null)
  expect([...new Set(server.sent('ID'))]).toEqual(['ID NIL'])
})

describe('a refusal to open is told in the words of the server', () => {
  test.each([
    ['NO [NOPERM] Permission denied', 'server-refused'],
    ['NO SELECT Unsafe Login. Please contact support', 'server-refused'],
    ['NO Mailbox is locked by another process', 'server-refused'],
    ['NO [NONEXISTENT] Unknown Mailbox: Sent (Failure)', 'mailbox-missing'],
    ["NO Mailbox doesn't exist: Sent", 'mailbox-missing'],
    ['NO Mailbox does not exist', 'mailbox-missing'],
    ['NO Sent: no such mailbox', 'mailbox-missing'],
  ] as const)('%s is %s', async (refusal, code) => {
    const { server, profile } = await start('', [])
    server.override('ID', ({ honest }) => honest())
    server.override('EXAMINE', ({ command, honest }) => (/Sent/.test(command.line) ? refusal : honest()))
    const { problems } = await profile.sync.runOnce(profile.accountId, null)
    const words = refusal.replace(/^NO (\[\w+\] )?/, '')
    expect(
      problems.map(({ problem }) => [problem.code, problem.params['mailbox'], problem.params['detail']]),
    ).toEqual([[code, 'Sent', words]])
  })
})
