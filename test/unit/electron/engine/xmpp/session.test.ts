import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ackedWith,
  distance,
  HandledCount,
  wrapped,
} from '../../../../../electron/engine/xmpp/session/counter'
import { Pulse } from '../../../../../electron/engine/xmpp/session/pulse'
import type { SiegelError } from '../../../../../shared/kit/result'
import { turnsOfTheLoop } from '../../../../support/until'

describe('counting as XEP-0198 does', () => {
  it('goes on over 2^32', () => {
    const start = 2 ** 32 - 2
    expect(ackedWith(1, start, start + 5)).toBe(start + 3)
    expect(ackedWith(4, start, start + 5)).toBeNull()
    expect(ackedWith(wrapped(start - 1), start, start + 5)).toBeNull()
    expect(distance(2 ** 32 - 1, 0)).toBe(1)
  })
  it('believes what lies between what was acknowledged and what was sent, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2 ** 40 }),
        fc.nat({ max: 5_000 }),
        fc.nat({ max: 2 ** 32 - 1 }),
        (acked, open, h) => {
          const found = ackedWith(h, acked, acked + open)
          if (found === null) expect(distance(wrapped(acked), h)).toBeGreaterThan(open)
          else {
            expect(wrapped(found)).toBe(h)
            expect(found >= acked && found <= acked + open).toBe(true)
          }
        },
      ),
    )
  })
  it('rises over what is done without a gap, in whatever order it is done', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8]), done => {
        const count = new HandledCount(0)
        for (let at = 0; at < 8; at++) count.receive()
        for (const number of done) count.done(number)
        const missing = [1, 2, 3, 4, 5, 6, 7, 8].find(number => !done.includes(number)) ?? 9
        expect(count.handled).toBe(missing - 1)
      }),
    )
  })
})

describe('the pulse of a stream', () => {
  const start = (isSlow = false) => {
    let nowMs = 0
    const sleeping = new Set<{ endMs: number; wake: () => void }>()
    const probes: number[] = []
    const deaths: SiegelError[] = []
    const pulse = new Pulse({
      clock: {
        now: () => nowMs,
        sleep: (ms, signal) =>
          new Promise((resolve, reject) => {
            const entry = { endMs: nowMs + ms, wake: resolve }
            sleeping.add(entry)
            signal?.addEventListener('abort', () => {
              sleeping.delete(entry)
              reject(new Error('cancelled'))
            })
          }),
      },
      isSlow,
      probe: () => probes.push(nowMs),
      dead: error => deaths.push(error),
    })
    const pass = async (ms: number) => {
      nowMs += ms
      for (const entry of [...sleeping])
        if (entry.endMs <= nowMs) {
          sleeping.delete(entry)
          entry.wake()
        }
      await turnsOfTheLoop()
    }
    pulse.start()
    return { pulse, pass, probes, deaths }
  }
  it('is felt after five quiet minutes, and missed half a minute later', async () => {
    const { pass, probes, deaths } = start()
    await pass(299_000)
    expect(probes).toEqual([])
    await pass(1_000)
    expect(probes).toEqual([300_000])
    await pass(29_000)
    expect(deaths).toEqual([])
    await pass(1_000)
    expect(deaths).toMatchObject([{ code: 'connection-lost' }])
  })
  it('that is felt goes on', async () => {
    const { pulse, pass, probes, deaths } = start()
    pulse.ask()
    await pass(10_000)
    pulse.heard()
    pulse.answered()
    await pass(30_000)
    await pass(200_000)
    expect([probes.length, deaths.length]).toEqual([1, 0])
    pulse.ask()
    pulse.ask()
    expect(probes).toHaveLength(2)
  })
  it('takes twice as long through a proxy, and nothing after the end', async () => {
    const { pulse, pass, deaths } = start(true)
    pulse.ask()
    await pass(59_000)
    expect(deaths).toEqual([])
    pulse.stop()
    await pass(10_000)
    expect(deaths).toEqual([])
  })
})
