import type { Length } from './length'
import type { RecurrenceRule } from './rule/rule'
import type { TimeValue } from './time-value'
import type { Zone } from './zones/zone'

/** A component with RECURRENCE-ID. */
export type Override<Component> = Readonly<{
  id: TimeValue
  /** RANGE=THISANDFUTURE (§3.2.13): the later instances move by as much on the wall clock, and take its length. */
  isThisAndFuture: boolean
  start: TimeValue
  length: Length
  /** Of two with one id the higher SEQUENCE holds, then the later DTSTAMP. */
  sequence: number
  stampMs: number
  component: Component
}>

/**
 * All that says when a component takes place (RFC 5545 §3.8.5). DTSTART is the first instance also where no rule makes it, and counts. Without rules
 * and dates it is the only one.
 */
export type RecurrenceSet<Component> = Readonly<{
  start: TimeValue
  /** See `lengthOf` (length.ts). */
  length: Length
  /** The zone of DTSTART (`utc` where that ends in Z); of the reader where DTSTART is floating or a date. */
  zone: Zone
  rules: readonly RecurrenceRule[]
  /** RDATE; with a length of its own where it is a PERIOD. */
  dates: readonly Readonly<{ start: TimeValue; length?: Length }>[]
  /** EXDATE. */
  excluded: readonly TimeValue[]
  overrides: readonly Override<Component>[]
}>

/** One occurrence. Ordered by `startMs`; no `id` stands twice. */
export type Instance<Component> = Readonly<{
  /** The instant (for a series of dates: midnight as in UTC) that names the instance, as RECURRENCE-ID does. */
  id: number
  /** Instants; `endMs` is the first that no longer belongs to it. For all-day ones midnights of the set's zone. */
  startMs: number
  endMs: number
  /**
   * What the clocks of the set's zone show at its start and end, counted as if they were UTC's (see TimeValue). For all-day ones the midnights
   * of its first day and of the day behind its last: what to show, whatever the zone.
   */
  startWallMs: number
  endWallMs: number
  /** Whether it is of days: the series is, or its override. */
  isAllDay: boolean
  /** The override that it comes from; absent for the series itself. */
  override?: Override<Component>
}>
