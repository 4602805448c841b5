import { CalendarDateTime, fromAbsolute, toCalendarDateTime, toZoned } from '@internationalized/date'
import { type Day, partsOf } from './day'

const minuteMs = 60_000
/** Of a day on whose clock nothing changes. */
export const minutesOfDay = 1440

/**
 * The clock on the wall of one time zone. Days and minutes are fields of the calendar there: a day may have 23 or 25 hours, begin
 * at one o'clock, or be left out altogether.
 */
export class ZoneClock {
  readonly zone: string
  readonly #starts = new Map<Day, number>()

  constructor(zone: string) {
    this.zone = zone
  }

  /** The moment of a time on the clock. A time that is skipped counts as so much later, one that comes twice is the first. */
  at(day: Day, minute: number): number {
    const { year, month, day: dayOfMonth } = partsOf(day)
    const wall = new CalendarDateTime(year, month, dayOfMonth).add({ minutes: minute })
    return toZoned(wall, this.zone, 'compatible').toDate().getTime()
  }

  /** The first moment of a day. */
  startOf(day: Day): number {
    const known = this.#starts.get(day)
    if (known !== undefined) return known
    const start = this.at(day, 0)
    this.#starts.set(day, start)
    return start
  }

  /** Minutes that pass on this day: 1380 or 1500 where the clock changes by an hour. */
  lengthOf(day: Day): number {
    return (this.startOf(day + 1) - this.startOf(day)) / minuteMs
  }

  dayAt(ms: number): Day {
    // No zone is farther than a day from UTC.
    const utc = Math.floor(ms / (minutesOfDay * minuteMs))
    return [utc + 1, utc].find(day => this.startOf(day) <= ms) ?? utc - 1
  }

  /** What the clock shows, in minutes since its midnight. */
  minuteAt(ms: number): number {
    const day = this.dayAt(ms)
    if (this.lengthOf(day) === minutesOfDay) return Math.floor((ms - this.startOf(day)) / minuteMs)
    const { hour, minute } = toCalendarDateTime(fromAbsolute(ms, this.zone))
    return hour * 60 + minute
  }

  /** The day before which something that ends at this moment is over: one that ends at midnight is not on the next day. */
  lastDayBefore(endMs: number, startMs: number): Day {
    return this.dayAt(Math.max(startMs, endMs - 1))
  }
}
