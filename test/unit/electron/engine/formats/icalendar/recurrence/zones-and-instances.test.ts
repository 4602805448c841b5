import { describe, expect, test } from 'vitest'
import {
  lengthOf,
  offsetFrom,
} from '../../../../../../../electron/engine/formats/icalendar/recurrence/length'
import { nameOf } from '../../../../../../../electron/engine/formats/icalendar/recurrence/moments'
import { tableZone } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/table-zone'
import { toInstant } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/zone'
import {
  berlin,
  days,
  found,
  hours,
  instant,
  newYork,
  override,
  series,
  starts,
  time,
  walls,
  zoneNamed,
} from './support'

describe('a time on the wall is this instant', () => {
  test.each([
    ['in the hour that is left out', berlin, '20260329T023000', '20260329T0130Z'],
    ['in the hour that comes twice: the first', berlin, '20261025T023000', '20261025T0030Z'],
    ['half an hour left out', 'Australia/Lord_Howe', '20261004T021000', '20261003T1540Z'],
    ['half an hour twice', 'Australia/Lord_Howe', '20270404T014500', '20270403T1445Z'],
    ['a midnight that there is not', 'Africa/Cairo', '20260424T000000', '20260423T2200Z'],
    ['an offset with minutes', 'Asia/Kathmandu', '20260601T090000', '20260601T0315Z'],
    ['winter time that is called summer', 'Europe/Dublin', '20260701T090000', '20260701T0800Z'],
    ['summer time given up', 'America/Mexico_City', '20260715T090000', '20260715T1500Z'],
    ['a sign the other way round', 'Etc/GMT-1', '20260715T090000', '20260715T0800Z'],
    ['a zone without summer time', 'EST', '20260715T090000', '20260715T1400Z'],
    ['far ahead', berlin, '24990701T120000', '24990701T1000Z'],
    ['farther ahead', berlin, '95000101T120000', '95000101T1100Z'],
    ['before there were zones', berlin, '17500101T000000', '17491231T230632Z'],
  ])('%s (%s %s)', (_, zone, wall, expected) => {
    expect(starts(series(wall, undefined, { zone }), '00020101', '99990101')).toEqual([expected])
  })

  test('what the clock leaves out is shown as what the clock shows then', () => {
    expect(walls(series('20260329T023000'))).toEqual(['20260329T0330'])
  })

  test('a zone by a table of its VTIMEZONE', () => {
    const zone = tableZone('Customized', 3_600_000, [
      { atMs: Date.UTC(2026, 2, 29, 1), offsetMs: 7_200_000 },
      { atMs: Date.UTC(2026, 9, 25, 1), offsetMs: 3_600_000 },
    ])
    const at = (wall: string) => instant(toInstant(zone, time(wall).wallMs).instantMs)
    expect(at('20260101T120000')).toBe('20260101T1100Z')
    expect(at('20260329T023000')).toBe('20260329T0130Z')
    expect(at('20260701T120000')).toBe('20260701T1000Z')
    expect(at('20261025T023000')).toBe('20261025T0030Z')
    expect(at('20270701T120000')).toBe('20270701T1100Z')
  })
})

describe('a series over changes of the clock', () => {
  test('a day that a country left out (Samoa, 2011) is one instant with the next, and one instance', () => {
    const set = series('20111229T090000', 'FREQ=DAILY;COUNT=4', { zone: 'Pacific/Apia' })
    expect(starts(set)).toEqual(['20111229T1900Z', '20111230T1900Z', '20111231T1900Z'])
  })
  test('keeps its time on the wall', () => {
    const set = series('20260305T090000', 'FREQ=WEEKLY;COUNT=2', { zone: newYork })
    expect(starts(set)).toEqual(['20260305T1400Z', '20260312T1300Z'])
  })
  test('by the hour: the hour that is left out falls on the next', () => {
    const set = series('20260329T003000', 'FREQ=HOURLY;COUNT=4')
    expect(starts(set)).toEqual(['20260328T2330Z', '20260329T0030Z', '20260329T0130Z'])
  })
  test('by 20 minutes: in order of the instants, each once', () => {
    const set = series('20260329T015000', 'FREQ=MINUTELY;INTERVAL=20;COUNT=8')
    const expected = ['0050Z', '0110Z', '0130Z', '0150Z', '0210Z'].map(each => `20260329T${each}`)
    expect(starts(set)).toEqual(expected)
  })
  test('a second time of an hour that comes twice is kept where DTSTART says so in UTC', () => {
    expect(starts(series('20261025T013000Z', 'FREQ=DAILY;COUNT=2'))).toEqual([
      '20261025T0130Z',
      '20261026T0130Z',
    ])
  })
  test('floating: the same wall time for every reader', () => {
    for (const zone of [berlin, newYork, 'Asia/Kathmandu'])
      expect(walls(series('20260328T090000', 'FREQ=DAILY;COUNT=3', { zone }))).toEqual([
        '20260328T0900',
        '20260329T0900',
        '20260330T0900',
      ])
  })
})

