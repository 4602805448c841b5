import { expect, test } from 'vitest'
import { dayFromIso } from '../../../../../../renderer/features/calendar/time/day'
import { ZoneClock } from '../../../../../../renderer/features/calendar/time/zone-clock'

const day = (iso: string): number => dayFromIso(iso) as number
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16)

test.each([
  ['Europe/Berlin', '2026-03-29', 1380],
  ['Europe/Berlin', '2026-10-25', 1500],
  ['Europe/Berlin', '2026-03-28', 1440],
  ['America/New_York', '2026-03-08', 1380],
  ['Australia/Lord_Howe', '2026-10-04', 1410],
  ['Africa/Cairo', '2026-04-24', 1380],
  ['Pacific/Apia', '2011-12-30', 0],
] as const)('%s has a day of its own length on %s', (zone, text, minutes) => {
  expect(new ZoneClock(zone).lengthOf(day(text))).toBe(minutes)
})

test.each([
  // Skipped: so much later. Twice: the first.
  ['Europe/Berlin', '2026-03-29', 150, '2026-03-29T01:30'],
  ['Europe/Berlin', '2026-10-25', 150, '2026-10-25T00:30'],
  ['Africa/Cairo', '2026-04-24', 0, '2026-04-23T22:00'],
  ['Asia/Kathmandu', '2026-05-01', 540, '2026-05-01T03:15'],
  ['Europe/Dublin', '2026-07-01', 540, '2026-07-01T08:00'],
] as const)('%s at %s, minute %i', (zone, text, minute, moment) => {
  expect(iso(new ZoneClock(zone).at(day(text), minute))).toBe(moment)
})

test('what the clock shows is read off the calendar, also where it changes', () => {
  const berlin = new ZoneClock('Europe/Berlin')
  const shown = (moment: string) => {
    const ms = Date.parse(`${moment}Z`)
    return [berlin.dayAt(ms) - day('2026-10-25'), berlin.minuteAt(ms)]
  }
  expect(shown('2026-10-24T21:59')).toEqual([-1, 23 * 60 + 59])
  expect(shown('2026-10-24T22:00')).toEqual([0, 0])
  expect(shown('2026-10-25T00:30')).toEqual([0, 150])
  expect(shown('2026-10-25T01:30')).toEqual([0, 150])
  expect(shown('2026-10-25T22:59')).toEqual([0, 23 * 60 + 59])
  expect(shown('2026-10-25T23:00')).toEqual([1, 0])
})

test('every moment of two years lies in its day, in zones east and west, and where a day is left out', () => {
  for (const zone of ['Pacific/Apia', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin', 'UTC']) {
    const clock = new ZoneClock(zone)
    const fields = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    })
    for (let ms = Date.UTC(2011, 0, 1); ms < Date.UTC(2012, 11, 31); ms += 37 * 3_600_000 + 600_000) {
      const [date = '', time = ''] = fields.format(ms).split(' ')
      const [hour, minute] = time.split(':')
      expect([clock.dayAt(ms), clock.minuteAt(ms)]).toEqual([day(date), Number(hour) * 60 + Number(minute)])
    }
  }
})

test('what ends at midnight is over with the day before, and what takes no time is on its own', () => {
  const berlin = new ZoneClock('Europe/Berlin')
  const start = berlin.at(day('2026-03-28'), 22 * 60)
  expect(berlin.lastDayBefore(berlin.startOf(day('2026-03-29')), start)).toBe(day('2026-03-28'))
  const midnight = berlin.startOf(day('2026-03-29'))
  expect(berlin.lastDayBefore(midnight, midnight)).toBe(day('2026-03-29'))
})
