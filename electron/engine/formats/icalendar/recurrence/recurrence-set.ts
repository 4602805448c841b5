import type { RecurrenceRule } from './rule'
import type { TimeValue } from './time-value'
import type { Zone } from './zone'

/** How long an instance lasts: days of the calendar, then milliseconds exactly (RFC 5545 §3.3.6). DTEND gives milliseconds. */
export type Length = Readonly<{ days: number; ms: number }>

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

/** All that says when a component takes place (RFC 5545 §3.8.5). */
export type RecurrenceSet<Component> = Readonly<{
  start: TimeValue
  length: Length
  /** The zone of DTSTART; of the reader where DTSTART is floating or a date. */
  zone: Zone
  rules: readonly RecurrenceRule[]
  /** RDATE; with a length of its own where it is a PERIOD. */
  dates: readonly Readonly<{ start: TimeValue; length?: Length }>[]
  /** EXDATE. */
  excluded: readonly TimeValue[]
  overrides: readonly Override<Component>[]
}>

export type Instance<Component> = Readonly<{
  /** The instant (for a DATE: midnight as in UTC) that names the instance, as in RECURRENCE-ID. */
  id: number
  /** Instants; `endMs` is the first that no longer belongs to it. */
  startMs: number
  endMs: number
  /** What the clocks of the zone show at its start (see TimeValue). */
  startWallMs: number
  /** The override that it comes from; absent for the series itself. */
  override?: Override<Component>
}>