describe('lengths', () => {
  const last = (set: ReturnType<typeof series>) => {
    const instance = found(set).at(-1)
    return [instant(instance?.startMs ?? 0), instant(instance?.endMs ?? 0)]
  }
  test('an all-day event on the day of 23 hours', () => {
    expect(last(series('20260329'))).toEqual(['20260328T2300Z', '20260329T2200Z'])
    expect(found(series('20260329'))[0]).toMatchObject({
      startWallMs: Date.UTC(2026, 2, 29),
      endWallMs: Date.UTC(2026, 2, 30),
      isAllDay: true,
    })
  })
  test("an all-day event on a day without midnight begins at one o'clock and is still that day", () => {
    const set = series('20260424', undefined, { zone: 'Africa/Cairo' })
    expect(last(set)).toEqual(['20260423T2200Z', '20260424T2100Z'])
    expect(walls(set)).toEqual(['20260424'])
  })
  test.each([
    ['DTEND = DTSTART', { end: time('20260329') }],
    ['no end', {}],
    ['PT24H', { duration: hours(24) }],
    ['P1D', { duration: days(1) }],
    ['an end before the start', { end: time('20260301') }],
  ])('a DATE with %s lasts a day', (_, end) => {
    expect(lengthOf(time('20260329'), end, zoneNamed(berlin))).toEqual(days(1))
  })
  test('a timed event without an end, with one before its start, or a negative duration lasts no time', () => {
    const start = time('20260329T090000')
    for (const end of [{}, { end: time('20260329T080000') }, { duration: hours(-1) }])
      expect(lengthOf(start, end, zoneNamed(berlin))).toEqual(hours(0))
  })
  test('an event that ends at midnight is not on the next day', () => {
    const set = series('20260310T220000', undefined, { length: hours(2) })
    expect(found(set, '20260311', '20260312')).toEqual([])
    expect(found(set, '20260310', '20260311')).toHaveLength(1)
  })
  test('P1D keeps the time on the wall, PT24H does not', () => {
    expect(last(series('20260328T120000', undefined, { length: days(1) }))[1]).toBe('20260329T1000Z')
    expect(last(series('20260328T120000', undefined, { length: hours(24) }))[1]).toBe('20260329T1100Z')
  })
  test('DTEND is an exact length in every instance', () => {
    const zone = zoneNamed(berlin)
    const length = lengthOf(time('20260327T230000'), { end: time('20260328T040000') }, zone)
    const set = series('20260327T230000', 'FREQ=DAILY;COUNT=2', { length })
    expect(last(set)).toEqual(['20260328T2200Z', '20260329T0300Z'])
  })
  test('a trigger a day before keeps the time on the wall, 24 hours before does not', () => {
    const at = Date.UTC(2026, 2, 29, 10)
    expect(instant(offsetFrom(at, days(-1), zoneNamed(berlin)))).toBe('20260328T1100Z')
    expect(instant(offsetFrom(at, hours(-24), zoneNamed(berlin)))).toBe('20260328T1000Z')
  })
  test('start and end in two zones', () => {
    const start = time(`${berlin}:20260601T100000`)
    const length = lengthOf(start, { end: time(`${newYork}:20260601T130000`) }, zoneNamed(berlin))
    expect(last(series(`${berlin}:20260601T100000`, undefined, { length }))).toEqual([
      '20260601T0800Z',
      '20260601T1700Z',
    ])
  })
  test('one that began before the time asked for and still lasts is given', () => {
    const set = series('20200101T120000', 'FREQ=WEEKLY', { length: days(3) })
    expect(walls(set, '20260101', '20260102')).toEqual(['20251231T1200'])
  })
})

