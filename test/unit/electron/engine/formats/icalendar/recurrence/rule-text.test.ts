import { describe, expect, test } from 'vitest'
import { readRule } from '../../../../../../../electron/engine/formats/icalendar/recurrence/rule/read-rule'
import { writeRule } from '../../../../../../../electron/engine/formats/icalendar/recurrence/rule/write-rule'
import { randomRules } from '../../../../../../fixtures/recurrence-rules'
import { rule, time } from './support'

describe('a rule is written as it was read', () => {
  test.each([
    'FREQ=DAILY',
    'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
    'BYDAY=TU;FREQ=WEEKLY',
    'FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=MO',
    'FREQ=MONTHLY;BYDAY=-1FR,2MO;COUNT=5',
    'FREQ=YEARLY;UNTIL=20301231',
    'FREQ=YEARLY;UNTIL=20301231T090000;BYMONTH=1,12;BYMONTHDAY=-1,1;BYYEARDAY=-366,1;BYWEEKNO=53,-1',
    'FREQ=MINUTELY;BYHOUR=0,23;BYMINUTE=0,59;BYSECOND=0,60;BYSETPOS=1,-366',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD',
    'RSCALE=GREGORIAN;FREQ=YEARLY',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT;BYMONTHDAY=1,1,1',
  ])('%s', text => {
    expect(writeRule(rule(text))).toBe(text)
  })
  test('thousands of random ones', () => {
    for (const text of randomRules(3000, 5)) expect(writeRule(rule(text))).toBe(text)
  })
})

test.each([
  ['freq=weekly;byday=mo,+1tu', 'FREQ=WEEKLY;BYDAY=MO,1TU'],
  [' FREQ=DAILY; COUNT=3; ', 'FREQ=DAILY;COUNT=3'],
  ['FREQ=DAILY;BYHOUR=09,08', 'FREQ=DAILY;BYHOUR=9,8'],
  ['rscale=gregorian;freq=monthly;skip=forward', 'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD'],
])('what others write more freely is read: %s', (text, written) => {
  expect(writeRule(rule(text))).toBe(written)
})

test('a rule made here is written in the usual order', () => {
  expect(
    writeRule({
      frequency: 'MONTHLY',
      interval: 2,
      byDay: [{ weekday: 0, ordinal: -1 }],
      count: 3,
      weekStart: 6,
      skip: 'OMIT',
    }),
  ).toBe('FREQ=MONTHLY;INTERVAL=2;COUNT=3;BYDAY=-1MO;WKST=SU')
  expect(
    writeRule({ frequency: 'MONTHLY', interval: 1, until: time('20260101'), weekStart: 0, skip: 'FORWARD' }),
  ).toBe('RSCALE=GREGORIAN;FREQ=MONTHLY;UNTIL=20260101;SKIP=FORWARD')
  const { order: _order, ...read } = rule('FREQ=DAILY;COUNT=4;INTERVAL=2')
  expect(readRule(writeRule(read))).toMatchObject({ rule: read })
})
