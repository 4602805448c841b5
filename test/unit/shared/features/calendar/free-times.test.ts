import { expect, test } from 'vitest'
import { freeTimes } from '../../../../../shared/features/calendar/free-times'

const hourMs = 3_600_000
const at = (hour: number): number => Date.UTC(2030, 2, 12) + hour * hourMs
const span = (from: number, until: number) => ({ startMs: at(from), endMs: at(until) })
const days = [span(9, 17), span(33, 41)]
const found = (busy: { startMs: number; endMs: number }[], lengthHours = 1, fromHour = 0, most = 3) =>
  freeTimes(days, busy, { lengthMs: lengthHours * hourMs, fromMs: at(fromHour), most }).map(({ startMs }) =>
    ((startMs - at(0)) / hourMs).toString(),
  )

test('free times lie between what is taken, within the hours of each day, and one behind the other', () => {
  expect(found([])).toEqual(['9', '10', '11'])
  expect(found([span(8, 9.5), span(9, 10), span(11, 16.5)])).toEqual(['10', '33', '34'])
  // What begins when another ends is free, and a quarter is the step.
  expect(found([span(9, 10.1)], 1, 0, 1)).toEqual(['10.25'])
  expect(found([], 1, 15.9)).toEqual(['16', '33', '34'])
  expect(found([], 8)).toEqual(['9', '33'])
  expect(found([span(12, 13)], 8)).toEqual(['33'])
})

test('there is none where everything is taken or nothing fits', () => {
  expect(found([span(0, 48)])).toEqual([])
  expect(found([], 9)).toEqual([])
  expect(found([], 0)).toEqual([])
  expect(found([], -1)).toEqual([])
})
