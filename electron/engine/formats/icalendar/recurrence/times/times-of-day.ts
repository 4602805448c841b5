import type { RecurrenceRule } from '../rule/rule'
import { dayMs } from './civil-days'

const numbers = (list: readonly number[]): number[] => [...new Set(list)].sort((left, right) => left - right)

/** Seconds that a rule names, ascending; the leap second is the one before it. */
const seconds = (list: readonly number[]): number[] => numbers(list.map(each => Math.min(each, 59)))

/**
 * The times, in milliseconds from a period's start, at which instances lie in a period of this length: what BYHOUR, BYMINUTE
 * and BYSECOND expand, and what DTSTART says where they are silent. At most 86,400.
 */
export function timesWithin(rule: RecurrenceRule, startMs: number, periodMs: number): number[] {
  const inDay = ((startMs % dayMs) + dayMs) % dayMs
  const startSecond = Math.floor(inDay / 1000)
  const hours = periodMs >= dayMs ? numbers(rule.byHour ?? [Math.floor(startSecond / 3600)]) : [0]
  const minutes = periodMs >= 3_600_000 ? numbers(rule.byMinute ?? [Math.floor(startSecond / 60) % 60]) : [0]
  const secondsHere = periodMs >= 60_000 ? seconds(rule.bySecond ?? [startSecond % 60]) : [0]
  return hours.flatMap(hour =>
    minutes.flatMap(minute => secondsHere.map(second => ((hour * 60 + minute) * 60 + second) * 1000)),
  )
}
