import { describe, expect, test } from 'vitest'
import { instancesBetween } from '../../../../../../../electron/engine/formats/icalendar/recurrence/expand'
import { readRule } from '../../../../../../../electron/engine/formats/icalendar/recurrence/rule/read-rule'
import {
  nextAfter,
  seriesEnd,
} from '../../../../../../../electron/engine/formats/icalendar/recurrence/series-end'
import { readTimeValue } from '../../../../../../../electron/engine/formats/icalendar/recurrence/time-value'
import { hourMs, override, series, time, walls } from './support'

const numbers = (most: number, least = 1) =>
  Array.from({ length: most - least + 1 }, (_, at) => least + at).join(',')
const signed = (most: number) => `${numbers(most)},${numbers(most).replaceAll(/\d+/g, '-$&')}`
const everything = `BYHOUR=${numbers(23, 0)};BYMINUTE=${numbers(59, 0)};BYSECOND=${numbers(60, 0)}`

/** How many of each 1,000 units of work were left is not asked: that the work given was all that was done is. */
const bounded = (rule: string, parts: Parameters<typeof series>[2] = {}, work = 5000) =>
  instancesBetween(
    series('20260310T090000', rule, parts),
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    work,
  )

describe('a rule without end is cut, which is said', () => {
  test.each([
    'FREQ=SECONDLY',
    'FREQ=MINUTELY',
    'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2',
    'FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1',
    'FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6',
    'FREQ=SECONDLY;INTERVAL=7919;BYHOUR=3;BYMINUTE=3;BYSECOND=3',
    'FREQ=SECONDLY;COUNT=2000000000',
    'FREQ=SECONDLY;COUNT=2000000000;BYSECOND=1',
    'FREQ=SECONDLY;UNTIL=99991231T235959Z',
    `FREQ=YEARLY;BYSETPOS=${signed(366)};BYDAY=${signed(53).replaceAll(/-?\d+/g, '$&MO')}`,
    `FREQ=YEARLY;BYSETPOS=${signed(366)};${everything}`,
    `FREQ=YEARLY;BYYEARDAY=${signed(366)};${everything}`,
    `FREQ=MONTHLY;BYMONTHDAY=${Array.from({ length: 9000 }, () => '1').join(',')}`,
    `RSCALE=GREGORIAN;SKIP=FORWARD;FREQ=YEARLY;BYMONTHDAY=${signed(31)};${everything}`,
    `RSCALE=GREGORIAN;SKIP=BACKWARD;FREQ=MONTHLY;BYMONTHDAY=${signed(31)};BYSETPOS=${signed(366)};${everything}`,
  ])('%s', rule => {
    const { instances, ending } = bounded(rule)
    expect(ending).toBe('cut')
    expect(instances.length).toBeLessThanOrEqual(5000)
  })

  test('and what lies before the cut is right', () => {
    const { instances } = bounded('FREQ=SECONDLY', {}, 100)
    const start = Date.UTC(2026, 2, 10, 8)
    expect(instances.map(({ startMs }) => startMs)).toEqual(instances.map((_, at) => start + at * 1000))
    expect(instances.length).toBeGreaterThan(20)
  })

  test('an hour of it in ten years is not cut', () => {
    const set = series('20260310T090000', 'FREQ=SECONDLY', { length: { days: 0, ms: 0 } })
    const from = Date.UTC(2036, 6, 1)
    const { instances, ending } = instancesBetween(set, from, from + hourMs)
    expect([instances.length, ending]).toEqual([3600, 'complete'])
  })
})

test('the day that Samoa left out, by the second', () => {
  const set = series('20111229T000000', 'FREQ=SECONDLY', { zone: 'Pacific/Apia', length: { days: 0, ms: 0 } })
  const from = Date.UTC(2011, 11, 30, 9)
  const { instances, ending } = instancesBetween(set, from, from + 2 * hourMs)
  expect(ending).toBe('complete')
  expect(instances.map(({ startMs }) => startMs)).toEqual(
    Array.from({ length: 7200 }, (_, at) => from + at * 1000),
  )
})

describe('long lists', () => {
  const day = (at: number) =>
    new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  test('a million excluded dates', () => {
    const excluded = Array.from(
      { length: 1_000_000 },
      (_, at) => ({ form: 'local', wallMs: Date.UTC(1, 0, 1, 9) + at * 86_400_000 }) as const,
    )
    const set = { ...series('20260310T090000', 'FREQ=DAILY'), excluded }
    expect(walls(set, '20260310', '20260401')).toEqual([])
    expect(
      walls(
        { ...set, excluded: excluded.filter(({ wallMs }) => wallMs !== Date.UTC(2026, 2, 12, 9)) },
        '20260310',
        '20260401',
      ),
    ).toEqual(['20260312T0900'])
  })
  test('a million dates, of which a few are asked for', () => {
    const dates = Array.from({ length: 1_000_000 }, (_, at) => ({
      start: { form: 'local', wallMs: Date.UTC(1, 0, 1, 9) + at * 86_400_000 } as const,
    }))
    expect(walls({ ...series('20260310T090000'), dates }, '20260310', '20260313')).toEqual([
      '20260310T0900',
      '20260311T0900',
      '20260312T0900',
    ])
  })
  test('many dates at once are cut', () => {
    const dates = Array.from({ length: 9000 }, (_, at) => day(at))
    expect(bounded('FREQ=YEARLY', { dates })).toMatchObject({ ending: 'cut' })
  })
  test('ten thousand overrides', () => {
    const overrides = Array.from({ length: 10_000 }, (_, at) =>
      override(`${day(at)}T090000`, `${day(at)}T100000`),
    )
    const set = series('20260101T090000', 'FREQ=DAILY', { overrides })
    expect(walls(set, '20300101', '20300103')).toEqual(['20300101T1000', '20300102T1000'])
  })
})

