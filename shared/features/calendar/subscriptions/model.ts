import { z } from 'zod'
import { problem } from '../../../kit/status'
import { shownRoute } from '../../network/model'
import { calendarId } from '../model'

/** How often a calendar is asked for at most, and at least. */
export const shortestMinutes = 15
export const longestMinutes = 30 * 24 * 60
/** Where neither the person nor the calendar says how often. */
export const usualMinutes = 6 * 60

/** `host:port`, which an address led to and which the person agreed to. */
export const agreedPlace = z.string().min(3).max(270)

/** A calendar that is published at an address and read from there. */
export const calendarSubscription = z.object({
  calendarId,
  url: z.string().max(5_000),
  /** The way that was chosen; everything through Tor counts before it. */
  route: shownRoute,
  /** Places beside that of the address which may be followed to. */
  follows: z.array(agreedPlace),
  /** As chosen; null: as the calendar suggests, or as usual. */
  intervalMinutes: z.number().int().nullable(),
  suggestedMinutes: z.number().int().nullable(),
  /** When it was asked for last and answered; null: not yet. */
  checkedAtMs: z.number().nullable(),
  /** When something in it was another than before. */
  changedAtMs: z.number().nullable(),
  nextAtMs: z.number(),
  /** Why the last try failed; what came before is still shown. */
  problem: problem.nullable(),
  /** Entries that were not taken: too large, or without a time. */
  leftOut: z.number().int(),
})
export type CalendarSubscription = z.infer<typeof calendarSubscription>

/** What came of asking once. `waits`: offline. */
export const refreshOutcome = z.enum(['changed', 'unchanged', 'failed', 'waits'])
export type RefreshOutcome = z.infer<typeof refreshOutcome>
