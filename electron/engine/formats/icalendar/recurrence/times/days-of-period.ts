import type { RecurrenceRule, Skip } from '../rule/rule'
import { civilOf, dayNumber, monthLength, weekdayOf, yearLength } from './civil-days'
import { withDays } from './completed-rule'
import { dayTest } from './day-limits'

/** The days of a week, month or year that a rule takes, ascending. `index` counts periods from DTSTART's, the interval counted in. */
export type PeriodDays = Readonly<{
  /** The first day of a period. */
  startOf: (index: number) => number
  /** The last period that begins on that day or before it. */
  indexAt: (day: number) => number
  daysOf: (index: number) => readonly number[]
  /** What looking through one period costs, in days. */
  cost: number
}>

/** The day at a place of a period, counted from its end if negative; one that is not there is moved as SKIP says, or left out. */
function dayAt(first: number, length: number, place: number, skip: Skip): number | undefined {
  const offset = place > 0 ? place - 1 : length + place
  if (offset >= 0 && offset < length) return first + offset
  if (skip === 'OMIT') return undefined
  if (offset < 0) return skip === 'FORWARD' ? first : first - 1
  return skip === 'FORWARD' ? first + length : first + length - 1
}

const sorted = (days: Iterable<number>): number[] => [...new Set(days)].sort((left, right) => left - right)

const span = (first: number, length: number): number[] => Array.from({ length }, (_, at) => first + at)

function weeks(rule: RecurrenceRule, startDay: number): PeriodDays {
  const first = startDay - ((weekdayOf(startDay) - rule.weekStart + 7) % 7)
  const step = 7 * rule.interval
  const { byDay = [], byMonth, byMonthDay, byYearDay, byWeekNumber } = rule
  // Nearly all rules there are: the same days in every week.
  const places = sorted(byDay.map(({ weekday }) => (weekday - rule.weekStart + 7) % 7))
  const isWanted = byMonth || byMonthDay || byYearDay || byWeekNumber ? dayTest(rule) : undefined
  const startOf = (index: number) => first + index * step
  return {
    startOf,
    indexAt: day => Math.floor((day - first) / step),
    daysOf: index =>
      isWanted ? span(startOf(index), 7).filter(isWanted) : places.map(place => startOf(index) + place),
    cost: isWanted ? 7 : places.length,
  }
}

function months(rule: RecurrenceRule, startDay: number): PeriodDays {
  const start = civilOf(startDay)
  const firstMonth = start.year * 12 + start.month - 1
  const { byMonth, byMonthDay, skip } = rule
  const chosenMonths = byMonth && new Set(byMonth)
  const places = byMonthDay && [...new Set(byMonthDay)]
  const isWanted = dayTest(rule, new Set(['byMonth', 'byMonthDay']))
  const monthAt = (index: number) => {
    const number = firstMonth + index * rule.interval
    return { year: Math.floor(number / 12), month: (number % 12) + 1 }
  }
  const startOf = (index: number) => {
    const { year, month } = monthAt(index)
    return dayNumber(year, month, 1)
  }
  return {
    startOf,
    indexAt: day => {
      const { year, month } = civilOf(day)
      return Math.floor((year * 12 + month - 1 - firstMonth) / rule.interval)
    },
    daysOf: index => {
      const { year, month } = monthAt(index)
      if (chosenMonths && !chosenMonths.has(month)) return []
      const first = dayNumber(year, month, 1)
      const length = monthLength(year, month)
      if (!places) return span(first, length).filter(isWanted)
      return sorted(places.flatMap(place => dayAt(first, length, place, skip) ?? [])).filter(isWanted)
    },
    cost: places ? places.length : 31,
  }
}

const everyMonth = Array.from({ length: 12 }, (_, at) => at + 1)

function years(rule: RecurrenceRule, startDay: number): PeriodDays {
  const firstYear = civilOf(startDay).year
  const { byMonth, skip } = rule
  const byMonthDay = rule.byMonthDay && [...new Set(rule.byMonthDay)]
  const byYearDay = rule.byYearDay && [...new Set(rule.byYearDay)]
  const chosenMonths = byMonth ? sorted(byMonth) : everyMonth
  // What the days are made of is not asked again: SKIP has moved them (RFC 7529 §4.1: before BYDAY and what follows it).
  const isWanted = dayTest(
    rule,
    new Set(byMonthDay ? ['byMonth', 'byMonthDay'] : byYearDay ? ['byYearDay'] : ['byMonth']),
  )
  const startOf = (index: number) => dayNumber(firstYear + index * rule.interval, 1, 1)
  const candidates = (year: number): number[] => {
    if (byYearDay && !byMonthDay)
      return sorted(
        byYearDay.flatMap(place => dayAt(dayNumber(year, 1, 1), yearLength(year), place, skip) ?? []),
      )
    return chosenMonths.flatMap(month => {
      const first = dayNumber(year, month, 1)
      const length = monthLength(year, month)
      if (!byMonthDay) return span(first, length)
      return byMonthDay.flatMap(place => dayAt(first, length, place, skip) ?? [])
    })
  }
  return {
    startOf,
    indexAt: day => Math.floor((civilOf(day).year - firstYear) / rule.interval),
    daysOf: index => {
      const days = candidates(firstYear + index * rule.interval).filter(isWanted)
      return byMonthDay ? sorted(days) : days
    },
    cost: byMonthDay ? byMonthDay.length * chosenMonths.length : byYearDay ? byYearDay.length : 366,
  }
}

/** The periods of a weekly, monthly or yearly rule, whose DTSTART lies on `startDay`. */
export function periodDays(rule: RecurrenceRule, startDay: number): PeriodDays {
  const whole = withDays(rule, startDay)
  if (rule.frequency === 'WEEKLY') return weeks(whole, startDay)
  return rule.frequency === 'MONTHLY' ? months(whole, startDay) : years(whole, startDay)
}
