import type { TimeValue } from './time-value'
import { dayMs, dayOf } from './times/civil-days'
import { toInstant, toWall, type Zone } from './zones/zone'

/** A moment on the wall of a zone, as it is written, and as an instant. In a gap no clock ever shows the wall time. */
export type Moment = Readonly<{ wallMs: number; instantMs: number; isInGap: boolean }>

export function momentAt(zone: Zone, wallMs: number): Moment {
  const { instantMs, isInGap } = toInstant(zone, wallMs)
  return { wallMs, instantMs, isInGap }
}

/** Where a value lies in a zone: UTC and foreign zones by their instant, dates at their midnight. */
export function momentOf(value: TimeValue, zone: Zone): Moment {
  if (value.form === 'utc')
    return { wallMs: toWall(zone, value.wallMs), instantMs: value.wallMs, isInGap: false }
  if (value.form === 'date' || value.zone === undefined || value.zone === zone)
    return momentAt(zone, value.wallMs)
  const { instantMs } = toInstant(value.zone, value.wallMs)
  return { wallMs: toWall(zone, instantMs), instantMs, isInGap: false }
}

/**
 * The day that a value names in a series of dates. Some write such a day as an instant, midnight in their zone: it is taken so where it is midnight in this
 * one, and else by the date that stands there.
 */
export function dayNamed(value: TimeValue, zone: Zone): number {
  if (value.form === 'utc') {
    const wallMs = toWall(zone, value.wallMs)
    if (wallMs % dayMs === 0) return dayOf(wallMs)
  }
  return dayOf(value.wallMs)
}

/** The moment a value has in a series: of a series of dates the midnight of its day. */
export const momentIn = (value: TimeValue, zone: Zone, isOfDates: boolean): Moment =>
  isOfDates ? momentAt(zone, dayNamed(value, zone) * dayMs) : momentOf(value, zone)

/** What names an instance: its instant, or in a series of dates its midnight as in UTC. */
export const idOf = (moment: Moment, isOfDates: boolean): number =>
  isOfDates ? moment.wallMs : moment.instantMs

/**
 * What a value names (see `idOf`). `day` instead, where a mere date stands in a timed series: it names whatever begins on that day.
 */
export function nameOf(value: TimeValue, zone: Zone, isOfDates: boolean): { id?: number; day?: number } {
  if (value.form === 'date' && !isOfDates) return { day: dayOf(value.wallMs) }
  return { id: idOf(momentIn(value, zone, isOfDates), isOfDates) }
}

/** Names of instances, as EXDATE and RECURRENCE-ID hold them. */
export class Names {
  readonly #ids = new Set<number>()
  readonly #days = new Set<number>()
  readonly #zone: Zone
  readonly #isOfDates: boolean

  constructor(zone: Zone, isOfDates: boolean) {
    this.#zone = zone
    this.#isOfDates = isOfDates
  }

  add(value: TimeValue): void {
    const { id, day } = nameOf(value, this.#zone, this.#isOfDates)
    if (id !== undefined) this.#ids.add(id)
    if (day !== undefined) this.#days.add(day)
  }

  has(moment: Moment): boolean {
    if (this.#ids.size > 0 && this.#ids.has(idOf(moment, this.#isOfDates))) return true
    return this.#days.size > 0 && this.#days.has(dayOf(moment.wallMs))
  }
}
