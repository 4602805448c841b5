import type { EventWhen } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { EventTime } from '../event/times'
import { readTimeValue, type TimeValue, writeTimeValue } from '../recurrence/time-value'
import { dayMs, dayOf } from '../recurrence/times/civil-days'
import { toInstant, toWall, utc, type Zone } from '../recurrence/zones/zone'
import { type Line, makeLine, type Parameter } from '../text/content-line'
import { zoneNamed } from '../zones/find-zone'

/** A time with the TZID that it is written by; null for UTC, floating times and dates. */
export type WrittenTime = Readonly<{ value: TimeValue; tzid: string | null }>

/** A time that a person gave. Throws `event-date-impossible`, `event-zone-unknown`. */
export function writtenTime(when: EventWhen): WrittenTime {
  const plain = when.at.replace(/[-:]/g, '')
  const value = readTimeValue(plain.includes('T') ? plain.padEnd(15, '0') : plain)
  if (value === undefined) throw new SiegelError('event-date-impossible', { detail: when.at })
  if (value.form === 'date' || when.zone === null) return { value, tzid: null }
  if (when.zone === 'UTC' || when.zone === 'Etc/UTC') return { value: { ...value, form: 'utc' }, tzid: null }
  const zone = zoneNamed(when.zone)
  if (zone === undefined) throw new SiegelError('event-zone-unknown', { detail: when.zone })
  return { value: { form: 'local', wallMs: value.wallMs, zone }, tzid: zone.name }
}

/** The time as it stands in an object already. */
export const asWritten = ({ value, tzid }: EventTime): WrittenTime => ({
  value,
  tzid: value.form === 'local' ? tzid : null,
})

/** A line of one time. */
export function timeLine(name: string, { value, tzid }: WrittenTime, more: readonly Parameter[] = []): Line {
  const own: Parameter[] =
    value.form === 'date'
      ? [{ name: 'VALUE', values: ['DATE'] }]
      : tzid === null
        ? []
        : [{ name: 'TZID', values: [tzid] }]
  return makeLine(name, writeTimeValue(value), [...own, ...more])
}

/** The zone whose clocks a value is read by; floating times and dates count as if in UTC. */
export const zoneOf = (value: TimeValue): Zone => (value.form === 'local' ? (value.zone ?? utc) : utc)

/** What the clocks of a zone show at a value. */
export const wallIn = (value: TimeValue, zone: Zone): number =>
  value.form === 'date' || (value.form === 'local' && value.zone === undefined) || zoneOf(value) === zone
    ? value.wallMs
    : toWall(zone, toInstant(zoneOf(value), value.wallMs).instantMs)

/** The value in the form and zone of another one, by what the wall shows. */
export function likeWall(model: WrittenTime, wallMs: number): WrittenTime {
  const { value, tzid } = model
  if (value.form === 'date') return { value: { form: 'date', wallMs: dayOf(wallMs) * dayMs }, tzid }
  return { value: { ...value, wallMs }, tzid }
}

/** A series moved on the wall: from its old start to its new one. */
export type Shift = Readonly<{ from: WrittenTime; to: WrittenTime }>

export const isNoShift = ({ from, to }: Shift): boolean =>
  from.tzid === to.tzid && from.value.form === to.value.form && from.value.wallMs === to.value.wallMs

/**
 * A time that names an instance (RECURRENCE-ID, EXDATE, RDATE), moved with its series: by the same time on the wall in the zone of the
 * series, and written in that zone. The hours between the clocks do not count: 09:00 stays 09:00 on both sides of a change.
 */
export function shifted(value: TimeValue, { from, to }: Shift): WrittenTime {
  const wall = wallIn(value, zoneOf(from.value))
  // A mere day that names what begins on it stays one, whatever time that begins at.
  if (value.form === 'date' && from.value.form !== 'date') {
    const days = dayOf(to.value.wallMs) - dayOf(from.value.wallMs)
    return { value: { form: 'date', wallMs: value.wallMs + days * dayMs }, tzid: null }
  }
  return likeWall(to, wall + to.value.wallMs - from.value.wallMs)
}

/** The instant at which a value of `to`'s form lies; floating times and dates as if in UTC. */
export const atInstant = (value: TimeValue): number =>
  value.form === 'utc' ? value.wallMs : toInstant(zoneOf(value), value.wallMs).instantMs
