import { describe, expect, test } from 'vitest'
import { BatchSize } from '../../../../../../../electron/engine/features/mail/sync/breather'
import { IdlePatience } from '../../../../../../../electron/engine/features/mail/sync/idle-patience'
import { isMost } from '../../../../../../../electron/engine/features/mail/sync/pass/compare-uids'
import { windowStart } from '../../../../../../../electron/engine/features/mail/sync/pass/sync-window'
import { SessionPool } from '../../../../../../../electron/engine/features/mail/sync/session-pool'
import { endsSession, kindOf, problemOf } from '../../../../../../../electron/engine/kit/failures'
import { Lock } from '../../../../../../../electron/engine/kit/lock'
import { BackOff } from '../../../../../../../electron/engine/kit/waiting/back-off'
import { Bell } from '../../../../../../../electron/engine/kit/waiting/bell'
import type { MailSession } from '../../../../../../../electron/engine/ports/mail/mail-backend'
import { systemClock } from '../../../../../../../electron/engine/system'
import { asError, errorCodes, SiegelError } from '../../../../../../../shared/kit/result'
import { turnsOfTheLoop } from '../../../../../../support/until'

const random = (fraction: number) => ({
  bytes: (count: number) => new Uint8Array(count),
  fraction: () => fraction,
})
const minute = 60_000

describe('waiting between attempts', () => {
  test('grows from 5 seconds to 15 minutes and begins anew after a success', () => {
    const backOff = new BackOff(random(1))
    const waits = Array.from({ length: 12 }, () => backOff.nextMs())
    expect(waits.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000])
    expect(waits.at(-1)).toBe(15 * minute)
    backOff.reset()
    expect(backOff.nextMs()).toBe(5_000)
  })

  test('is spread: never less than half', () => {
    expect([new BackOff(random(0)).nextMs(), new BackOff(random(0.5)).nextMs()]).toEqual([2_500, 3_750])
  })

  test('an IDLE lasts below 29 minutes, and less where connections break', () => {
    const patience = new IdlePatience()
    for (let at = 0; at < 20; at++) patience.held()
    expect(patience.ms).toBeLessThan(29 * minute)
    for (let at = 0; at < 20; at++) patience.broke()
    expect(patience.ms).toBe(3 * minute)
  })
})

describe('the bell', () => {
  test('keeps what rang until it is taken, and wakes whoever waits', async () => {
    const bell = new Bell()
    bell.ring('task')
    await bell.wait(100_000)
    expect([...bell.take()]).toEqual(['task'])
    const woken = bell.wait(100_000)
    bell.ring('sync')
    bell.ring('wake')
    await woken
    expect([...bell.take()]).toEqual(['sync', 'wake'])
    expect(bell.rung).toBe(false)
  })
})

describe('failures', () => {
  test('what concerns one change or one mailbox stops no account: of all codes only these do more', () => {
    const kinds = Map.groupBy(errorCodes, code => kindOf(asError({ code })))
    kinds.delete('local')
    expect(Object.fromEntries([...kinds].map(([kind, codes]) => [kind, codes.toSorted()]))).toEqual({
      lost: [
        'connection-lost',
        'connection-refused',
        'connection-timeout',
        'internal',
        'login-not-now',
        'name-unresolved',
        'proxy-failed',
        'server-full',
        'server-unavailable',
        'tls-failed',
      ],
      stop: [
        'account-is-local',
        'certificate-changed',
        'certificate-refused',
        'chat-elsewhere',
        'expects-starttls',
        'expects-tls',
        'login-downgraded',
        'login-refused',
        'login-unsupported',
        'not-permitted',
        'preauth-refused',
        'service-off',
        'starttls-injection',
        'starttls-missing',
        'stream-refused',
      ],
      offline: ['offline'],
      ended: ['cancelled', 'locked'],
      disk: ['disk-full', 'store-damaged'],
    })
  })

  test('a refused login or certificate stops, a lost line waits, a refused change is its own affair', () => {
    expect(
      ['login-refused', 'certificate-refused', 'connection-lost', 'server-refused', 'offline'].map(code =>
        kindOf(new SiegelError(code as never)),
      ),
    ).toEqual(['stop', 'stop', 'lost', 'local', 'offline'])
    expect(kindOf(new TypeError('bug'))).toBe('lost')
  })

  test('a bug ends the session; a refusal does not; neither says mail content', () => {
    expect([endsSession(new TypeError('x')), endsSession(new SiegelError('server-refused'))]).toEqual([
      true,
      false,
    ])
    expect(problemOf(new TypeError('Subject: secret'))).toEqual({ code: 'internal', detail: '' })
  })
})

