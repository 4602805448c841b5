import { describe, expect, test } from 'vitest'
import { dayOf, listDate, relativeMinutes, relativeTime, timeToCome } from '../../../../renderer/i18n/dates'

const at = (text: string) => new Date(text).getTime()
const now = at('2026-11-25T15:30:00')

describe('the date of a message in the list', () => {
  test('today is a time', () => {
    expect(listDate(at('2026-11-25T00:05:00'), now, 'de')).toBe('00:05')
    expect(listDate(at('2026-11-25T09:41:00'), now, 'en-GB')).toBe('09:41')
    expect(listDate(at('2026-11-25T09:41:00'), now, 'en-US')).toMatch(/^9:41\sAM$/)
  })

  test('late yesterday evening is a weekday, though it is less than a day ago', () => {
    expect(listDate(at('2026-11-24T23:59:00'), now, 'de')).toBe('Di')
    expect(listDate(at('2026-11-24T23:59:00'), now, 'en-GB')).toBe('Tue')
  })

  test('six days ago is a weekday, seven days ago a date, so that no weekday is ambiguous', () => {
    expect(listDate(at('2026-11-19T12:00:00'), now, 'en-GB')).toBe('Thu')
    expect(listDate(at('2026-11-18T12:00:00'), now, 'en-GB')).toBe('18 Nov')
    expect(listDate(at('2026-11-18T12:00:00'), now, 'de')).toBe('18. Nov.')
  })

  test('another year is the full date', () => {
    expect(listDate(at('2025-12-31T12:00:00'), now, 'de')).toBe('31.12.2025')
  })

  test('a date to come is never shown as a mere time or weekday', () => {
    expect(listDate(at('2026-11-26T14:02:00'), now, 'de')).toBe('26.11.2026')
    expect(listDate(at('2031-01-01T14:02:00'), now, 'de')).toBe('01.01.2031')
  })
})

test('times near now are said in words', () => {
  expect(relativeTime(now - 5 * 60_000, now, 'en')).toBe('5 minutes ago')
  expect(relativeTime(now + 25_000, now, 'de')).toBe('in 25 Sekunden')
})

test('a time told by minutes never counts seconds', () => {
  expect(relativeMinutes(1_000_000, 1_041_000, 'en')).toBe('this minute')
  expect(relativeMinutes(1_000_000, 1_185_000, 'de')).toBe('vor 3 Minuten')
})

test('the day of a certificate is told in the language shown, and nonsense as it came', () => {
  expect(dayOf('2027-01-05T12:00:00Z', 'de')).toBe('5. Januar 2027')
  expect(dayOf('soon', 'de')).toBe('soon')
})

test('what is over is never told as still to come', () => {
  const words = [-86_400_000, -24_000, -1, 0, 400].map(distance =>
    timeToCome(1_000_000 + distance, 1_000_000, 'en'),
  )
  expect(words).toEqual([null, null, null, null, null])
  expect(timeToCome(null, 0, 'en')).toBeNull()
  expect(timeToCome(1_005_000, 1_000_000, 'en')).toBe('in 5 seconds')
  expect(timeToCome(1_000_000 + 120_000, 1_000_000, 'de')).toBe('in 2 Minuten')
})
