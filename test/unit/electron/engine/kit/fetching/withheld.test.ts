import { describe, expect, test } from 'vitest'
import { fetchPiecewise } from '../../../../../../electron/engine/kit/fetching/fetch-piecewise'
import { Withheld } from '../../../../../../electron/engine/kit/fetching/withheld'
import type { MailSession } from '../../../../../../electron/engine/ports/mail/mail-backend'
import type { MailboxRow } from '../../../../../../electron/engine/ports/store'
import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'

const minute = 60_000
const row = { id: 1 as MailboxId, uidValidity: 7, path: 'INBOX' } as MailboxRow
const refused = (detail = 'no') => new SiegelError('server-refused', { detail })
const lost = new SiegelError('connection-lost')
const goodbye = new SiegelError('server-unavailable')
const noId = () => null

function withClock() {
  const clock = { nowMs: 0, now: () => clock.nowMs }
  return { clock, withheld: new Withheld(clock) }
}

/** Subjects by message. */
const storeOf = (subjects: Record<number, string>, whole: readonly number[] = []) => ({
  messages: {
    summaries: (ids: readonly MessageId[]) =>
      ids.flatMap(id =>
        subjects[id] === undefined
          ? []
          : [{ subject: subjects[id], bodyState: whole.includes(id) ? 'whole' : 'header' }],
      ),
  } as never,
})

describe('a message that the server does not give', () => {
  test('rests ten minutes, then twice as long each time, a day at most, for its part alone', () => {
    const { clock, withheld } = withClock()
    const rests: number[] = []
    for (let times = 0; times < 10; times += 1) {
      withheld.note(row, 'body', 5, refused(), null)
      const from = clock.nowMs
      while (withheld.isResting(row, 'body', 5)) clock.nowMs += minute
      rests.push((clock.nowMs - from) / minute)
    }
    expect(rests).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440])
    withheld.note(row, 'body', 5, refused(), null)
    expect(withheld.isResting(row, 'header', 5)).toBe(false)
    expect([withheld.resting(row, 'body'), withheld.resting(row, 'header')]).toEqual([1, 0])
  })

  test('is asked for at once by the word of a person, and rests no longer for it', () => {
    const { clock, withheld } = withClock()
    withheld.note(row, 'header', 5, refused(), null)
    for (let times = 0; times < 3; times += 1) {
      withheld.askAgain()
      withheld.askAgain()
      expect([withheld.isResting(row, 'header', 5), withheld.hasDueHeaders(row)]).toEqual([false, true])
      withheld.note(row, 'header', 5, refused(), null)
      expect(withheld.hasDueHeaders(row)).toBe(false)
    }
    clock.nowMs += 10 * minute
    expect(withheld.isResting(row, 'header', 5)).toBe(false)
  })

  test('is forgotten when it came, when it is gone, and when the mailbox is another one', () => {
    const { withheld } = withClock()
    for (const uid of [1, 2, 3]) withheld.note(row, 'header', uid, refused(), null)
    withheld.came(row, 'header', 1)
    expect(withheld.resting(row, 'header')).toBe(2)
    withheld.keepOnlyHeaders(row, [3, 4])
    expect([2, 3].map(uid => withheld.didNotCome(row, 'header', uid))).toEqual([false, true])
    const renumbered = { ...row, uidValidity: 8 }
    expect(withheld.didNotCome(renumbered, 'header', 3)).toBe(false)
    expect(withheld.problemOf(renumbered, storeOf({}))).toBeNull()
  })

  test('is named to the person: three by name, all counted, the words of the server', () => {
    const { withheld } = withClock()
    for (const uid of [11, 12, 13, 14])
      withheld.note(row, 'body', uid, refused(`damaged ${uid}`), uid as MessageId)
    withheld.note(row, 'header', 20, refused(), null)
    const store = storeOf({ 11: 'One', 12: 'x'.repeat(200), 13: 'Three', 14: 'Four' })
    expect(withheld.problemOf(row, store)).toMatchObject({
      code: 'message-withheld',
      params: {
        mailbox: 'INBOX',
        count: 5,
        messages: `“One”, “${'x'.repeat(80)}…”, “Three”`,
        which: '1.7.11 1.7.12 1.7.13 1.7.14 1.7.20',
        detail: 'damaged 11',
      },
    })
    // What has come by another way, or is gone, is no problem any more.
    const left = withheld.problemOf(row, storeOf({ 11: 'One', 12: 'Two' }, [11]))
    expect(left?.params).toMatchObject({ count: 2, messages: '“Two”, UID 20' })
  })

  test('many are told apart from as many others', () => {
    const whichOf = (uids: readonly number[]) => {
      const { withheld } = withClock()
      for (const uid of uids) withheld.note(row, 'header', uid, refused(), null)
      return String(withheld.problemOf(row, storeOf({}))?.params['which'])
    }
    const uids = Array.from({ length: 50 }, (_, at) => at + 1)
    expect(whichOf(uids)).toBe(whichOf([...uids].reverse()))
    expect(whichOf(uids)).not.toBe(whichOf([...uids.slice(0, -1), 99]))
    expect(whichOf(uids).split(' ')).toHaveLength(21)
  })

  test.each([
    ['a goodbye', goodbye, 2],
    ['a lost line', lost, 4],
  ] as const)(
    '%s is blamed on a message only when it came for that one alone, several times',
    (_, error, times) => {
      const { withheld } = withClock()
      withheld.suspect(row, 'body', [[1], [2, 3]], error, noId)
      for (let at = 0; at < times; at += 1) {
        expect(withheld.isResting(row, 'body', 1), `after ${at}`).toBe(false)
        withheld.takeSuspects(row, 'body', new Set([1]))
        withheld.suspect(row, 'body', [[1]], error, noId)
      }
      expect(withheld.isResting(row, 'body', 1)).toBe(true)
      expect([withheld.brokenFetches(row), withheld.hasSuspects(row)]).toEqual([times + 1, false])
    },
  )

  test('suspects are taken as far as they are wanted, and those that had no turn are put back', () => {
    const { withheld } = withClock()
    withheld.suspect(
      row,
      'body',
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      lost,
      noId,
    )
    expect(withheld.takeSuspects(row, 'body', new Set([1, 3, 4]))).toEqual([[1], [3, 4]])
    expect(withheld.hasSuspects(row)).toBe(false)
    withheld.putBack(row, 'body', [3, 4])
    expect([withheld.takeSuspects(row, 'header', new Set([3])), withheld.hasSuspects(row)]).toEqual([
      [],
      true,
    ])
  })
})

