import { type Moment, momentOf } from './moments'
import type { TimeValue } from './time-value'
import { dayMs, dayOf } from './times/civil-days'
import { toInstant, toWall, type Zone } from './zones/zone'

/**
 * How long something lasts or how far off it is: days of the calendar, then milliseconds exactly (RFC 5545 §3.3.6). DTEND gives
 * milliseconds, P1D a day, PT24H milliseconds. Both are negative where a TRIGGER goes back.
 */
export type Length = Readonly<{ days: number; ms: number }>

/** Where something of this length ends: days on the wall first, then exact time. */
export function endOf(start: Moment, { days, ms }: Length, zone: Zone): number {
  return (days === 0 ? start.instantMs : toInstant(zone, start.wallMs + days * dayMs).instantMs) + ms
}

/** The instant that lies this far behind another (or before it, as TRIGGER has it), days counted on the clocks of a zone. */
export const offsetFrom = (instantMs: number, length: Length, zone: Zone): number =>
  endOf({ instantMs, wallMs: toWall(zone, instantMs), isInGap: false }, length, zone)

/**
 * How long an event lasts, of DTSTART with DTEND or DURATION or neither (RFC 5545 §3.6.1). A DATE lasts whole days, one at least, as that is what
 * is meant by DTEND = DTSTART or PT24H; a timed one without an end no time. An end that lies before the start counts as none.
 *
 * @param zone the zone of DTSTART, or of the reader where it is floating or a date
 */
export function lengthOf(
  start: TimeValue,
  { end, duration }: Readonly<{ end?: TimeValue | undefined; duration?: Length | undefined }>,
  zone: Zone,
): Length {
  if (start.form === 'date') {
    const days = end ? dayOf(end.wallMs) - dayOf(start.wallMs) : 0
    const exact = duration ? duration.days + Math.ceil(duration.ms / dayMs) : 0
    return { days: Math.max(1, end ? days : exact), ms: 0 }
  }
  if (end) {
    const ms = momentOf(end, zone).instantMs - momentOf(start, zone).instantMs
    return { days: 0, ms: Math.max(0, ms) }
  }
  return duration && duration.days >= 0 && duration.ms >= 0 ? duration : { days: 0, ms: 0 }
}

/** How far a length reaches at most, in milliseconds. */
export const sizeOf = ({ days, ms }: Length): number => Math.abs(days) * dayMs + Math.abs(ms)