describe('UNTIL', () => {
  test.each([
    ['at an instance', '20260303T080000Z', 3],
    ['a second before it', '20260303T075959Z', 2],
    ['without Z is local', '20260303T090000', 3],
    ['without Z, a second before', '20260303T085959', 2],
    ['a date is the whole day', '20260303', 3],
  ])('%s (%s)', (_, until, count) => {
    expect(starts(series('20260301T090000', `FREQ=DAILY;UNTIL=${until}`))).toHaveLength(count)
  })
  test('in the evening, when it is the next day in UTC', () => {
    const set = series('20260302T200000', 'FREQ=DAILY;UNTIL=20260305T010000Z', { zone: newYork })
    expect(walls(set).at(-1)).toBe('20260304T2000')
  })
  test.each(['20260303', '20260303T000000Z', '20260302T230000Z', '20260303T120000'])('of days: %s', until => {
    expect(walls(series('20260301', `FREQ=DAILY;UNTIL=${until}`))).toEqual([
      '20260301',
      '20260302',
      '20260303',
    ])
  })
})

describe('EXDATE and RDATE', () => {
  test('an excluded instance counts for COUNT', () => {
    const set = series('20260301T090000', 'FREQ=DAILY;COUNT=4', { excluded: ['20260302T090000'] })
    expect(walls(set)).toEqual(['20260301T0900', '20260303T0900', '20260304T0900'])
  })
  test.each([
    ['by another zone', `${newYork}:20260311T040000`, false],
    ['by another zone, at another instant', `${newYork}:20260311T030000`, true],
    ['by UTC', '20260311T080000Z', false],
    ['by a mere date', '20260311', false],
  ])('%s (%s)', (_, excluded, isThere) => {
    const set = series('20260310T090000', 'FREQ=DAILY;COUNT=3', { excluded: [excluded] })
    expect(walls(set).includes('20260311T0900')).toBe(isThere)
  })
  test('of DTSTART hides it and leaves COUNT; of all leaves none', () => {
    const first = series('20260301T090000', 'FREQ=DAILY;COUNT=2', { excluded: ['20260301T090000'] })
    expect(walls(first)).toEqual(['20260302T0900'])
    expect(walls({ ...first, excluded: [...first.excluded, time('20260302T090000')] })).toEqual([])
  })
  test('a period has its own length; a date that is an instance as well comes once', () => {
    const set = series('20260609T160000', 'FREQ=DAILY;COUNT=3', {
      dates: ['20260610T160000', '20260620T090000'],
    })
    const period = { start: time('20260610T140000Z'), length: hours(3) }
    const all = found({ ...set, dates: [...set.dates, period] })
    expect(all.map(({ startMs, endMs }) => `${instant(startMs)} ${(endMs - startMs) / 3_600_000}`)).toEqual([
      '20260609T1400Z 1',
      '20260610T1400Z 3',
      '20260611T1400Z 1',
      '20260620T0700Z 1',
    ])
  })
  test('a date that is excluded, one before DTSTART, and one with a time in a series of days', () => {
    const set = series('20260610', 'FREQ=DAILY;COUNT=2', {
      dates: ['20260601', '20260620', '20260611T120000'],
      excluded: ['20260620'],
    })
    expect(walls(set)).toEqual(['20260601', '20260610', '20260611'])
  })
  test('dates without a rule', () => {
    expect(walls(series('20260310T090000', undefined, { dates: ['20260312T100000'] }))).toEqual([
      '20260310T0900',
      '20260312T1000',
    ])
  })
  test('DTSTART that no rule makes is an instance and counts', () => {
    expect(walls(series('20260304T090000', 'FREQ=WEEKLY;BYDAY=MO;COUNT=3'))).toEqual([
      '20260304T0900',
      '20260309T0900',
      '20260316T0900',
    ])
  })
  test('several rules, joined, each instant once', () => {
    const set = series('20260302T090000', 'FREQ=WEEKLY;COUNT=3', {
      rules: ['FREQ=DAILY;COUNT=2', 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;COUNT=2'],
    })
    expect(walls(set)).toEqual([
      '20260302T0900',
      '20260302T1000',
      '20260303T0900',
      '20260309T0900',
      '20260316T0900',
    ])
  })
})

describe('overrides', () => {
  test('a time names an instance by its instant, its midnight, or the day', () => {
    const zone = zoneNamed(berlin)
    expect(nameOf(time(`${newYork}:20260311T040000`), zone, false)).toEqual({ id: Date.UTC(2026, 2, 11, 8) })
    expect(nameOf(time('20260311'), zone, false)).toEqual({ day: Date.UTC(2026, 2, 11) / 86_400_000 })
    for (const text of ['20260311', '20260310T230000Z', '20260311T120000'])
      expect(nameOf(time(text), zone, true)).toEqual({ id: Date.UTC(2026, 2, 11) })
  })
  const daily = (overrides: Parameters<typeof series>[2]) =>
    series('20260310T090000', 'FREQ=DAILY;COUNT=3', overrides)
  test.each(['20260311T090000', '20260311T080000Z', `${newYork}:20260311T040000`, '20260311'])(
    'are matched by instant, else by the day or the wall (%s)',
    id => {
      const set = daily({ overrides: [override(id, '20260315T150000')] })
      expect(walls(set)).toEqual(['20260310T0900', '20260312T0900', '20260315T1500'])
      expect(found(set).at(-1)?.id).toBe(Date.UTC(2026, 2, 11, 8))
    },
  )
  test.each(['20260311', '20260310T230000Z', '20260311T000000'])('of days (%s)', id => {
    const set = series('20260310', 'FREQ=DAILY;COUNT=3', {
      overrides: [override(id, '20260315', { length: days(1) })],
    })
    expect(walls(set)).toEqual(['20260310', '20260312', '20260315'])
  })
  test('of two for one instance the higher SEQUENCE holds, then the later DTSTAMP', () => {
    const of = (start: string, sequence: number, stampMs: number) =>
      override('20260311T090000', start, { sequence, stampMs })
    const set = daily({
      overrides: [
        of('20260313T100000', 1, 5),
        of('20260313T110000', 2, 1),
        of('20260313T120000', 2, 3),
        of('20260313T130000', 2, 2),
      ],
    })
    expect(walls(set).at(-1)).toBe('20260313T1200')
    expect(walls(set)).toHaveLength(3)
  })
  test('of no instance is shown, of an excluded one is not', () => {
    const stray = override('20260401T090000', '20260402T090000')
    expect(walls(daily({ overrides: [stray] }))).toHaveLength(4)
    const gone = override('20260311T090000', '20260315T150000')
    expect(walls(daily({ overrides: [gone], excluded: ['20260311T090000'] }))).toEqual([
      '20260310T0900',
      '20260312T0900',
    ])
  })
  test('moved into the time asked for, from outside, and out of it', () => {
    const set = daily({ overrides: [override('20260311T090000', '20260515T150000')] })
    expect(walls(set, '20260501', '20260601')).toEqual(['20260515T1500'])
    expect(walls(set, '20260311', '20260312')).toEqual([])
  })
  test('from a time to a day', () => {
    const set = daily({ overrides: [override('20260311T090000', '20260311', { length: days(1) })] })
    expect(walls(set)).toEqual(['20260310T0900', '20260311', '20260312T0900'])
  })
  test('THISANDFUTURE moves on the wall clock', () => {
    const later = override('20260316T090000', '20260316T110000', { isThisAndFuture: true })
    const set = series('20260302T090000', 'FREQ=WEEKLY;COUNT=5', { overrides: [later] })
    expect(starts(set)).toEqual([
      '20260302T0800Z',
      '20260309T0800Z',
      '20260316T1000Z',
      '20260323T1000Z',
      '20260330T0900Z',
    ])
    expect(starts(set, '20260330', '20260331')).toEqual(['20260330T0900Z'])
  })
})