test('work behind a lock happens one after the other, also after a failure', async () => {
  const lock = new Lock()
  const seen: string[] = []
  const work = (name: string, fails: boolean) => async () => {
    seen.push(`${name} begins`)
    await Promise.resolve()
    seen.push(`${name} ends`)
    if (fails) throw new Error(name)
  }
  const first = lock.run(work('a', true))
  const second = lock.run(work('b', false))
  await expect(first).rejects.toThrow('a')
  await second
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

describe('the session pool', () => {
  type Fake = MailSession & { state: 'open' | 'destroyed' | 'out' }
  const made: Fake[] = []
  const connect = async () => {
    const session = {
      state: 'open',
      destroy(this: Fake) {
        this.state = 'destroyed'
      },
      async logout(this: Fake) {
        this.state = 'out'
      },
    } as unknown as Fake
    made.push(session)
    return session
  }

  test('uses connections again, never more than it may, and none that failed', async () => {
    made.length = 0
    const pool = new SessionPool(connect, 2, systemClock)
    let side = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++side)
      await turnsOfTheLoop()
      side--
    }
    await Promise.all(Array.from({ length: 8 }, () => pool.use(work)))
    expect([made.length, most]).toEqual([2, 2])
    await expect(pool.use(async () => Promise.reject(new SiegelError('connection-lost')))).rejects.toThrow()
    await expect(pool.use(async () => Promise.reject(new SiegelError('server-refused')))).rejects.toThrow()
    await pool.closeIdle()
    expect(made.map(each => each.state).sort()).toEqual(['destroyed', 'out'])
  })

  test('a refused further connection leaves the work to those there are, and is not asked for again at once', async () => {
    made.length = 0
    let asked = 0
    let nowMs = 0
    const pool = new SessionPool(
      async () => {
        if (++asked > 1 && nowMs < 60_000) throw new SiegelError('server-unavailable', { detail: 'too many' })
        return connect()
      },
      3,
      { now: () => nowMs },
    )
    const order: number[] = []
    const work = (number: number) => () => {
      order.push(number)
      return turnsOfTheLoop()
    }
    await Promise.all([1, 2, 3, 4, 5].map(number => pool.use(work(number))))
    expect([made.length, order.toSorted()]).toEqual([1, [1, 2, 3, 4, 5]])
    // The two that may be opened side by side with the first were tried, and no more.
    expect(asked).toBe(3)
    await pool.use(work(6))
    expect(asked).toBe(3)
    nowMs = 120_000
    await Promise.all([7, 8].map(number => pool.use(work(number))))
    expect(made.length).toBe(2)
    await pool.closeIdle()
  })

  test('a refused first connection is an error, and an attack is one beside others too', async () => {
    made.length = 0
    const refused = async (): Promise<Fake> => {
      throw new SiegelError('server-unavailable')
    }
    await expect(new SessionPool(refused, 3, systemClock).use(async () => 1)).rejects.toMatchObject({
      code: 'server-unavailable',
    })
    let asked = 0
    const pool = new SessionPool(
      async () => {
        if (++asked > 1) throw asError({ code: 'certificate-changed' })
        return connect()
      },
      2,
      systemClock,
    )
    const first = await pool.lease()
    await expect(pool.use(async () => 1)).rejects.toMatchObject({ code: 'certificate-changed' })
    first.release()
    await pool.closeIdle()
  })

  test('who only watches is asked to give its connection to the one who waits', async () => {
    made.length = 0
    const pool = new SessionPool(connect, 1, systemClock)
    let wanted = 0
    const lease = await pool.lease(() => {
      wanted++
      lease?.release()
    })
    expect(wanted).toBe(0)
    expect(await pool.use(async session => session === made[0])).toBe(true)
    expect([wanted, made.length]).toEqual([1, 1])
    await pool.closeIdle()
  })

  test('dropping everything cancels the work and leaves no connection', async () => {
    made.length = 0
    const pool = new SessionPool(connect, 1, systemClock)
    let lose: (error: Error) => void = () => undefined
    const working = pool.use(
      () =>
        new Promise<never>((_, reject) => {
          lose = reject
        }),
    )
    const waiting = pool.use(async () => 'too late')
    await turnsOfTheLoop()
    pool.destroyAll()
    lose(new SiegelError('connection-lost'))
    await expect(working).rejects.toMatchObject({ code: 'cancelled' })
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    expect(made.map(each => each.state)).toEqual(['destroyed'])
    expect(await pool.use(async () => 'again')).toBe('again')
    await pool.closeIdle()
  })
})

test('batches shrink when the store is slow', () => {
  const size = new BatchSize()
  const before = size.count
  size.measure(before, () => {
    const end = performance.now() + 200
    while (performance.now() < end);
  })
  expect(size.count).toBeLessThan(before)
})

test('most of a mailbox, or all of it, is never removed on one answer', () => {
  expect([
    isMost(0, 0),
    isMost(1, 1),
    isMost(3, 3),
    isMost(3, 4),
    isMost(20, 21),
    isMost(21, 30),
    isMost(21, 50),
  ]).toEqual([false, true, true, false, false, true, false])
})

test('a window that would begin on a day which its month has not begins on the last one', () => {
  const begins = (months: number, month: number, day: number) =>
    new Date(windowStart({ kind: 'months', months }, Date.UTC(2026, month, day)) ?? 0)
      .toISOString()
      .slice(0, 10)
  expect([begins(1, 2, 31), begins(1, 2, 28), begins(6, 7, 31), begins(3, 4, 31)]).toEqual([
    '2026-02-28',
    '2026-02-28',
    '2026-02-28',
    '2026-02-28',
  ])
  expect([begins(1, 9, 31), begins(12, 0, 31)]).toEqual(['2026-09-30', '2025-01-31'])
})

test('the window of months begins that many months ago', () => {
  expect(windowStart({ kind: 'months', months: 3 }, Date.UTC(2026, 10, 23))).toBe(Date.UTC(2026, 7, 23))
  expect([windowStart({ kind: 'all' }, 0), windowStart({ kind: 'headers' }, 0)]).toEqual([null, null])
})
