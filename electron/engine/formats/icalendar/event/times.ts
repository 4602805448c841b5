import { dayMs, dayOf } from '../recurrence/civil-days'
import type { Length } from '../recurrence/recurrence-set'
import { readTimeValue, type TimeValue } from '../recurrence/time-value'
import { toInstant, utc, type Zone } from '../recurrence/zone'
import type { Component } from '../text/component'
import { type Property, parameterOf } from '../text/content-line'
import { readDuration } from '../text/values'
import { findZone, type ZoneNote } from '../zones/find-zone'

/** A time as it stands in an object, with the name that its zone goes by here. */
export type EventTime = Readonly<{
  value: TimeValue
  /** The zone of the tz database, or the name of a zone that only the object describes; null for UTC, floating times and dates. */
  zone: string | null
  /** The TZID as it was written, for what is written beside it. */
  tzid: string | null
  note?: ZoneNote
}>

/** Reads one value with the parameters of its property; undefined for what is no time (month 13, "tomorrow"). */
export function readTime(
  text: string,
  property: Pick<Property, 'parameters'>,
  vtimezones: readonly Component[],
): EventTime | undefined {
  const value = readTimeValue(text.trim())
  if (value === undefined) return undefined
  const tzid = parameterOf(property, 'TZID')
  // A TZID beside a date or a time in UTC says nothing (RFC 5545 §3.2.19).
  if (value.form !== 'local' || tzid === undefined) return { value, zone: null, tzid: null }
  const { zone, note } = findZone(tzid, vtimezones, value.wallMs)
  return {
    value: zone ? { ...value, zone } : value,
    zone: zone?.name ?? null,
    tzid,
    ...(note ? { note } : {}),
  }
}

/** The instant of a value; what is floating or a date lies in the zone given. */
export const instantOf = (value: TimeValue, floating: Zone = utc): number =>
  value.form === 'utc'
    ? value.wallMs
    : toInstant(value.form === 'local' ? (value.zone ?? floating) : floating, value.wallMs).instantMs

const nominal = (ms: number): Length => ({
  days: Math.floor(ms / dayMs),
  ms: ms - Math.floor(ms / dayMs) * dayMs,
})

/**
 * How long a component lasts (RFC 5545 §3.6.1): DTEND is exact where the zone is known, DURATION counts days of the calendar.
 * A date without an end, or with one that is not behind it, is one day; a time without one has no length.
 */
export function lengthOf(start: TimeValue, end: TimeValue | undefined, duration: string | undefined): Length {
  if (start.form === 'date') {
    if (end) return { days: Math.max(1, dayOf(end.wallMs) - dayOf(start.wallMs)), ms: 0 }
    const read = duration === undefined ? undefined : readDuration(duration)
    return { days: Math.max(1, read ? Math.ceil(read.days + read.ms / dayMs) : 1), ms: 0 }
  }
  if (end) {
    const isFloating = start.form === 'local' && start.zone === undefined
    // Where the reader's zone decides, the wall is all there is.
    if (isFloating && end.form !== 'utc') return nominal(Math.max(0, end.wallMs - start.wallMs))
    const zone = start.form === 'local' ? start.zone : undefined
    return { days: 0, ms: Math.max(0, instantOf(end, zone) - instantOf(start, zone)) }
  }
  const read = duration === undefined ? undefined : readDuration(duration)
  return read === undefined || read.days < 0 || read.ms < 0 ? { days: 0, ms: 0 } : read
}
