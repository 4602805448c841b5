import type { Day } from '../time/day'
import { minutesOfDay, type ZoneClock } from '../time/zone-clock'

/** What the clock of another zone shows at each hour of a day, in minutes since its midnight. */
export const hoursElsewhere = (day: Day, here: ZoneClock, there: ZoneClock): readonly number[] =>
  Array.from({ length: 24 }, (_, hour) => there.minuteAt(here.at(day, hour * 60)))

/** Where the line of now lies, as a fraction of the day's height; null on another day. */
export const nowLine = (day: Day, nowMs: number, clock: ZoneClock): number | null =>
  clock.dayAt(nowMs) === day ? clock.minuteAt(nowMs) / minutesOfDay : null
