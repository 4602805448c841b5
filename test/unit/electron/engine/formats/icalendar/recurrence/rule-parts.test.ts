import { describe, expect, test } from 'vitest'
import { instancesBetween } from '../../../../../../../electron/engine/formats/icalendar/recurrence/expand'
import { series, walledDays, walls } from './support'

const daysOf = (start: string, rule: string, count: number, zone = 'UTC') =>
  walledDays(series(start, `${rule};COUNT=${count}`, { zone }))

describe('dates that there are not (RFC 7529)', () => {
  test.each([
    ['FREQ=MONTHLY', '20260131', '20260131 20260331 20260531'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT', '20260131', '20260131 20260331 20260531'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD', '20260131', '20260131 20260228 20260331 20260430'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD', '20260131', '20260131 20260301 20260331 20260501'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD', '20140131', '20140131 20140301 20140331 20140501'],
    ['FREQ=YEARLY', '20240229', '20240229 20280229 20320229'],
    [
      'RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD',
      '20240229',
      '20240229 20250228 20260228 20270228 20280229',
    ],
    ['RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD', '20240229', '20240229 20250301 20260301 20270301 20280229'],
    [
      'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=29,30,31;BYSETPOS=-1;SKIP=BACKWARD',
      '20260131',
      '20260131 20260228 20260331 20260430',
    ],
    [
      'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=30,31;SKIP=BACKWARD',
      '20260130',
      '20260130 20260131 20260228 20260330 20260331 20260430',
    ],
    [
      'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=30,31;SKIP=FORWARD',
      '20260130',
      '20260130 20260131 20260301 20260330 20260331 20260430 20260501',
    ],
    [
      'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=1,31;SKIP=FORWARD',
      '20260101',
      '20260101 20260131 20260201 20260301 20260331 20260401 20260501',
    ],
    [
      'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=BACKWARD',
      '20260131',
      '20260131 20260301 20260331 20260501',
    ],
    ['RSCALE=GREGORIAN;FREQ=YEARLY;BYYEARDAY=366;SKIP=BACKWARD', '20241231', '20241231 20251231 20261231'],
    [
      'RSCALE=GREGORIAN;FREQ=YEARLY;BYYEARDAY=366;SKIP=FORWARD',
      '20241231',
      '20241231 20260101 20270101 20280101 20281231',
    ],
    [
      'RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;SKIP=FORWARD',
      '20260302',
      '20260302 20270301 20280301',
    ],
    [
      'RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=2;SKIP=FORWARD',
      '20251231',
      '20251231 20260301 20260501 20260701 20260831',
    ],
  ])('%s from %s', (rule, start, expected) => {
    const list = expected.split(' ')
    expect(daysOf(start, rule, list.length)).toEqual(list)
  })
  test('a window in the middle has what the whole has', () => {
    const set = series('20260131', 'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD')
    expect(walls(set, '20360301', '20360601')).toEqual(['20360301', '20360331', '20360501', '20360531'])
    expect(walls(set, '20350301', '20350302')).toEqual(['20350301'])
    const back = series('20260131', 'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=BACKWARD')
    expect(walls(back, '20360430', '20360501')).toEqual([])
    expect(walls(back, '20360501', '20360502')).toEqual(['20360501'])
    expect(walls(back, '20350531', '20350602')).toEqual(['20350531'])
  })
})

describe('places in a period', () => {
  test.each([
    [
      'the last working day',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      '20260130T090000',
      '20260130 20260227 20260331',
    ],
    ['week 53', 'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO', '20261228T090000', '20261228 20321227 20371228'],
    [
      'week 1, which begins the year before',
      'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO',
      '20251229T090000',
      '20251229 20270104 20280103',
    ],
    [
      'week 1 without a day: that of DTSTART',
      'FREQ=YEARLY;BYWEEKNO=1',
      '20251231T090000',
      '20251231 20270106 20280105',
    ],
    ['the last week', 'FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SA', '20380102T090000', '20380102 20390101 20391231'],
    [
      'every second week, weeks from Monday',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU',
      '19970805T090000',
      '19970805 19970810 19970819 19970824',
    ],
    [
      'every second week, weeks from Sunday',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
      '19970805T090000',
      '19970805 19970817 19970819 19970831',
    ],
    [
      'plain days beside counted ones',
      'FREQ=MONTHLY;BYDAY=FR,1MO',
      '20260302T090000',
      '20260302 20260306 20260313 20260320 20260327 20260403',
    ],
    [
      'a place in a week, whose first began before DTSTART',
      'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2',
      '20260304T090000',
      '20260304 20260311 20260318',
    ],
    ['day 366', 'FREQ=YEARLY;BYYEARDAY=366', '20241231T090000', '20241231 20281231'],
    ['day -366', 'FREQ=YEARLY;BYYEARDAY=-366', '20240101T090000', '20240101 20280101'],
    [
      'ordinals in a month of a year',
      'FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU',
      '20260329T090000',
      '20260329 20261025 20270328',
    ],
    ['the 53rd Thursday', 'FREQ=YEARLY;BYDAY=53TH', '20261231T090000', '20261231 20321230 20371231'],
    [
      'a day that seldom comes',
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29',
      '18960229T090000',
      '18960229 19040229 19080229',
    ],
  ])('%s (%s)', (_, rule, start, expected) => {
    const list = expected.split(' ')
    expect(daysOf(start, rule, list.length)).toEqual(list)
  })
  test('in a day', () => {
    const set = series('20260302T170000', 'FREQ=DAILY;BYHOUR=9,17;BYSETPOS=-1;COUNT=2')
    expect(walls(set)).toEqual(['20260302T1700', '20260303T1700'])
  })
  test('in an hour and a minute', () => {
    expect(walls(series('20260302T090500', 'FREQ=HOURLY;BYMINUTE=5,10,15;BYSETPOS=1,-1;COUNT=4'))).toEqual(
      ['0905', '0915', '1005', '1015'].map(each => `20260302T${each}`),
    )
    expect(walls(series('20260302T090030', 'FREQ=MINUTELY;BYSECOND=30,45;BYSETPOS=1;COUNT=2'))).toEqual([
      '20260302T090030',
      '20260302T090130',
    ])
  })
  test('second 60 is the one before it', () => {
    expect(walls(series('20260302T090059', 'FREQ=MINUTELY;BYSECOND=59,60;COUNT=2'))).toEqual([
      '20260302T090059',
      '20260302T090159',
    ])
  })
})

describe('a window far from DTSTART', () => {
  test.each([
    'FREQ=SECONDLY;INTERVAL=86400',
    'FREQ=MINUTELY;INTERVAL=1440',
    'FREQ=HOURLY;INTERVAL=24;BYMONTH=3',
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=TU',
    'FREQ=MONTHLY;BYMONTHDAY=10',
    'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10',
    'FREQ=DAILY;COUNT=2000000000',
    'FREQ=SECONDLY;INTERVAL=3600;COUNT=2000000000',
  ])('%s is not stepped to from there', rule => {
    const set = series('00050310T090000', rule, { zone: 'UTC' })
    const from = Date.UTC(2026, 2, 10, 9)
    const { instances, ending } = instancesBetween(set, from, from + 1000, 100)
    expect(ending).toBe('complete')
    expect(instances.map(({ startMs }) => startMs)).toEqual([from])
  })
})
