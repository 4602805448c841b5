import { describe, expect, test } from 'vitest'
import { StatusBoard } from '../../../../../../electron/engine/kit/status-board'
import { AccountWait } from '../../../../../../electron/engine/kit/waiting/account-wait'
import { Bell, type Ring } from '../../../../../../electron/engine/kit/waiting/bell'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { asError, type ErrorCode, SiegelError } from '../../../../../../shared/kit/result'
import type { SyncStatus } from '../../../../../../shared/kit/status'
import { turnsOfTheLoop } from '../../../../../support/until'

const account = 'a'.repeat(32) as AccountId

/** An account that waits after an error. `ring` rings and tells whether it still waits. */
function waiting(error: unknown, options: { offline?: boolean } = {}) {
  let nowMs = 1000
  const statuses: SyncStatus[] = []
  const errors: string[] = []
  const bell = new Bell()
  let isStopping = false
  const wait = new AccountWait(
    account,
    {
      store: { settings: { get: () => ({ offline: options.offline === true }) } } as never,
      clock: { now: () => nowMs, sleep: () => Promise.reject(new Error('nobody sleeps')) },
      random: { bytes: count => new Uint8Array(count), fraction: () => 1 },
      log: { info: () => undefined, warn: () => undefined, error: message => void errors.push(message) },
      board: new StatusBoard(status => statuses.push(status)).of('mail'),
    },
    bell,
    () => isStopping,
  )
  let isOver = false
  const start = (what: unknown) => {
    isOver = false
    void wait.after(what).then(() => {
      isOver = true
    })
  }
  start(error)
  return {
    statuses,
    errors,
    start,
    reset: () => wait.reset(),
    stop: () => {
      isStopping = true
    },
    pass: (ms: number) => {
      nowMs += ms
    },
    ring: async (reason: Ring): Promise<boolean> => {
      bell.ring(reason)
      await turnsOfTheLoop()
      return !isOver
    },
  }
}

describe('what ends the wait of an account', () => {
  const everything: readonly Ring[] = ['task', 'wanted', 'wake', 'sync', 'stop']
  test.each<[ErrorCode | 'offline by choice', SyncStatus['state'], readonly Ring[]]>([
    ['connection-lost', 'waiting', ['wake', 'sync', 'stop']],
    ['server-unavailable', 'waiting', ['wake', 'sync', 'stop']],
    ['login-not-now', 'waiting', ['wake', 'sync', 'stop']],
    ['offline by choice', 'offline', ['wake', 'sync', 'stop']],
    ['certificate-refused', 'error', ['wake', 'sync', 'stop']],
    ['login-refused', 'error', ['sync', 'stop']],
    ['disk-full', 'error', ['wake', 'sync', 'stop']],
  ])('%s: %s until one of %s', async (code, state, ends) => {
    const isOffline = code === 'offline by choice'
    const error = asError({ code: isOffline ? 'connection-lost' : code })
    for (const reason of everything) {
      const here = waiting(error, { offline: isOffline })
      expect(here.statuses.at(-1)).toMatchObject({ state, problem: { code: isOffline ? 'offline' : code } })
      expect(await here.ring(reason), reason).toBe(!ends.includes(reason))
      here.stop()
      await here.ring('stop')
    }
  })

  test('stopping ends every wait, whatever rang', async () => {
    const here = waiting(new SiegelError('login-refused'))
    expect(await here.ring('task')).toBe(true)
    here.stop()
    expect(await here.ring('task')).toBe(false)
  })

  test('the time of the next try grows with each failure, is told, and begins anew after a success', async () => {
    const here = waiting(new SiegelError('connection-lost'))
    const next = () => (here.statuses.at(-1)?.nextAttemptAtMs ?? 0) - 1000
    const seen = [next()]
    for (let times = 0; times < 2; times += 1) {
      await here.ring('sync')
      here.start(new SiegelError('connection-lost'))
      seen.push(next())
    }
    here.reset()
    await here.ring('sync')
    here.start(new SiegelError('connection-lost'))
    seen.push(next())
    expect(seen).toEqual([5_000, 10_000, 20_000, 5_000])
    // What rang is no end by itself, but when it is time the next look at the clock is.
    here.pass(5_000)
    expect(await here.ring('task')).toBe(false)
  })

  test('a login that was put off is asked again after a minute at the earliest; a refused one has no time', async () => {
    const later = waiting(new SiegelError('login-not-now'))
    expect(later.statuses.at(-1)?.nextAttemptAtMs).toBe(61_000)
    const refused = waiting(new SiegelError('login-refused'))
    expect(refused.statuses.at(-1)?.nextAttemptAtMs).toBeNull()
    for (const here of [later, refused]) await here.ring('stop')
  })

  test('a bug waits like a lost line, and is logged by its kind alone', async () => {
    const here = waiting(new TypeError('with a word of mail in it'))
    expect(here.statuses.at(-1)).toMatchObject({ state: 'waiting', problem: { code: 'internal' } })
    expect(here.errors).toEqual(['sync failed'])
    await here.ring('stop')
  })
})
