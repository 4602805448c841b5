import { describe, expect, test } from 'vitest'
import { expand } from '../../../../../../../electron/engine/formats/icalendar/recurrence/expand'
import type { Instance } from '../../../../../../../electron/engine/formats/icalendar/recurrence/recurrence-set'
import { writeRule } from '../../../../../../../electron/engine/formats/icalendar/recurrence/rule/write-rule'
import {
  type SplitProblem,
  splitRules,
} from '../../../../../../../electron/engine/formats/icalendar/recurrence/split-rules'
import { writeTimeValue } from '../../../../../../../electron/engine/formats/icalendar/recurrence/time-value'
import { berlin, newYork, series } from './support'

type Set = ReturnType<typeof series>

function firstOf(set: Set, most = 60): Instance<string>[] {
  const first: Instance<string>[] = []
  for (const instance of expand(set, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) {
    first.push(instance)
    if (first.length === most) break
  }
  return first
}

/** What the two sides are written as, with the dates on the side that they belong to. */
function cut(set: Set, place: number) {
  const all = firstOf(set)
  const { id } = all[place] ?? { id: 0 }
  const split = splitRules(set, id)
  if ('problem' in split) return { problem: split.problem satisfies SplitProblem, all, made: [] }
  const { head, tail } = split
  const lies = (isHead: boolean) => (each: Set['dates'][number]) =>
    each.start.wallMs < tail.start.wallMs === isHead
  const first = { ...set, rules: head, dates: set.dates.filter(lies(true)) }
  const rest = { ...set, start: tail.start, rules: tail.rules, dates: set.dates.filter(lies(false)) }
  return {
    all,
    head: head.map(writeRule).join(' '),
    start: writeTimeValue(tail.start),
    tail: tail.rules.map(writeRule).join(' '),
    made: [...firstOf(first), ...firstOf(rest)].slice(0, all.length).map(({ id: each }) => each),
    before: firstOf(first).length,
  }
}

const zoned = (start: string, rule: string, parts: Parameters<typeof series>[2] = {}) =>
  series(`${parts.zone ?? berlin}:${start}`, rule, parts)

test('at the fifth of ten: the head ends at the fourth, the tail has six', () => {
  expect(cut(zoned('20260310T090000', 'FREQ=DAILY;COUNT=10'), 4)).toMatchObject({
    head: 'FREQ=DAILY;UNTIL=20260313T080000Z',
    start: '20260314T090000',
    tail: 'FREQ=DAILY;COUNT=6',
    before: 4,
  })
})

test('UNTIL has the form that DTSTART asks for', () => {
  expect(cut(series('20260310', 'FREQ=DAILY'), 2)).toMatchObject({
    head: 'FREQ=DAILY;UNTIL=20260311',
    start: '20260312',
    tail: 'FREQ=DAILY',
  })
  expect(cut(series('20260310T090000', 'FREQ=DAILY'), 2)).toMatchObject({
    head: 'FREQ=DAILY;UNTIL=20260311T090000',
    start: '20260312T090000',
  })
  expect(cut(series('20260310T090000Z', 'FREQ=DAILY;UNTIL=20260401T000000Z'), 2)).toMatchObject({
    head: 'FREQ=DAILY;UNTIL=20260311T090000Z',
    start: '20260312T090000Z',
    tail: 'FREQ=DAILY;UNTIL=20260401T000000Z',
  })
})

test('excluded instances count, also the one before the cut', () => {
  const set = zoned('20260310T090000', 'FREQ=DAILY;COUNT=10', {
    excluded: ['20260311T090000', '20260313T090000'],
  })
  expect(cut(set, 2)).toMatchObject({ head: 'FREQ=DAILY;UNTIL=20260313T080000Z', tail: 'FREQ=DAILY;COUNT=6' })
})

test('at a time that the clock leaves out the tail keeps its time on the wall', () => {
  const whole = cut(zoned('20260327T023000', 'FREQ=DAILY;COUNT=5'), 2)
  expect(whole).toMatchObject({ start: '20260329T023000', tail: 'FREQ=DAILY;COUNT=3' })
  expect(whole.made).toEqual(whole.all.map(({ id }) => id))
})

test('of SKIP the tail says the day that DTSTART said', () => {
  const monthly = cut(series('20260131', 'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD'), 1)
  expect(monthly).toMatchObject({
    start: '20260228',
    tail: 'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;BYMONTHDAY=31',
  })
  const yearly = cut(series('20240229', 'RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD'), 1)
  expect(yearly).toMatchObject({
    start: '20250301',
    tail: 'RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD;BYMONTH=2;BYMONTHDAY=29',
  })
})

test('a rule that could not be written from there on is not cut', () => {
  const set = series('20251231', 'RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=2;SKIP=FORWARD')
  expect(cut(set, 1)).toMatchObject({ problem: 'shape' })
  expect(cut(set, 4)).toMatchObject({ start: '20260831' })
})

test('neither before the second nor where there is none, nor where it would cost too much', () => {
  const set = zoned('20260310T090000', 'FREQ=DAILY')
  const at = (day: number, hour: number) => Date.UTC(2026, 2, day, hour)
  expect(splitRules(set, at(10, 8))).toEqual({ problem: 'first' })
  expect(splitRules(set, at(9, 8))).toEqual({ problem: 'first' })
  expect(splitRules(set, at(11, 9))).toEqual({ problem: 'none' })
  const dense = zoned('20260310T090000', 'FREQ=SECONDLY;COUNT=2000000000;BYSECOND=0,30')
  expect(splitRules(dense, Date.UTC(2040, 0, 1), 10_000)).toEqual({ problem: 'work' })
  expect(
    splitRules(zoned('20260310T090000', 'FREQ=MINUTELY'), Date.UTC(2036, 0, 1), 10_000_000),
  ).toHaveProperty('tail')
})

test('at a date beside the rule, with what is left of it', () => {
  const set = zoned('20260302T090000', 'FREQ=WEEKLY;COUNT=4', { dates: ['20260311T120000'] })
  expect(cut(set, 2)).toMatchObject({
    head: 'FREQ=WEEKLY;UNTIL=20260309T080000Z',
    start: '20260311T120000',
    tail: 'FREQ=WEEKLY;COUNT=3;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0',
  })
  const last = zoned('20260302T090000', 'FREQ=WEEKLY;COUNT=2', { dates: ['20260411T120000'] })
  expect(cut(last, 2)).toMatchObject({ head: 'FREQ=WEEKLY;UNTIL=20260309T080000Z', tail: '', before: 2 })
})

describe('both sides make what the series made, wherever it is cut', () => {
  test.each([
    'FREQ=DAILY;COUNT=30',
    'FREQ=DAILY;INTERVAL=3;BYHOUR=9,17',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=25',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
    'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1,3',
    'FREQ=MONTHLY',
    'FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=24',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=1,15,31',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=20',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=29,31;SKIP=BACKWARD',
    'FREQ=YEARLY;INTERVAL=2;COUNT=12',
    'FREQ=YEARLY;BYWEEKNO=1,20,53;BYDAY=MO,SU',
    'FREQ=YEARLY;BYYEARDAY=1,100,-1',
    'FREQ=YEARLY;BYMONTH=2,8;BYDAY=-1SU,TH;COUNT=40',
    'FREQ=HOURLY;INTERVAL=5;COUNT=50',
    'FREQ=HOURLY;INTERVAL=7;BYMINUTE=10,50;BYDAY=SA,SU',
    'FREQ=MINUTELY;INTERVAL=45;BYHOUR=1,2,3,4',
  ])('%s', rule => {
    for (const [start, zone] of [
      ['20260131T013000', berlin],
      ['20261031T013000', newYork],
    ] as const) {
      const set = zoned(start, rule, { zone, length: { days: 0, ms: 60_000 } })
      for (const place of [1, 2, 3, 7, 11]) {
        const split = cut(set, place)
        if (split.all.length <= place) continue
        expect(split.made, `${start} at ${place}`).toEqual(split.all.map(({ id }) => id))
      }
    }
  })
})
