import type { RecurrenceRule } from '../rule/rule'
import { civilOf, dayNumber, monthLength, weekdayOf, weekOf, yearLength } from './civil-days'

/** Whether a place, counted from 1, or the same place counted from the end, is in a list of both. */
const holds = (list: readonly number[], place: number, length: number): boolean =>
  list.includes(place) || list.includes(place - length - 1)

type DayTest = (day: number) => boolean

/** Where an ordinal of BYDAY counts: nowhere (every such day), in its month, or in its year (§3.3.10, notes 1 and 2). */
function ordinalSpan(rule: RecurrenceRule): 'none' | 'month' | 'year' {
  if (rule.frequency === 'MONTHLY') return 'month'
  if (rule.frequency !== 'YEARLY' || rule.byWeekNumber) return 'none'
  return rule.byMonth ? 'month' : 'year'
}

function byDayTest(rule: RecurrenceRule): DayTest | undefined {
  const { byDay } = rule
  if (!byDay) return undefined
  const span = ordinalSpan(rule)
  const every = new Set(
    byDay.filter(({ ordinal }) => ordinal === undefined || span === 'none').map(({ weekday }) => weekday),
  )
  const counted = byDay.filter(({ ordinal }) => ordinal !== undefined && span !== 'none')
  if (counted.length === 0) return day => every.has(weekdayOf(day))
  return day => {
    const weekday = weekdayOf(day)
    if (every.has(weekday)) return true
    const civil = civilOf(day)
    const length = span === 'month' ? monthLength(civil.year, civil.month) : yearLength(civil.year)
    const place = span === 'month' ? civil.day : day - dayNumber(civil.year, 1, 1) + 1
    const fromStart = Math.ceil(place / 7)
    const fromEnd = -Math.ceil((length - place + 1) / 7)
    return counted.some(
      each => each.weekday === weekday && (each.ordinal === fromStart || each.ordinal === fromEnd),
    )
  }
}

/** Parts of a rule that say which days, as one test; a part named in `done` has made the days already and is left out. */
export function dayTest(
  rule: RecurrenceRule,
  done: ReadonlySet<'byMonth' | 'byMonthDay' | 'byYearDay'> = new Set(),
): DayTest {
  const tests: DayTest[] = []
  const { byMonth, byMonthDay, byYearDay, byWeekNumber, weekStart } = rule
  if (byMonth && !done.has('byMonth')) tests.push(day => byMonth.includes(civilOf(day).month))
  const weekdays = byDayTest(rule)
  if (weekdays) tests.push(weekdays)
  if (byMonthDay && !done.has('byMonthDay'))
    tests.push(number => {
      const { year, month, day } = civilOf(number)
      return holds(byMonthDay, day, monthLength(year, month))
    })
  if (byYearDay && !done.has('byYearDay'))
    tests.push(day => {
      const { year } = civilOf(day)
      return holds(byYearDay, day - dayNumber(year, 1, 1) + 1, yearLength(year))
    })
  if (byWeekNumber)
    tests.push(day => {
      const { week, weeks } = weekOf(day, weekStart)
      return holds(byWeekNumber, week, weeks)
    })
  return day => tests.every(test => test(day))
}
