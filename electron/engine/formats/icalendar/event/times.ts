import { type Length, lengthOf } from '../recurrence/length'
import { readTimeValue, type TimeValue } from '../recurrence/time-value'
import { dayMs } from '../recurrence/times/civil-days'
import { toInstant, utc, type Zone } from '../recurrence/zones/zone'
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
 * How long a component lasts (see `lengthOf` of the recurrence engine). Where both its times are floating the reader's zone would have to
 * be known, so what the wall shows counts: days, and hours beside them.
 */
export function lasting(start: TimeValue, end: TimeValue | undefined, duration: string | undefined): Length {
  const isFloating = start.form === 'local' && start.zone === undefined
  if (isFloating && end && end.form !== 'utc') return nominal(Math.max(0, end.wallMs - start.wallMs))
  const zone = (start.form === 'local' ? start.zone : undefined) ?? utc
  return lengthOf(start, { end, duration: duration === undefined ? undefined : readDuration(duration) }, zone)
}
