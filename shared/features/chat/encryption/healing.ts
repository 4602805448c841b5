/** When something is sent by itself to keep sessions working: never before catch-up is over, and never often. */
import type { OmemoRefusal } from '../../../ipc/vault/omemo-calls'

const hourMs = 3_600_000
/** After that many doublings the pause stays at a week. */
const longestPauseMs = 7 * 24 * hourMs

/** Stored for each device; gone with the next message of it that could be read. */
export type HealingMemory = Readonly<{ attempts: number; lastAtMs: number }>

/** What a new session can help with. The rest is silent, an alarm, or the sender's fault. */
const curable: ReadonlySet<OmemoRefusal> = new Set<OmemoRefusal>([
  'no-session',
  'not-opened',
  'too-far',
  'unknown-prekey',
  'state-damaged',
])

const isCurable = (reason: OmemoRefusal): boolean => curable.has(reason)

/** How long after an attempt the next one waits: 1 hour, 2, 4 ... a week. */
const pauseMs = (attempts: number): number =>
  attempts === 0 ? 0 : Math.min(longestPauseMs, hourMs * 2 ** (Math.min(attempts, 30) - 1))

/** When the next attempt may be made. A clock that was set back does not hold it up for longer than the pause. */
export const healableAtMs = (memory: HealingMemory | null, nowMs: number): number =>
  memory === null || nowMs < memory.lastAtMs ? nowMs : memory.lastAtMs + pauseMs(memory.attempts)

export type Healing = 'never' | 'after-catch-up' | 'later' | 'now'

/**
 * Whether a new session is built with a device, and an empty message sent over it, because its message could not be read. One device is healed once
 * for however many messages. `isKnown`: in the roster, written to before, or an own device; strangers cannot make this program speak.
 */
export function whenToHeal({
  reason,
  isKnown,
  isCatchingUp,
  memory,
  nowMs,
}: Readonly<{
  reason: OmemoRefusal
  isKnown: boolean
  isCatchingUp: boolean
  memory: HealingMemory | null
  nowMs: number
}>): Healing {
  if (!isKnown || !isCurable(reason)) return 'never'
  if (isCatchingUp) return 'after-catch-up'
  return healableAtMs(memory, nowMs) <= nowMs ? 'now' : 'later'
}

export const afterHealing = (memory: HealingMemory | null, nowMs: number): HealingMemory => ({
  attempts: (memory?.attempts ?? 0) + 1,
  lastAtMs: nowMs,
})

/** XEP-0384 0.8 §6: a message with this number or a higher one in its chain is answered, so that the ratchet turns. */
const heartbeatCounter = 53

/** `remembered`: the chain that was answered last, stored for the device. */
export const heartbeatDue = (
  { chain, counter }: Readonly<{ chain: string; counter: number }>,
  remembered: string | null,
): boolean => counter >= heartbeatCounter && chain !== remembered

/** Whether a session that another device began is answered with an empty message: once, after catch-up, and not to strangers. */
export const answerDue = ({
  isNewSession,
  isKnown,
  isCatchingUp,
}: Readonly<{ isNewSession: boolean; isKnown: boolean; isCatchingUp: boolean }>): boolean =>
  isNewSession && isKnown && !isCatchingUp