describe('what cannot be read is named', () => {
  test.each([
    ['', 'missing', 'FREQ'],
    ['COUNT=3', 'missing', 'FREQ'],
    ['FREQ=FORTNIGHTLY', 'value', 'FREQ'],
    ['FREQ=DAILY;INTERVAL=0', 'value', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=-1', 'value', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=99999999999', 'value', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1e3', 'value', 'INTERVAL'],
    ['FREQ=DAILY;COUNT=0', 'value', 'COUNT'],
    ['FREQ=DAILY;COUNT=NaN', 'value', 'COUNT'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20260101', 'together', 'COUNT'],
    ['FREQ=DAILY;UNTIL=1000000-01-01', 'value', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=10000000101', 'value', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20260230', 'value', 'UNTIL'],
    ['FREQ=DAILY;BYHOUR=24', 'value', 'BYHOUR'],
    ['FREQ=DAILY;BYMONTH=13', 'value', 'BYMONTH'],
    ['FREQ=DAILY;BYMONTH=5L', 'value', 'BYMONTH'],
    ['FREQ=DAILY;BYMONTHDAY=0', 'value', 'BYMONTHDAY'],
    ['FREQ=DAILY;BYMONTHDAY=', 'value', 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYYEARDAY=367', 'value', 'BYYEARDAY'],
    ['FREQ=YEARLY;BYWEEKNO=54', 'value', 'BYWEEKNO'],
    ['FREQ=MONTHLY;BYDAY=XX', 'value', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'value', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367', 'value', 'BYSETPOS'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'together', 'BYSETPOS'],
    ['FREQ=DAILY;FREQ=DAILY', 'twice', 'FREQ'],
    ['FREQ=DAILY;SKIP=FORWARD', 'together', 'SKIP'],
    ['RSCALE=CHINESE;FREQ=YEARLY', 'scale', 'RSCALE'],
    ['FREQ=DAILY;__proto__=1', 'unknown', '__PROTO__'],
    ['FREQ=DAILY;BYEASTER=1', 'unknown', 'BYEASTER'],
    [`FREQ=DAILY;BYMONTH=${'1,'.repeat(20_000)}1`, 'long', ''],
  ])('%s', (text, kind, part) => {
    const read = readRule(text)
    expect(read).toMatchObject({ problem: { kind, part } })
    expect(JSON.stringify(read).length).toBeLessThan(300)
  })
  test.each([
    '',
    '2026',
    '20261301',
    '20260229',
    '00000101',
    '20260101T250000',
    '20260101T096000',
    '20260101T0900',
    '10000000101',
    '20260101T090000+0100',
    '２０２６０１０１',
  ])('no time: %s', text => expect(readTimeValue(text)).toBeUndefined())
})

describe('the end of a series and what comes next', () => {
  test.each([
    ['FREQ=DAILY', { kind: 'never' }],
    ['FREQ=DAILY;COUNT=3', { kind: 'ends', endMs: Date.UTC(2026, 2, 12, 9) }],
    ['FREQ=SECONDLY;COUNT=2000000000', { kind: 'unknown' }],
    [
      'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=21000101T000000Z',
      { kind: 'ends', endMs: Date.UTC(2026, 2, 10, 9) },
    ],
  ])('%s', (rule, end) => {
    expect(seriesEnd(series('20260310T090000', rule), 400_000)).toEqual(end)
  })
  test('all excluded', () => {
    expect(seriesEnd(series('20260310T090000', undefined, { excluded: ['20260310T090000'] }))).toEqual({
      kind: 'empty',
    })
  })
  test('the next instance begins after the time asked about', () => {
    const set = series('20260310T090000', 'FREQ=DAILY')
    const at = Date.UTC(2026, 6, 1, 7)
    expect(nextAfter(set, at)).toMatchObject({ instance: { startMs: at + 24 * hourMs }, ending: 'complete' })
    expect(nextAfter(set, at - 1)).toMatchObject({ instance: { startMs: at } })
    expect(nextAfter(series('20260310T090000', 'FREQ=DAILY;COUNT=2'), at)).toEqual({ ending: 'complete' })
    const never = series('20260310T090000', 'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30')
    expect(nextAfter(never, at, 1000)).toEqual({ ending: 'cut' })
  })
})

test('a time on the last day of all', () => {
  const set = { ...series('99991231T230000', 'FREQ=DAILY'), excluded: [time('99991231')] }
  expect(instancesBetween(set, 0, Number.POSITIVE_INFINITY)).toEqual({ instances: [], ending: 'complete' })
})
