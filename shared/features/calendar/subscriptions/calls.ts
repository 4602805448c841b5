import { z } from 'zod'
import { type Calls, done, nothing } from '../../../ipc/call'
import { problem } from '../../../kit/status'
import { accountRoute } from '../../network/model'
import { calendarColour, calendarId } from '../model'
import { agreedPlace, calendarSubscription, longestMinutes, refreshOutcome, shortestMinutes } from './model'

const url = z.string().min(1).max(4_000)
const follows = z.array(agreedPlace).max(5)
const intervalMinutes = z.number().int().min(shortestMinutes).max(longestMinutes).nullable()
/** Certificates of authorities beside those of the system. */
const caPem = z.string().max(100_000).nullable()

/** Calendars that are published at an address. They are read and never written; `calendars.remove` ends a subscription. */
export const subscriptionCalls = {
  'subscriptions.list': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(calendarSubscription),
  },
  /**
   * Asks the address, and keeps what it gives as a calendar. Nothing is added where it gives none; offline it is added and waits.
   * Throws `subscription-address`, `subscription-there-already`, `subscription-moved` (to be called again with that place in `follows`),
   * `subscription-gone`, `subscription-login`, `subscription-page`, `calendar-unreadable`, `too-large` and those of the gate.
   */
  'subscriptions.add': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      url,
      follows,
      /** Null: as the calendar calls itself. */
      name: z.string().trim().min(1).max(200).nullable(),
      colour: calendarColour.nullable(),
      intervalMinutes,
      route: accountRoute,
      caPem,
    }),
    out: z.object({ calendarId, outcome: refreshOutcome }),
  },
  /** Another address or way forgets what the server gave to tell visits apart. */
  'subscriptions.change': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      calendarId,
      url: url.optional(),
      follows: follows.optional(),
      intervalMinutes: intervalMinutes.optional(),
      route: accountRoute.optional(),
      caPem: caPem.optional(),
    }),
    out: done,
  },
  /** Now, one or all; what fails is told and not thrown. */
  'subscriptions.refresh': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ calendarId: calendarId.nullable() }),
    out: z.array(z.object({ calendarId, outcome: refreshOutcome, problem: problem.nullable() })),
  },
} as const satisfies Calls
