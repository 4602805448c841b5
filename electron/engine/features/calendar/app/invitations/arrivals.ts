import type { MessageId } from '../../../../../../shared/kit/ids'
import { toFailure } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import { type TakeInContext, takeIn } from './take-in'

/** Messages that wait to be looked at; beyond it the oldest mail of a first sync is left for when it is opened. */
const mostWaiting = 5_000

/** Takes in answers and cancellations as they arrive. */
export type InvitationArrivals = Readonly<{
  /** Messages whose bodies were just stored. Returns at once. */
  note(bodies: readonly { id: MessageId; raw: Uint8Array }[]): void
  /** Resolves when everything noted so far was looked at. */
  settled(): Promise<void>
}>

/** A calendar part says so in the clear; one inside an encrypted message is taken in when that is opened. */
const mayInvite = (raw: Uint8Array): boolean =>
  /text\/calendar|application\/ics|ms-tnef|winmail\.dat/i.test(
    Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1', 0, 2_000_000),
  )

/** `context`: asked for when the first message waits; the engine is whole by then. */
export function createInvitationArrivals(context: () => TakeInContext & Needs<'log'>): InvitationArrivals {
  const waiting: MessageId[] = []
  let working: Promise<void> | null = null
  const work = async (): Promise<void> => {
    // Behind the transaction that stored them.
    await new Promise(resolve => setImmediate(resolve))
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        await takeIn(context(), next, 'UTC')
      } catch (error) {
        context().log.warn('an invitation was not looked at', { code: toFailure(error).code })
      }
      await new Promise(resolve => setImmediate(resolve))
    }
    working = null
  }
  return {
    note: bodies => {
      for (const { id, raw } of bodies) if (waiting.length < mostWaiting && mayInvite(raw)) waiting.push(id)
      if (waiting.length > 0) working ??= work()
    },
    settled: async () => {
      while (working !== null) await working
    },
  }
}