describe('fetching piece by piece', () => {
  type Server = { gives: (uid: number) => boolean; endsAt?: (uids: readonly number[]) => boolean }
  /** What came, and the sets that were asked for. */
  async function fetched(withheld: Withheld, uids: readonly number[], server: Server, perCommand = 1000) {
    const asked: number[][] = []
    const came: number[] = []
    let closed = false
    const session = {
      get closed() {
        return closed
      },
    } as MailSession
    async function* ask(wanted: readonly number[]) {
      asked.push([...wanted])
      if (server.endsAt?.(wanted)) {
        closed = true
        throw lost
      }
      for (const uid of [...wanted].sort((a, b) => a - b)) {
        if (!server.gives(uid)) throw refused()
        yield { uid }
      }
    }
    const options = { session, withheld, row, part: 'body' as const, uids, ask, perCommand }
    let error: unknown = null
    try {
      for await (const { uid } of fetchPiecewise(options)) came.push(uid)
    } catch (caught) {
      error = caught
    }
    return { asked, came: came.sort((a, b) => a - b), error }
  }
  const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

  test('the newest come first, so many in a command', async () => {
    const { withheld } = withClock()
    const { asked, came } = await fetched(withheld, upTo(7), { gives: () => true }, 3)
    expect(asked).toEqual([[7, 6, 5], [4, 3, 2], [1]])
    expect(came).toEqual(upTo(7))
  })

  test.each([
    ['the first', [1]],
    ['one in the middle', [37]],
    ['the last', [100]],
    ['several', [2, 3, 50, 99]],
  ])('%s that is refused costs itself and nobody else', async (_, bad) => {
    const { withheld } = withClock()
    const first = await fetched(withheld, upTo(100), { gives: uid => !bad.includes(uid) })
    expect(first.came).toEqual(upTo(100).filter(uid => !bad.includes(uid)))
    expect(bad.map(uid => withheld.isResting(row, 'body', uid))).toEqual(bad.map(() => true))
    // Resting ones are not asked for; woken ones come alone and last.
    expect((await fetched(withheld, bad, { gives: () => true })).asked).toEqual([])
    withheld.askAgain()
    const again = await fetched(withheld, [...bad, 200, 201], { gives: () => true })
    expect(again.asked[0]).toEqual([201, 200])
    expect(again.asked.slice(1).map(each => each.length)).toEqual(bad.map(() => 1))
    expect(withheld.resting(row, 'body')).toBe(0)
  })

  test('a server that refuses everything ends the pass instead of being asked for each', async () => {
    const { withheld } = withClock()
    const { asked, error } = await fetched(withheld, upTo(1000), { gives: () => false })
    expect(error).toMatchObject({ code: 'server-refused' })
    expect(asked.length).toBeLessThan(70)
  })

  test('a message at which the connection ends is found by halves over several connections, and all others come', async () => {
    const { withheld } = withClock()
    let wanted = upTo(64)
    let connections = 0
    const kept: number[] = []
    for (; connections < 30 && !withheld.isResting(row, 'body', 23); connections += 1) {
      const { came } = await fetched(withheld, wanted, {
        gives: () => true,
        endsAt: uids => uids.includes(23),
      })
      kept.push(...came)
      wanted = wanted.filter(uid => !came.includes(uid))
    }
    // Six times halved, and lost four times at that one alone.
    expect(connections).toBeLessThanOrEqual(11)
    kept.push(...(await fetched(withheld, wanted, { gives: uid => uid !== 23 })).came)
    expect(kept.sort((a, b) => a - b)).toEqual(upTo(64).filter(uid => uid !== 23))
  })

  test('what is no fault of a message goes up at once, and asks for nothing smaller', async () => {
    const { withheld } = withClock()
    for (const error of [
      new SiegelError('cancelled'),
      new SiegelError('server-refused', { serverCode: 'THROTTLED' }),
      new TypeError('a bug'),
    ]) {
      let asked = 0
      const run = async () => {
        const ask = () => {
          asked += 1
          return (async function* () {
            yield* [] as { uid: number }[]
            throw error
          })()
        }
        const session = { closed: false } as MailSession
        for await (const _ of fetchPiecewise({ session, withheld, row, part: 'body', uids: [1, 2], ask }));
      }
      await expect(run()).rejects.toBe(error)
      expect(asked).toBe(1)
    }
  })
})
