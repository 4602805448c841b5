import type { ByDay, RecurrenceRule } from '../rule/rule'
import { civilOf, dayNumber, monthLength, weekdayOf, weekOf, yearLength } from './civil-days'

/** Whether a place, counted from 1, or the same place counted from the end, is in a list of both. */
const holds = (list: ReadonlySet<number>, place: number, length: number): boolean =>
  list.has(place) || list.has(place - length - 1)

type DayTest = (day: number) => boolean

/** Where an ordinal of BYDAY counts: nowhere (every such day), in its month, or in its year (§3.3.10, notes 1 and 2). */
function ordinalSpan(rule: RecurrenceRule): 'none' | 'month' | 'year' {
  if (rule.frequency === 'MONTHLY') return 'month'
  if (rule.frequency !== 'YEARLY' || rule.byWeekNumber) return 'none'
  return rule.byMonth ? 'month' : 'year'
}

/** The ordinals wanted of each day of the week. */
function ordinalsOf(byDay: readonly ByDay[]): ReadonlyMap<number, ReadonlySet<number>> {
  const found = new Map<number, Set<number>>()
  for (const { weekday, ordinal } of byDay) {
    if (ordinal === undefined) continue
    const known = found.get(weekday)
    if (known) known.add(ordinal)
    else found.set(weekday, new Set([ordinal]))
  }
  return found
}

function byDayTest(rule: RecurrenceRule): DayTest | undefined {
  const { byDay } = rule
  if (!byDay) return undefined
  const span = ordinalSpan(rule)
  const every = new Set(
    byDay.filter(({ ordinal }) => ordinal === undefined || span === 'none').map(({ weekday }) => weekday),
  )
  const counted = span === 'none' ? new Map<number, ReadonlySet<number>>() : ordinalsOf(byDay)
  if (counted.size === 0) return day => every.has(weekdayOf(day))
  return day => {
    const weekday = weekdayOf(day)
    if (every.has(weekday)) return true
    const ordinals = counted.get(weekday)
    if (!ordinals) return false
    const civil = civilOf(day)
    const length = span === 'month' ? monthLength(civil.year, civil.month) : yearLength(civil.year)
    const place = span === 'month' ? civil.day : day - dayNumber(civil.year, 1, 1) + 1
    return ordinals.has(Math.ceil(place / 7)) || ordinals.has(-Math.ceil((length - place + 1) / 7))
  }
}

/** Parts of a rule that say which days, as one test; a part named in `done` has made the days already and is left out. */
export function dayTest(
  rule: RecurrenceRule,
  done: ReadonlySet<'byMonth' | 'byMonthDay' | 'byYearDay'> = new Set(),
): DayTest {
  const tests: DayTest[] = []
  const { weekStart } = rule
  const byMonth = rule.byMonth && !done.has('byMonth') && new Set(rule.byMonth)
  if (byMonth) tests.push(day => byMonth.has(civilOf(day).month))
  const weekdays = byDayTest(rule)
  if (weekdays) tests.push(weekdays)
  const byMonthDay = rule.byMonthDay && !done.has('byMonthDay') && new Set(rule.byMonthDay)
  if (byMonthDay)
    tests.push(number => {
      const { year, month, day } = civilOf(number)
      return holds(byMonthDay, day, monthLength(year, month))
    })
  const byYearDay = rule.byYearDay && !done.has('byYearDay') && new Set(rule.byYearDay)
  if (byYearDay)
    tests.push(day => {
      const { year } = civilOf(day)
      return holds(byYearDay, day - dayNumber(year, 1, 1) + 1, yearLength(year))
    })
  const byWeekNumber = rule.byWeekNumber && new Set(rule.byWeekNumber)
  if (byWeekNumber)
    tests.push(day => {
      const { week, weeks } = weekOf(day, weekStart)
      return holds(byWeekNumber, week, weeks)
    })
  const [only, ...others] = tests
  if (only && others.length === 0) return only
  return day => tests.every(test => test(day))
}
