import { expect, test } from 'vitest'
import {
  civilOf,
  dayMs,
  dayNumber,
  weekdayOf,
  weekOf,
} from '../../../../../../../electron/engine/formats/icalendar/recurrence/times/civil-days'
import { ianaZone } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/iana-zone'

test('days of all years are those of Date', () => {
  const wrong: number[] = []
  for (let day = dayNumber(1, 1, 1); day < dayNumber(9999, 12, 31); day += 17) {
    const date = new Date(day * dayMs)
    const { year, month, day: ofMonth } = civilOf(day)
    const isSame =
      year === date.getUTCFullYear() &&
      month === date.getUTCMonth() + 1 &&
      ofMonth === date.getUTCDate() &&
      dayNumber(year, month, ofMonth) === day &&
      weekdayOf(day) === (date.getUTCDay() + 6) % 7
    if (!isSame) wrong.push(day)
  }
  expect(wrong).toEqual([])
})

test('a week counts for the year that its fourth day lies in, whatever day it begins on', () => {
  const wrong: unknown[] = []
  // Each week is looked at by its fourth day, as ISO 8601 tells it: an account of its own beside the one by first weeks.
  for (let weekStart = 0; weekStart < 7; weekStart++)
    for (let day = dayNumber(1999, 12, 20); day < dayNumber(2030, 1, 10); day++) {
      const fourth = day - ((weekdayOf(day) - weekStart + 7) % 7) + 3
      const { year } = civilOf(fourth)
      const week = Math.floor((fourth - dayNumber(year, 1, 1)) / 7) + 1
      const lastFourth =
        dayNumber(year, 12, 31) - ((weekdayOf(dayNumber(year, 12, 31)) - weekStart - 3 + 14) % 7)
      const weeks = Math.floor((lastFourth - dayNumber(year, 1, 1)) / 7) + 1
      const found = weekOf(day, weekStart)
      if (found.week !== week || found.weeks !== weeks) wrong.push({ day, weekStart, found, week, weeks })
    }
  expect(wrong).toEqual([])
})

/** Asked of Intl each time, without a memory. */
function offsetByIntl(name: string, atMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    timeZoneName: 'longOffset',
  }).formatToParts(atMs)
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hour = '0', minute = '0', second = '0'] =
    /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(text) ?? []
  const size = ((Number(hour) * 60 + Number(minute ?? 0)) * 60 + Number(second ?? 0)) * 1000
  return sign === '-' ? -size : size
}

test.each([
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Gaza',
  'America/Recife',
  'Europe/Dublin',
  'Africa/Freetown',
  'Antarctica/Troll',
])('offsets of %s at any time, asked for in any order', name => {
  const zone = ianaZone(name)
  let seed = 7
  for (let at = 0; at < 400; at++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    const year = at % 2 === 0 ? 1900 + (seed % 200) : 2000 + (seed % 40)
    const atMs = Date.UTC(year, 0, 1) + (seed % 31_536_000) * 1000
    expect(zone?.offsetAt(atMs), new Date(atMs).toISOString()).toBe(offsetByIntl(name, atMs))
  }
})

test('a change is found to the second', () => {
  const zone = ianaZone('Europe/Berlin')
  const change = Date.UTC(2026, 2, 29, 1)
  expect([zone?.offsetAt(change - 1), zone?.offsetAt(change)]).toEqual([3_600_000, 7_200_000])
  expect([zone?.offsetAt(change), zone?.offsetAt(change - 1)]).toEqual([7_200_000, 3_600_000])
})

test.each(['', 'Mars/Olympus', 'Europe/Berlin ', 'x'.repeat(1000), '__proto__'])('no zone: %s', name => {
  expect(ianaZone(name)).toBeUndefined()
})

test('names in any case, however many ways they are written', () => {
  const ways = Array.from({ length: 3000 }, (_, at) =>
    [...'europe/berlin'].map((letter, place) => ((at >> place) & 1 ? letter.toUpperCase() : letter)).join(''),
  )
  for (const name of ways) expect(ianaZone(name)?.name).toBe(name)
})
