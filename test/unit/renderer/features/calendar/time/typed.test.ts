import { expect, test } from 'vitest'
import { dayFromIso, isoOf } from '../../../../../../renderer/features/calendar/time/day'
import { dateText, readDate } from '../../../../../../renderer/features/calendar/time/typed-date'
import { readLength, readTime, timeText } from '../../../../../../renderer/features/calendar/time/typed-time'
import { weeksOf } from '../../../../../../renderer/features/calendar/time/weeks'

test.each([
  ['1430', '14:30'],
  ['14:30', '14:30'],
  ['14.30 Uhr', '14:30'],
  ['9 Uhr 15', '09:15'],
  ['9', '09:00'],
  ['930', '09:30'],
  ['0', '00:00'],
  ['2pm', '14:00'],
  ['2:30 p.m.', '14:30'],
  ['12am', '00:00'],
  ['12 PM', '12:00'],
  ['14h', '14:00'],
  ['14h30', '14:30'],
  [' 8:05 ', '08:05'],
  ['24:00', '00:00'],
  ['25', null],
  ['14:60', null],
  ['13pm', null],
  ['noon-ish', null],
  ['', null],
  ['+45', null],
] as const)('the time %j is read as %s', (text, time) => {
  const minute = readTime(text)
  expect(minute === null ? null : timeText(minute)).toBe(time)
})

test.each([
  ['+45', 45],
  ['+ 90', 90],
  ['+1h', 60],
  ['+1:30', 90],
  ['+1h30', 90],
  ['+1,5h', 90],
  ['+2 Std', 120],
  ['+2d', 2880],
  ['45', null],
  ['+', null],
  ['+x', null],
] as const)('the length %j is read as %s minutes', (text, minutes) => {
  expect(readLength(text)).toBe(minutes)
})

const today = dayFromIso('2026-03-11') as number
test.each([
  ['de', '12.3.', '2026-03-12'],
  ['de', '12.3', '2026-03-12'],
  ['de', '24.12.27', '2027-12-24'],
  ['de', '2026-12-24', '2026-12-24'],
  ['de', '3/12', '2026-12-03'],
  ['en-US', '3/12', '2026-03-12'],
  ['en-US', '12.3.', '2026-03-12'],
  ['en-GB', '3/12/2027', '2027-12-03'],
  ['de', 'heute', '2026-03-11'],
  ['de', 'Morgen', '2026-03-12'],
  ['en-US', 'tomorrow', '2026-03-12'],
  ['de', 'Mittwoch', '2026-03-18'],
  ['de', 'Do', '2026-03-12'],
  ['en-US', 'Friday', '2026-03-13'],
  ['en-US', 'Tue', '2026-03-17'],
  ['de', '+10', '2026-03-21'],
  ['de', '-2w', '2026-02-25'],
  ['de', '+1m', '2026-04-11'],
  ['de', 'KW 12', '2026-03-16'],
  ['en-US', 'week 2', '2026-01-04'],
  ['de', 'KW 54', null],
  ['de', '12 März', '2026-03-12'],
  ['de', '12. März 2027', '2027-03-12'],
  ['en-US', 'March 12, 2027', '2027-03-12'],
  ['en-US', 'March 2027', '2027-03-01'],
  ['de', 'Mai', '2026-05-01'],
  ['de', '20', '2026-03-20'],
  ['de', '2030', '2030-01-01'],
  ['de', '31.2.', null],
  ['de', '31.13.', null],
  ['de', 'irgendwann', null],
  ['de', '', null],
] as const)('in %s the date %j is read as %s', (locale, text, iso) => {
  const found = readDate(text, { today, locale, weeks: weeksOf(locale) })
  expect(found === null ? null : isoOf(found)).toBe(iso)
})

test.each([
  ['de', '12.03.2026'],
  ['en-US', '03/12/2026'],
  ['en-GB', '12/03/2026'],
  ['sv-SE', '2026-03-12'],
  // Not read back as the same day: written so that everybody can.
  ['ar-EG', '2026-03-12'],
  ['ja-JP', '2026-03-12'],
] as const)('in %s a day is written as %s', (locale, text) => {
  const day = dayFromIso('2026-03-12') as number
  const reading = { today, locale, weeks: weeksOf(locale) }
  expect(dateText(day, reading)).toBe(text)
  expect(readDate(text, reading)).toBe(day)
})
