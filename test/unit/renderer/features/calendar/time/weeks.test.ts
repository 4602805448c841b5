import { expect, test } from 'vitest'
import { addMonths, dayFromIso, isoOf } from '../../../../../../renderer/features/calendar/time/day'
import { daysShown, rangeOf, turned } from '../../../../../../renderer/features/calendar/time/ranges'
import { weekNumber, weekStart, weeksOf } from '../../../../../../renderer/features/calendar/time/weeks'

const day = (iso: string): number => dayFromIso(iso) as number

test.each([
  ['de', 1],
  ['de-DE', 1],
  ['en-GB', 1],
  ['en-US', 0],
  ['en', 0],
  ['ar-EG', 6],
  ['pt-BR', 0],
] as const)('the first day of a week in %s is %i', (locale, firstDay) => {
  expect(weeksOf(locale).firstDay).toBe(firstDay)
})

test.each([
  ['de', '2026-01-01', 1],
  ['de', '2025-12-29', 1],
  ['de', '2027-01-01', 53],
  ['de', '2026-12-28', 53],
  ['de', '2024-12-30', 1],
  ['en-US', '2026-01-01', 1],
  ['en-US', '2026-12-27', 1],
  ['en-US', '2026-01-04', 2],
  ['en-GB', '2023-01-01', 52],
] as const)('in %s the week of %s is %i', (locale, date, number) => {
  expect(weekNumber(day(date), weeksOf(locale))).toBe(number)
})

test('a month is shown in whole weeks of the place', () => {
  const shown = (locale: string) => {
    const { first, end } = rangeOf('month', day('2026-03-15'), weeksOf(locale))
    return [isoOf(first), isoOf(end)]
  }
  expect(shown('de')).toEqual(['2026-02-23', '2026-04-06'])
  expect(shown('en-US')).toEqual(['2026-03-01', '2026-04-05'])
})

test('a working week leaves out the weekend of the place', () => {
  const shown = (locale: string) => {
    const weeks = weeksOf(locale)
    return daysShown('workWeek', rangeOf('workWeek', day('2026-03-11'), weeks), weeks).map(isoOf)
  }
  expect(shown('de')).toEqual(['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'])
  expect(shown('ar-EG')).toEqual(['2026-03-08', '2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'])
})

test('the next month of a 31st is its last day, and weeks turn by seven days', () => {
  expect(isoOf(turned('month', day('2026-01-31'), 1))).toBe('2026-02-28')
  expect(isoOf(turned('year', day('2024-02-29'), 1))).toBe('2025-02-28')
  expect(isoOf(addMonths(day('2026-01-31'), -2))).toBe('2025-11-30')
  expect(isoOf(turned('week', day('2026-03-25'), 1))).toBe('2026-04-01')
  expect(isoOf(weekStart(day('2026-03-29'), weeksOf('de')))).toBe('2026-03-23')
})
