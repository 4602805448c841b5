import type { Budget } from '../budget'
import type { Frequency, RecurrenceRule } from '../rule/rule'
import { civilOf, dayMs, dayNumber, dayOf } from './civil-days'
import { dayTest } from './day-limits'
import { type Grid, type Next, picker, readGrids } from './grid'
import { timesWithin } from './times-of-day'
import type { WallSpan } from './wall-span'

const units: Partial<Record<Frequency, number>> = {
  SECONDLY: 1000,
  MINUTELY: 60_000,
  HOURLY: 3_600_000,
  DAILY: dayMs,
}

/** The length of a rule's period in milliseconds of the wall clock, the interval not counted in; undefined from weeks on. */
export const stepUnitOf = ({ frequency }: RecurrenceRule): number | undefined => units[frequency]

/** Where the first day of the next month begins. */
function nextMonth(day: number): number {
  const { year, month } = civilOf(day)
  return month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)
}

/** The first day from this one on that the day parts of a rule may take, looking no farther than to the end of the month. */
function dayFinder(rule: RecurrenceRule): (day: number) => number {
  const { byMonth, byWeekNumber, byYearDay, byMonthDay, byDay } = rule
  if (!(byMonth ?? byWeekNumber ?? byYearDay ?? byMonthDay ?? byDay)) return day => day
  const months = byMonth && new Set(byMonth)
  const isWanted = dayTest(rule)
  // Steps of a second ask about one day 86,400 times.
  let asked = Number.NaN
  let found = 0
  return day => {
    if (day === asked) return found
    asked = day
    if (months && !months.has(civilOf(day).month)) found = nextMonth(day)
    else found = isWanted(day) ? day : day + 1
    return found
  }
}

const setOf = (list: readonly number[] | undefined): ReadonlySet<number> | undefined => list && new Set(list)

/** The moment before which a rule takes nothing; the given one if it takes that. */
function momentFinder(rule: RecurrenceRule, unitMs: number): (at: number) => number {
  const dayFrom = dayFinder(rule)
  const hours = unitMs < dayMs ? setOf(rule.byHour) : undefined
  const minutes = unitMs < 3_600_000 ? setOf(rule.byMinute) : undefined
  const seconds = unitMs < 60_000 ? setOf(rule.bySecond?.map(each => Math.min(each, 59))) : undefined
  return at => {
    const day = dayOf(at)
    const from = dayFrom(day)
    if (from !== day) return from * dayMs
    if (!hours && !minutes && !seconds) return at
    const second = Math.floor((at - day * dayMs) / 1000)
    const hour = Math.floor(second / 3600)
    if (hours && !hours.has(hour)) return day * dayMs + (hour + 1) * 3_600_000
    const minute = Math.floor(second / 60)
    if (minutes && !minutes.has(minute % 60)) return day * dayMs + (minute + 1) * 60_000
    return seconds && !seconds.has(second % 60) ? at + 1000 : at
  }
}

/** Rules by the second, minute, hour and day: equal steps of the wall clock, over what is not wanted in one leap. */
export function stepTimes(
  rule: RecurrenceRule,
  startMs: number,
  { fromMs, toMs }: WallSpan,
  { budget, unitMs }: { budget: Budget; unitMs: number },
): Next<number> {
  const stepMs = unitMs * rule.interval
  const first = Math.floor(startMs / unitMs) * unitMs
  const atOrAfter = (ms: number) => first + Math.max(0, Math.ceil((ms - first) / stepMs)) * stepMs
  const times = timesWithin(rule, startMs, unitMs)
  const pick = picker(rule)
  const wantedFrom = momentFinder(rule, unitMs)
  let at = atOrAfter(Math.max(startMs, fromMs) - unitMs)
  const nextBase = (): number | undefined => {
    while (at <= toMs && budget.spend()) {
      const from = wantedFrom(at)
      if (from === at) {
        at += stepMs
        return from
      }
      at = atOrAfter(from)
    }
    return undefined
  }
  if (times.length === 1 && !rule.bySetPosition) {
    const [time = 0] = times
    return () => {
      const base = nextBase()
      return base === undefined ? undefined : base + time
    }
  }
  return readGrids((): Grid | undefined => {
    const base = nextBase()
    return base === undefined ? undefined : pick({ bases: [base], times })
  })
}
