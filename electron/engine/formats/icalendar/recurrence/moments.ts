import type { TimeValue } from './time-value'
import { dayMs, dayOf } from './times/civil-days'
import { toInstant, toWall, type Zone } from './zones/zone'

/** A moment on the wall of a zone, as it is written, and as an instant. In a gap no clock ever shows the wall time. */
export type Moment = Readonly<{ wallMs: number; instantMs: number; isInGap: boolean }>

export const momentAt = (zone: Zone, wallMs: number): Moment => ({ wallMs, ...toInstant(zone, wallMs) })

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
 * What names an instance of a series: its instant, or for a series of dates its day. `day` is set where a mere date is given
 * for a timed series: it names whatever begins on that day.
 */
export function nameOf(value: TimeValue, zone: Zone, isOfDates: boolean): { id?: number; day?: number } {
  if (isOfDates) return { id: dayOf(value.wallMs) * dayMs }
  return value.form === 'date' ? { day: dayOf(value.wallMs) } : { id: momentOf(value, zone).instantMs }
}
