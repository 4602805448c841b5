import { describe, expect, test } from 'vitest'
import { asError } from '../../../shared/kit/result'
import { type SyncProfile, testMessage } from '../../support/sync-profile'
import { until } from '../../support/until'
import type { ImapSession } from '../support/imap-session'
import { serverAndProfile } from '../support/server-and-profile'

const startBoth = serverAndProfile()

/** A server that lets in so many at a time and answers the next one like that; `* ` is said instead of a greeting. */
async function start(limit: number, refusal: string) {
  const live = new Set<ImapSession>()
  let refused = 0
  let most = 0
  const both = await startBoth({}, server => {
    for (const command of ['AUTHENTICATE', 'LOGIN'])
      server.override(command, ({ session, honest }) => {
        for (const each of live) if (each.connection.ended || each.loggedOut) live.delete(each)
        if (live.size >= limit) {
          refused++
          if (!refusal.startsWith('*')) return refusal
          session.send(`${refusal}\r\n`)
          session.connection.end()
          return undefined
        }
        live.add(session)
        most = Math.max(most, live.size)
        return honest()
      })
    for (const name of ['INBOX', 'Archive', 'Sent'])
      for (let at = 1; at <= 20; at++) server.account.get(name).add(testMessage(`${name}-${at}`))
  })
  return { ...both, refused: () => refused, most: () => most }
}

const wholeOf = (profile: SyncProfile, path: string) =>
  profile.messages(path).filter(each => each.bodyState === 'whole').length

const refusals = [
  'NO [ALERT] Too many simultaneous connections. (Failure)',
  'NO [LIMIT] Maximum number of connections from user+IP exceeded',
  'NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=1)',
  'NO [AUTHENTICATIONFAILED] Authentication failed.',
  'NO Login failed.',
  'BAD Request is throttled. Suggested Backoff Time: 1000 milliseconds',
  '* BYE Too many connections from your address',
]

describe.each([1, 2])('%i at a time', limit => {
  test.each(refusals)('one pass brings everything, answered with %s', async refusal => {
    const { profile, most } = await start(limit, refusal)
    expect(await profile.pass()).toMatchObject({ new: 60 })
    expect(['INBOX', 'Archive', 'Sent'].map(path => wholeOf(profile, path))).toEqual([20, 20, 20])
    expect(most()).toBe(limit)
  })
})

test.each(refusals)(
  'one connection in the background: mail, watching, and work for a person; %s',
  async refusal => {
    const { server, profile, refused } = await start(1, refusal)
    profile.sync.start(profile.accountId)
    await until(() => profile.board.all()[0]?.state === 'watching', 'watching')
    expect(['INBOX', 'Archive', 'Sent'].map(path => wholeOf(profile, path))).toEqual([20, 20, 20])
    expect(profile.board.all()[0]?.problem).toBeNull()
    // New mail is noticed, and a person who needs the connection gets it while it watches.
    await until(() => server.idlingSessions() === 1, 'idling')
    server.account.get('INBOX').add(testMessage('new'))
    await until(() => profile.subjects('INBOX').includes('message new'), 'new mail')
    expect(
      await profile.sync.withSession(profile.accountId, async session => (await session.list()).length),
    ).toBe(6)
    await until(() => server.idlingSessions() === 1, 'idling again')
    server.account.get('INBOX').add(testMessage('later'))
    await until(() => profile.subjects('INBOX').includes('message later'), 'new mail again')
    // The refusal is not asked for again and again.
    expect(refused()).toBeLessThan(4)
  },
)

test('a first connection that is refused for now is tried again, and the account does not stand still', async () => {
  const { server, profile } = await start(0, 'NO [ALERT] Too many simultaneous connections. (Failure)')
  profile.sync.start(profile.accountId)
  await until(() => profile.board.all()[0]?.state === 'waiting', 'waiting')
  expect(profile.board.all()[0]).toMatchObject({
    problem: {
      code: 'server-unavailable',
      retryable: true,
      params: { detail: expect.stringContaining('Too many') },
    },
  })
  expect(profile.board.all()[0]?.nextAttemptAtMs).not.toBeNull()
  expect(server.connectionCount()).toBe(1)
})

describe('a plain NO to the login', () => {
  const refuse = 'NO Login failed.'

  test('of a password that was never taken waits for the person', async () => {
    const { profile } = await start(0, refuse)
    expect(await profile.passProblems()).toEqual(['login-refused'])
  })

  test('of one that was taken before is tried again, also by the next start of the program', async () => {
    const { server, profile } = await start(1, refuse)
    await profile.pass()
    server.override('AUTHENTICATE', () => refuse)
    expect(await profile.passProblems()).toEqual(['login-not-now'])
    await profile.reopen()
    expect(await profile.passProblems()).toEqual(['login-not-now'])
    profile.sync.start(profile.accountId)
    await until(() => profile.board.all()[0]?.state === 'waiting', 'waiting')
    const { nextAttemptAtMs = 0 } = profile.board.all()[0] ?? {}
    // Seldom: it may be a changed password after all, and accounts get locked.
    expect((nextAttemptAtMs ?? 0) - Date.now()).toBeGreaterThan(50_000)
  })

  test('of a new password waits for the person again', async () => {
    const { server, profile } = await start(1, refuse)
    await profile.pass()
    profile.store.accounts.setPassword(profile.accountId, 'mail', 'another')
    server.override('AUTHENTICATE', () => refuse)
    expect(await profile.passProblems()).toEqual(['login-refused'])
  })

  test('with the code for a wrong password waits for the person, whatever was before', async () => {
    const { server, profile } = await start(1, refuse)
    await profile.pass()
    server.override('AUTHENTICATE', () => 'NO [AUTHENTICATIONFAILED] wrong')
    expect(await profile.passProblems()).toEqual(['login-refused'])
  })
})

test('a second connection with another certificate is not taken for a full server', async () => {
  const { profile } = await start(5, 'NO')
  const connect = profile.backend.connect
  let made = 0
  profile.backend.connect = async (account, signal) => {
    if (++made > 1) throw asError({ code: 'certificate-changed', params: { host: 'localhost' } })
    return connect(account, signal)
  }
  expect(await profile.passProblems()).toEqual(['certificate-changed'])
})
