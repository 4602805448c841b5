import type { CalendarId } from '../../../../shared/features/calendar/model'
import type { AccountRoute } from '../../../../shared/features/network/model'
import type { Problem } from '../../../../shared/kit/status'

/** What is to be asked, and how. */
export type SubscriptionPlace = Readonly<{
  url: string
  /** Null where it cannot be read: then nothing is asked. */
  route: AccountRoute | null
  /** `host:port` each, beside that of the address. */
  follows: readonly string[]
  caPem: string | null
  /** Null: as the calendar suggests, or as usual. */
  intervalMs: number | null
}>

/** What the last answers were. */
export type SubscriptionState = Readonly<{
  suggestedMs: number | null
  /** Of the answer that is kept, with the address that gave it. */
  validators: Readonly<{ url: string; etag: string | null; lastModified: string | null }> | null
  /** The last answer held nothing, while there is something here: believed when it comes twice. */
  wasEmpty: boolean
  checkedAtMs: number | null
  changedAtMs: number | null
  /** Tries in a row that failed. */
  failures: number
  problem: Problem | null
  leftOut: number
}>

export type SubscriptionRow = SubscriptionPlace &
  Readonly<{ calendarId: CalendarId; nextAtMs: number; state: SubscriptionState }>

/** Calendars that are read from an address. */
export type SubscriptionStore = {
  list(): readonly SubscriptionRow[]
  get(id: CalendarId): SubscriptionRow | null
  /** With its calendar, which can only be read. */
  add(calendar: Readonly<{ name: string; colour: string }>, place: SubscriptionPlace): CalendarId
  /** Another address, way or authority forgets the validators. */
  change(id: CalendarId, change: Partial<SubscriptionPlace>, nextAtMs: number): void
  keepState(id: CalendarId, state: SubscriptionState, nextAtMs: number): void
}
