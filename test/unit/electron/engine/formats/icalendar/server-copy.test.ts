import { describe, expect, test } from 'vitest'
import {
  isWrittenBy,
  whatServerKeeps,
} from '../../../../../../electron/engine/formats/icalendar/merge/server-copy'

const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]): string[] => [
  ...['BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z'],
  ...[...lines, 'END:VEVENT'],
]
const alarm = (trigger: string, ...more: string[]): string[] => [
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:${trigger}`, ...more, 'END:VALARM'],
]
const nothing = { lost: [], changed: [] }

describe('what says the same is no loss', () => {
  test.each<[string, string[], string[]]>([
    [
      'another order and other stamps',
      ['SUMMARY:a', 'LOCATION:b'],
      ['LOCATION:b', 'SUMMARY:a', 'SEQUENCE:3'],
    ],
    [
      'folded',
      [`DESCRIPTION:${'x'.repeat(60)} y`],
      [`DESCRIPTION:${'x'.repeat(20)}\r\n ${'x'.repeat(40)} y`],
    ],
    ['escaped otherwise', ['SUMMARY:a\\, b\\; c\\Nd'], ['SUMMARY:a\\, b; c\\nd']],
    ['a name in small letters', ['X-Other:1'], ['x-other:1']],
    ['parts of a rule in another order', ['RRULE:FREQ=WEEKLY;COUNT=3'], ['RRULE:COUNT=3;FREQ=WEEKLY']],
    ['a length said otherwise', ['DURATION:PT90M'], ['DURATION:PT1H30M']],
    ['an end in the place of a length', ['DURATION:PT1H'], ['DTEND:20260301T110000Z']],
    ['categories joined', ['CATEGORIES:a', 'CATEGORIES:b'], ['CATEGORIES:b,a']],
    [
      'exceptions divided',
      ['EXDATE:20260302T100000Z,20260303T100000Z'],
      ['EXDATE:20260303T100000Z', 'EXDATE:20260302T100000Z'],
    ],
    [
      'answers of a server that schedules',
      ['ATTENDEE:mailto:Bob@x.test'],
      ['ATTENDEE;SCHEDULE-STATUS="1.2":mailto:bob@x.test'],
    ],
    ['an alarm with more in it', alarm('-PT15M'), alarm('-P0DT0H15M', 'UID:a', 'X-WR-ALARMUID:a')],
    ['what the server adds', ['SUMMARY:a'], ['SUMMARY:a', 'X-SERVER:1', ...alarm('-PT5M')]],
  ])('%s', (_what, sent, copy) => {
    const theirs = calendar(...event(...copy))
    expect(whatServerKeeps(calendar(...event(...sent)), theirs)).toEqual({ ...nothing, kept: theirs })
  })

  test('zones and the head of the calendar are the server’s', () => {
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'END:VTIMEZONE']
    const theirs = calendar(...event('SUMMARY:a')).replace('-//x//x//EN', 'other')
    expect(whatServerKeeps(calendar('X-WR-CALNAME:mine', ...zone, ...event('SUMMARY:a')), theirs)).toEqual({
      ...{ ...nothing, kept: theirs },
    })
  })
})

describe('what a server leaves out is named and put back', () => {
  test.each<[string, string[], string[], string[]]>([
    ['a property', ['SUMMARY:a', 'X-OTHER;X-P=1:kept'], ['SUMMARY:a'], ['X-OTHER']],
    ['a property of ours', ['SUMMARY:a', 'LOCATION:b'], ['SUMMARY:a'], ['LOCATION']],
    ['one of several', ['ATTENDEE:mailto:a@x', 'ATTENDEE:mailto:b@x'], ['ATTENDEE:mailto:a@x'], ['ATTENDEE']],
    ['an alarm', alarm('-PT15M'), [], ['VALARM']],
    ['one of two alarms', [...alarm('-PT15M'), ...alarm('-P1D')], alarm('-PT15M'), ['VALARM']],
    ['the length', ['SUMMARY:a', 'DTEND:20260301T110000Z'], ['SUMMARY:a'], ['DTEND']],
  ])('%s', (_what, sent, copy, lost) => {
    const ours = calendar(...event(...sent))
    const made = whatServerKeeps(ours, calendar(...event(...copy)))
    expect(made).toMatchObject({ lost, changed: [] })
    // With it the server's copy says what was sent.
    expect(whatServerKeeps(ours, made.kept)).toMatchObject(nothing)
    for (const line of sent) expect(made.kept).toContain(line)
  })

  test('an instance that was changed by itself', () => {
    const override = event('RECURRENCE-ID:20260302T100000Z', 'SUMMARY:later')
    const ours = calendar(...event('RRULE:FREQ=DAILY'), ...override)
    const made = whatServerKeeps(ours, calendar(...event('RRULE:FREQ=DAILY')))
    expect(made).toMatchObject({ lost: ['RECURRENCE-ID 20260302T100000Z'], changed: [] })
    expect(whatServerKeeps(ours, made.kept)).toMatchObject(nothing)
  })
})

test.each<[string, string[], string[], string[]]>([
  ['another text', ['SUMMARY:a'], ['SUMMARY:A'], ['SUMMARY']],
  ['another time', ['DTEND:20260301T110000Z'], ['DTEND:20260301T120000Z'], ['DTEND']],
  ['a rule that is cut', ['RRULE:FREQ=DAILY'], ['RRULE:FREQ=DAILY;COUNT=100'], ['RRULE']],
])('%s is what the server has, and is named', (_what, sent, copy, changed) => {
  const theirs = calendar(...event(...copy))
  expect(whatServerKeeps(calendar(...event(...sent)), theirs)).toEqual({ lost: [], changed, kept: theirs })
})

test('another UID is named', () => {
  const theirs = calendar(...event('SUMMARY:a')).replace('UID:u', 'UID:v')
  expect(whatServerKeeps(calendar(...event('SUMMARY:a')), theirs).changed).toEqual(['UID'])
})

describe('whose writing a copy of the server is', () => {
  const stamped = (stamp: string, ...more: string[]) =>
    calendar(...event(...more)).replaceAll('DTSTAMP:20260101T000000Z', `DTSTAMP:${stamp}`)
  const [old, ours] = [stamped('20260101T000000Z', 'SUMMARY:a'), stamped('20260301T111111Z', 'SUMMARY:b')]
  test.each<[string, string, string | null, boolean]>([
    ['ours, with another text', stamped('20260301T111111Z', 'SUMMARY:B'), old, true],
    ['ours of what was new', stamped('20260301T111111Z'), null, true],
    ['the one from before', old, old, false],
    ['somebody else’s, made of the one from before', stamped('20260301T111112Z', 'SUMMARY:c'), old, false],
    ['somebody else’s without a stamp of its own', stamped('20260101T000000Z', 'SUMMARY:c'), old, false],
    [
      'ours with an instance of somebody else',
      ours.replace(
        'END:VCALENDAR',
        `${event('RECURRENCE-ID:20260302T100000Z').join('\r\n')}\r\nEND:VCALENDAR`,
      ),
      old,
      false,
    ],
  ])('%s', (_what, copy, before, isOurs) => {
    expect(isWrittenBy(ours, before, copy)).toBe(isOurs)
  })

  test('what another machine changed in the same second is not ours', () => {
    const before = stamped('20260101T000000Z', 'SUMMARY:a', 'LOCATION:here')
    const mine = stamped('20260102T000000Z', 'SUMMARY:b', 'LOCATION:here')
    const theirs = stamped('20260102T000000Z', 'SUMMARY:a', 'LOCATION:there')
    expect(isWrittenBy(mine, before, theirs)).toBe(false)
    const both = stamped('20260102T000000Z', 'SUMMARY:b', 'LOCATION:there')
    expect(isWrittenBy(mine, before, both)).toBe(false)
    expect(isWrittenBy(mine, before, stamped('20260102T000000Z', 'SUMMARY:B', 'LOCATION:here'))).toBe(true)
  })

  test('a change that leaves the stamps alone proves nothing', () => {
    expect(
      isWrittenBy(stamped('20260101T000000Z', 'SUMMARY:b'), old, stamped('20260101T000000Z', 'SUMMARY:c')),
    ).toBe(false)
  })
})
