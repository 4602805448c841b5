import { expect, test } from 'vitest'
import {
  draggedSpan,
  drawnSpan,
  movedBy,
  resizedSpan,
} from '../../../../../../renderer/features/calendar/grid/moved-span'
import type { Span } from '../../../../../../renderer/features/calendar/layout/placed'
import { dayFromIso, isoOf } from '../../../../../../renderer/features/calendar/time/day'
import { ZoneClock } from '../../../../../../renderer/features/calendar/time/zone-clock'

const clock = new ZoneClock('Europe/Berlin')
const day = (iso: string): number => dayFromIso(iso) as number
const timed = (from: string, to: string): Span => ({
  allDay: false,
  startMs: Date.parse(from),
  endMs: Date.parse(to),
})
const wall = (ms: number): string => {
  const minute = clock.minuteAt(ms)
  return `${isoOf(clock.dayAt(ms)).slice(5)} ${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
}
const words = (span: Span): string =>
  span.allDay
    ? `${isoOf(span.first).slice(5)}..${isoOf(span.last).slice(5)}`
    : `${wall(span.startMs)} - ${wall(span.endMs)}`
const place = (iso: string, minute: number | null) => ({ day: day(iso), minute })

test('moved over a change of the clock it stays at its time, and as long as it was', () => {
  const meeting = timed('2026-03-28T09:00+01:00', '2026-03-28T10:30+01:00')
  expect(words(movedBy(meeting, 1, 0, clock))).toBe('03-29 9:00 - 03-29 10:30')
  const night = timed('2026-03-27T23:00+01:00', '2026-03-28T04:00+01:00')
  // Five hours, one of which is missing on the clock.
  expect(words(movedBy(night, 1, 0, clock))).toBe('03-28 23:00 - 03-29 5:00')
  const days = timed('2026-03-27T12:00+01:00', '2026-03-28T12:00+01:00')
  expect(words(movedBy(days, 1, 0, clock))).toBe('03-28 12:00 - 03-29 12:00')
  expect(
    words(movedBy({ allDay: true, first: day('2026-03-28'), last: day('2026-03-29') }, 7, 0, clock)),
  ).toBe('04-04..04-05')
  expect(words(movedBy(meeting, 0, 15 * 60, clock))).toBe('03-29 0:00 - 03-29 1:30')
  expect(words(movedBy(meeting, 0, -10 * 60, clock))).toBe('03-27 23:00 - 03-28 0:30')
})

test('in a month the time of day stays; among hours it lies on quarters', () => {
  const odd = timed('2026-03-10T09:07+01:00', '2026-03-10T10:07+01:00')
  expect(words(draggedSpan(odd, place('2026-03-10', null), place('2026-04-02', null), clock))).toBe(
    '04-02 9:07 - 04-02 10:07',
  )
  expect(words(draggedSpan(odd, place('2026-03-10', 560), place('2026-03-11', 683), clock))).toBe(
    '03-11 11:15 - 03-11 12:15',
  )
})

test('among whole days it becomes one, and with hours it gets times; back again it is as long as before', () => {
  const meeting = timed('2026-03-10T09:00+01:00', '2026-03-10T10:30+01:00')
  expect(words(draggedSpan(meeting, place('2026-03-10', 550), place('2026-03-12', null), clock))).toBe(
    '03-12..03-12',
  )
  expect(words(draggedSpan(meeting, place('2026-03-10', 550), place('2026-03-12', 550), clock))).toBe(
    '03-12 9:00 - 03-12 10:30',
  )
  const whole: Span = { allDay: true, first: day('2026-03-10'), last: day('2026-03-11') }
  expect(words(draggedSpan(whole, place('2026-03-10', null), place('2026-03-12', 14 * 60 + 9), clock))).toBe(
    '03-12 14:00 - 03-12 15:00',
  )
})

test('an event that began the day before is dragged by the part that is held', () => {
  const night = timed('2026-03-10T23:00+01:00', '2026-03-11T02:00+01:00')
  expect(words(draggedSpan(night, place('2026-03-11', 60), place('2026-03-12', 120), clock))).toBe(
    '03-12 0:00 - 03-12 3:00',
  )
  expect(words(draggedSpan(night, place('2026-03-11', 60), place('2026-03-12', 60), clock))).toBe(
    '03-11 23:00 - 03-12 2:00',
  )
})

test('it is made longer and shorter at either end, and never vanishes', () => {
  const meeting = timed('2026-03-10T09:00+01:00', '2026-03-10T10:00+01:00')
  const resized = (edge: 'start' | 'end', at: number | null, iso = '2026-03-10') =>
    words(resizedSpan(meeting, edge, place(iso, at), clock))
  expect(resized('end', 11 * 60 + 22)).toBe('03-10 9:00 - 03-10 11:15')
  expect(resized('end', 8 * 60)).toBe('03-10 9:00 - 03-10 9:15')
  expect(resized('start', 9 * 60 + 58)).toBe('03-10 9:45 - 03-10 10:00')
  expect(resized('end', 1440)).toBe('03-10 9:00 - 03-11 0:00')
  expect(resized('end', null, '2026-03-12')).toBe('03-10 9:00 - 03-12 10:00')
  const whole: Span = { allDay: true, first: day('2026-03-10'), last: day('2026-03-11') }
  expect(words(resizedSpan(whole, 'end', place('2026-03-09', null), clock))).toBe('03-10..03-10')
  expect(words(resizedSpan(whole, 'start', place('2026-03-08', null), clock))).toBe('03-08..03-11')
})

test('drawing goes up and down, and over days', () => {
  const drawn = (from: number, to: number) =>
    words(drawnSpan(place('2026-03-10', from), place('2026-03-10', to), clock))
  expect(drawn(9 * 60 + 5, 10 * 60 + 20)).toBe('03-10 9:00 - 03-10 10:30')
  expect(drawn(9 * 60 + 5, 8 * 60 + 20)).toBe('03-10 8:15 - 03-10 9:15')
  expect(drawn(9 * 60, 9 * 60)).toBe('03-10 9:00 - 03-10 9:15')
  expect(words(drawnSpan(place('2026-03-12', null), place('2026-03-10', null), clock))).toBe('03-10..03-12')
  expect(words(drawnSpan(place('2026-03-28', 23 * 60), place('2026-03-29', 4 * 60), clock))).toBe(
    '03-28 23:00 - 03-29 4:00',
  )
})
