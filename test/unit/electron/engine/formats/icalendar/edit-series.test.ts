import { describe, expect, test } from 'vitest'
import {
  changeObject,
  createObject,
  removeFrom,
} from '../../../../../../electron/engine/formats/icalendar/edit/edit-object'
import { readObjectBytes } from '../../../../../../electron/engine/formats/icalendar/event/event-object'
import {
  type Component,
  writeComponent,
} from '../../../../../../electron/engine/formats/icalendar/text/component'
import type { EventFields, EventScope } from '../../../../../../shared/features/calendar/model'
import { calendar, fromLatin1, latin1, takesPlace } from './support'

const facts = { nowMs: Date.UTC(2026, 0, 2), raisesSequence: true, organizer: null }
const B = 'TZID=Europe/Berlin'
const from = '2026-01-01T00:00:00Z'
const to = '2027-01-01T00:00:00Z'

const at = (instance: string | null, scope: EventScope) =>
  ({ instance: instance === null ? null : Date.parse(instance), scope, zone: 'Europe/Berlin' }) as const
const text = (component: Component | null): string =>
  component === null ? '' : fromLatin1(writeComponent(component))
const when = (component: Component | null): string[] =>
  component === null ? [] : takesPlace(text(component), from, to)

const change = (source: string, place: ReturnType<typeof at>, fields: EventFields) =>
  changeObject(readObjectBytes(latin1(source)), place, fields, 'new-uid', facts)
const remove = (source: string, place: ReturnType<typeof at>) =>
  removeFrom(readObjectBytes(latin1(source)), place, facts)

/** Weekly, Mondays at nine, over the night in which the clocks go forward. */
const weekly = `DTSTART;${B}:20260316T090000\nDTEND;${B}:20260316T100000\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:a`
const berlin = (wall: string) => ({ at: wall, zone: 'Europe/Berlin' })

describe('one instance', () => {
  test('is changed alone, in the form that its series has', () => {
    const { calendar: changed } = change(calendar(weekly), at('2026-03-30T07:00:00Z', 'this'), { title: 'b' })
    expect(when(changed)).toEqual([
      '0316T0800Z/0316T0900Z a',
      '0323T0800Z/0323T0900Z a',
      '0330T0700Z/0330T0800Z b',
      '0406T0700Z/0406T0800Z a',
    ])
    expect(text(changed)).toContain(`RECURRENCE-ID;${B}:20260330T090000\r\n`)
  })

  test('is moved, then changed again, then taken away: nothing is left of it', () => {
    const id = at('2026-03-30T07:00:00Z', 'this')
    const moved = change(calendar(weekly), id, { start: berlin('2026-06-01T20:00') })
    expect(when(moved.calendar).at(-1)).toBe('0601T1800Z/0601T1900Z a')
    const again = change(text(moved.calendar), id, { duration: 'PT3H' })
    expect(when(again.calendar).at(-1)).toBe('0601T1800Z/0601T2100Z a')
    const removed = remove(text(again.calendar), id)
    expect(when(removed.calendar)).toEqual([
      '0316T0800Z/0316T0900Z a',
      '0323T0800Z/0323T0900Z a',
      '0406T0700Z/0406T0800Z a',
    ])
    expect(text(removed.calendar).match(/BEGIN:VEVENT/g)).toHaveLength(1)
    expect(text(removed.calendar)).toContain(`EXDATE;${B}:20260330T090000\r\n`)
  })

  test('an instance with an RDATE PERIOD of its own keeps its length', () => {
    const source = calendar(
      'DTSTART:20260601T140000Z\nDTEND:20260601T150000Z\nRDATE;VALUE=PERIOD:20260610T140000Z/PT3H',
    )
    const { calendar: changed } = change(source, at('2026-06-10T14:00:00Z', 'this'), { title: 'b' })
    expect(when(changed)).toEqual(['0601T1400Z/0601T1500Z', '0610T1400Z/0610T1700Z b'])
  })

  test('an all-day instance is named by its day', () => {
    const source = calendar('DTSTART;VALUE=DATE:20260328\nRRULE:FREQ=DAILY;COUNT=3')
    const { calendar: changed } = change(source, at('2026-03-29T00:00:00Z', 'this'), {
      start: { at: '2026-04-05', zone: null },
    })
    expect(text(changed)).toContain('RECURRENCE-ID;VALUE=DATE:20260329\r\n')
    expect(when(changed)).toEqual(['0327T2300Z/0328T2300Z', '0329T2200Z/0330T2200Z', '0404T2200Z/0405T2200Z'])
    const removed = remove(source, at('2026-03-29T00:00:00Z', 'this'))
    expect(text(removed.calendar)).toContain('EXDATE;VALUE=DATE:20260329\r\n')
  })

  test('a floating series keeps its times floating', () => {
    const source = calendar('DTSTART:20260316T090000\nRRULE:FREQ=DAILY;COUNT=2')
    const removed = remove(source, at('2026-03-17T08:00:00Z', 'this'))
    expect(text(removed.calendar)).toContain('EXDATE:20260317T090000\r\n')
  })

  test.each([
    ['2026-03-17T08:00:00Z', { title: 'x' }, 'event-instance-missing'],
    ['2026-03-30T07:00:00Z', { rule: 'FREQ=DAILY' }, 'event-rule-of-one'],
    [null, { title: 'x' }, 'event-instance-needed'],
    ['2026-03-30T07:00:00Z', { end: berlin('2026-03-30T08:00') }, 'event-end-impossible'],
    ['2026-03-30T07:00:00Z', { end: { at: '2026-03-31', zone: null } }, 'event-end-impossible'],
    ['2026-03-30T07:00:00Z', { start: berlin('2026-02-30T08:00') }, 'event-date-impossible'],
    [
      '2026-03-30T07:00:00Z',
      { start: { at: '2026-03-30T08:00', zone: 'Mars/Olympus' } },
      'event-zone-unknown',
    ],
    ['2026-03-30T07:00:00Z', { duration: 'soon' }, 'event-length-impossible'],
    ['2026-03-30T07:00:00Z', { duration: '-PT1H' }, 'event-length-impossible'],
  ] satisfies [string | null, EventFields, string][])('%s with %j is refused: %s', (id, fields, code) => {
    expect(() => change(calendar(weekly), at(id, 'this'), fields)).toThrow(code)
  })

  test('when the last one goes, nothing stays', () => {
    const source = calendar(`DTSTART;${B}:20260316T090000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260316T080000Z`)
    expect(remove(source, at('2026-03-17T08:00:00Z', 'this')).calendar).toBeNull()
  })
})

describe('all of a series', () => {
  const moved = `RECURRENCE-ID;${B}:20260323T090000\nDTSTART;${B}:20260324T150000\nDTEND;${B}:20260324T160000\nSUMMARY:moved`
  const retitled = `RECURRENCE-ID:20260330T070000Z\nDTSTART;${B}:20260330T090000\nDTEND;${B}:20260330T100000\nSUMMARY:own`

  test('moves on the wall, also over the change of the clocks; who was moved alone stays there', () => {
    const source = calendar(`${weekly}\nEXDATE;${B}:20260406T090000`, moved, retitled)
    const { calendar: changed } = change(source, at(null, 'all'), { start: berlin('2026-03-17T11:00') })
    expect(when(changed)).toEqual([
      '0317T1000Z/0317T1100Z a',
      '0324T1400Z/0324T1500Z moved',
      '0331T0900Z/0331T1000Z own',
    ])
    expect(text(changed)).toContain(`EXDATE;${B}:20260407T110000\r\n`)
    expect(text(changed)).toContain(`RECURRENCE-ID;${B}:20260324T110000\r\n`)
  })

  test('from an instance: the whole moves by as much', () => {
    const { calendar: changed } = change(calendar(weekly), at('2026-03-30T07:00:00Z', 'all'), {
      start: berlin('2026-03-30T10:30'),
    })
    expect(when(changed)[0]).toBe('0316T0930Z/0316T1030Z a')
    expect(when(changed)).toHaveLength(4)
  })

  test('a title goes to every instance that had the same one', () => {
    const { calendar: changed } = change(
      calendar(weekly, moved, retitled.replace('own', 'a')),
      at(null, 'all'),
      {
        title: 'neu',
      },
    )
    expect(when(changed).map(each => each.split(' ')[1])).toEqual(['neu', 'moved', 'neu', 'neu'])
  })

  test('to another zone: the same time on its walls, instances named anew', () => {
    const source = calendar(`${weekly}\nEXDATE:20260323T080000Z`)
    const { calendar: changed } = change(source, at(null, 'all'), {
      start: { at: '2026-03-16T09:00', zone: 'America/New_York' },
    })
    expect(when(changed)).toEqual([
      '0316T1300Z/0316T1400Z a',
      '0330T1300Z/0330T1400Z a',
      '0406T1300Z/0406T1400Z a',
    ])
    expect(text(changed)).toContain('TZID:America/New_York')
  })

  test('to whole days and back', () => {
    const days = change(calendar(`${weekly}\nEXDATE:20260323T080000Z`), at(null, 'all'), {
      start: { at: '2026-03-16', zone: null },
    })
    expect(when(days.calendar)).toEqual([
      '0315T2300Z/0316T2300Z a',
      '0329T2200Z/0330T2200Z a',
      '0405T2200Z/0406T2200Z a',
    ])
    const times = change(text(days.calendar), at(null, 'all'), { start: berlin('2026-03-16T08:00') })
    expect(when(times.calendar)).toEqual([
      '0316T0700Z/0316T0800Z a',
      '0330T0600Z/0330T0700Z a',
      '0406T0600Z/0406T0700Z a',
    ])
  })

  test.each([
    ['FREQ=WEEKLY;BYDAY=MO,WE', '2026-03-17T09:00', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['FREQ=WEEKLY;BYDAY=MO', '2026-03-15T09:00', 'FREQ=WEEKLY;BYDAY=SU'],
    ['FREQ=MONTHLY;BYDAY=3MO', '2026-03-10T09:00', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['FREQ=MONTHLY;BYMONTHDAY=16', '2026-03-18T09:00', 'FREQ=MONTHLY;BYMONTHDAY=18'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,16', '2026-03-18T09:00', 'FREQ=MONTHLY;BYMONTHDAY=1,16'],
    ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=16', '2026-04-02T09:00', 'FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2'],
    ['FREQ=DAILY;UNTIL=20260401T070000Z', '2026-03-16T11:00', 'FREQ=DAILY;UNTIL=20260401T090000Z'],
  ])('%s begun at %s becomes %s', (rule, start, next) => {
    const source = calendar(`DTSTART;${B}:20260316T090000\nRRULE:${rule}`)
    const { calendar: changed } = change(source, at(null, 'all'), { start: berlin(start) })
    expect(text(changed)).toContain(`RRULE:${next}\r\n`)
  })

  test('another rule keeps the changed instances that it still has, and counts the others', () => {
    const { calendar: changed, dropped } = change(calendar(weekly, moved, retitled), at(null, 'all'), {
      rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=2',
    })
    expect(dropped).toBe(1)
    expect(when(changed)).toEqual(['0316T0800Z/0316T0900Z a', '0330T0700Z/0330T0800Z own'])
  })

  test('no rule: one event', () => {
    const { calendar: changed } = change(calendar(weekly), at(null, 'all'), { rule: null })
    expect(when(changed)).toEqual(['0316T0800Z/0316T0900Z a'])
  })

  test('both zones of an event outlive a move', () => {
    const source = calendar(`DTSTART;${B}:20260601T100000\nDTEND;TZID=America/New_York:20260601T130000`)
    const { calendar: changed } = change(source, at(null, 'all'), { start: berlin('2026-06-02T11:00') })
    expect(when(changed)).toEqual(['0602T0900Z/0602T1800Z'])
    expect(text(changed)).toContain('DTEND;TZID=America/New_York:20260602T140000\r\n')
  })

  test('guests, alarms and words', () => {
    const source = calendar(
      `${weekly}\nATTENDEE;PARTSTAT=ACCEPTED;X-A=1:mailto:eva@example.org
       BEGIN:VALARM\nTRIGGER:-PT15M\nACTION:AUDIO\nX-KEPT:1\nEND:VALARM`,
    )
    const { calendar: changed } = change(source, at(null, 'all'), {
      attendees: [
        { address: 'EVA@example.org', name: '' },
        { address: 'ben@example.org', name: 'Ben "B", Koch' },
      ],
      alarms: ['PT15M', '-P1D'],
      status: 'tentative',
      isTransparent: true,
      privacy: 'private',
      categories: ['a, b', 'c'],
    })
    expect(text(changed).replace(/\r\n /g, '').split('\r\n')).toEqual(
      expect.arrayContaining([
        'ATTENDEE;PARTSTAT=ACCEPTED;X-A=1:mailto:eva@example.org',
        `ATTENDEE;CN="Ben ^'B^', Koch";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ben@example.org`,
        ...['X-KEPT:1', 'TRIGGER:-P1D', 'STATUS:TENTATIVE', 'TRANSP:TRANSPARENT', 'CLASS:PRIVATE'],
        'CATEGORIES:a\\, b,c',
      ]),
    )
  })
})

describe('this and the following', () => {
  const ten = `DTSTART;${B}:20260302T090000\nDTEND;${B}:20260302T100000\nRRULE:FREQ=WEEKLY;COUNT=10\nSUMMARY:a`
  /** Of the third, moved behind the cut; of the seventh, moved before it. */
  const third = `RECURRENCE-ID;${B}:20260316T090000\nDTSTART;${B}:20260501T120000\nDURATION:PT1H\nSUMMARY:third`
  const seventh = `RECURRENCE-ID:20260413T070000Z\nDTSTART;${B}:20260305T120000\nDURATION:PT1H\nSUMMARY:seventh`
  const source = calendar(
    `${ten}\nEXDATE;${B}:20260309T090000,20260420T090000\nRDATE;${B}:20260310T090000,20260421T090000`,
    third,
    seventh,
  )
  const cut = at('2026-03-30T07:00:00Z', 'following')

  test('the head ends at the fourth, the tail has six; changed and excluded instances follow their name', () => {
    const { calendar: head, more, dropped } = change(source, cut, { title: 'b' })
    expect(dropped).toBe(0)
    expect(text(head)).toContain('RRULE:FREQ=WEEKLY;UNTIL=20260323T080000Z\r\n')
    expect(text(more)).toContain('RRULE:FREQ=WEEKLY;COUNT=6\r\n')
    expect(text(more).match(/UID:new-uid\r\n/g)).toHaveLength(2)
    expect(when(head)).toEqual([
      '0302T0800Z/0302T0900Z a',
      '0310T0800Z/0310T0900Z a',
      '0323T0800Z/0323T0900Z a',
      '0501T1000Z/0501T1100Z third',
    ])
    expect(when(more)).toEqual([
      '0305T1100Z/0305T1200Z seventh',
      '0330T0700Z/0330T0800Z b',
      '0406T0700Z/0406T0800Z b',
      '0421T0700Z/0421T0800Z b',
      '0427T0700Z/0427T0800Z b',
      '0504T0700Z/0504T0800Z b',
    ])
  })

  test('moved in time as well: what was excluded stays excluded', () => {
    const { more } = change(source, cut, { start: berlin('2026-03-31T11:00') })
    expect(when(more)).toEqual([
      '0305T1100Z/0305T1200Z seventh',
      '0331T0900Z/0331T1000Z a',
      '0407T0900Z/0407T1000Z a',
      '0422T0900Z/0422T1000Z a',
      '0428T0900Z/0428T1000Z a',
      '0505T0900Z/0505T1000Z a',
    ])
  })

  test('taken away: the head alone is left', () => {
    const removed = remove(source, cut)
    expect(when(removed.calendar)).toHaveLength(4)
    expect(removed.more).toBeNull()
  })

  test('from the first on it is all of it', () => {
    const first = at('2026-03-02T08:00:00Z', 'following')
    expect(change(source, first, { title: 'b' }).more).toBeNull()
    expect(remove(source, first).calendar).toBeNull()
  })

  test.each([
    ['DTSTART;VALUE=DATE:20260601\nRRULE:FREQ=DAILY', '2026-06-04T00:00:00Z', 'UNTIL=20260603'],
    ['DTSTART:20260601T090000\nRRULE:FREQ=DAILY', '2026-06-04T07:00:00Z', 'UNTIL=20260603T090000'],
    ['DTSTART:20260601T090000Z\nRRULE:FREQ=DAILY', '2026-06-04T09:00:00Z', 'UNTIL=20260603T090000Z'],
    [`DTSTART;${B}:20260327T023000\nRRULE:FREQ=DAILY`, '2026-03-30T00:30:00Z', 'UNTIL=20260329T013000Z'],
  ])('an endless series ends in the form that its start has: %s', (series, instance, until) => {
    const removed = remove(calendar(series), at(instance, 'following'))
    expect(text(removed.calendar)).toContain(`RRULE:FREQ=DAILY;${until}\r\n`)
  })

  test('a range that moved the later instances holds in the tail', () => {
    const range = `RECURRENCE-ID;RANGE=THISANDFUTURE;${B}:20260316T090000\nDTSTART;${B}:20260316T110000\nDURATION:PT1H\nSUMMARY:late`
    const { calendar: head, more } = change(calendar(ten, range), cut, { title: 'b' })
    expect(when(head)).toEqual([
      '0302T0800Z/0302T0900Z a',
      '0309T0800Z/0309T0900Z a',
      '0316T1000Z/0316T1100Z late',
      '0323T1000Z/0323T1100Z late',
    ])
    expect(when(more)[0]).toBe('0330T0900Z/0330T1000Z b')
  })
})

describe('a new event', () => {
  const made = (fields: EventFields) => text(createObject(fields, 'uid-1', facts))

  test('has a zone with its rules, a neutral PRODID and nothing else', () => {
    const lines = made({ title: 'Zahnarzt, neu', start: berlin('2026-03-27T14:30'), duration: 'PT1H' }).split(
      '\r\n',
    )
    expect(lines.slice(0, 4)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//calendar//EN',
      'CALSCALE:GREGORIAN',
    ])
    expect(lines.slice(lines.indexOf('BEGIN:VEVENT'))).toEqual([
      'BEGIN:VEVENT',
      'UID:uid-1',
      'DTSTAMP:20260102T000000Z',
      'CREATED:20260102T000000Z',
      'DTSTART;TZID=Europe/Berlin:20260327T143000',
      'DURATION:PT1H',
      'SUMMARY:Zahnarzt\\, neu',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  test.each([
    [berlin('2026-03-27T14:30'), 'UNTIL=20260401T215959Z'],
    [{ at: '2026-03-27T14:30', zone: 'UTC' }, 'UNTIL=20260401T235959Z'],
    [{ at: '2026-03-27T14:30', zone: null }, 'UNTIL=20260401T235959'],
    [{ at: '2026-03-27', zone: null }, 'UNTIL=20260401'],
  ])('a rule that ends on a day ends in the form that the start has: %j', (start, until) => {
    expect(made({ start, rule: 'FREQ=DAILY;UNTIL=20260401' })).toContain(`RRULE:FREQ=DAILY;${until}\r\n`)
  })

  test.each([
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Europe/Dublin',
    'Africa/Cairo',
    'Asia/Jerusalem',
    'America/Santiago',
    'Pacific/Apia',
  ])('what describes %s has its times', zone => {
    const source = made({ start: { at: '2026-01-15T09:00', zone }, rule: 'FREQ=WEEKLY;COUNT=150' })
    const described = source.replaceAll(`${zone}`, 'Nowhere').replace(/^X-LIC.*\r\n/m, '')
    const until = '2028-12-31T00:00:00Z'
    expect(takesPlace(described, from, until)).toEqual(takesPlace(source, from, until))
    expect(takesPlace(source, from, until)).toHaveLength(150)
  })

  test.each([
    [{ start: { at: '2026-03-29', zone: null } }, '0328T2300Z/0329T2200Z'],
    [
      { start: { at: '2026-03-12', zone: null }, end: { at: '2026-03-15', zone: null } },
      '0311T2300Z/0314T2300Z',
    ],
    [{ start: { at: '2026-06-01T09:00', zone: null } }, '0601T0700Z/0601T0800Z'],
    [{ start: { at: '2026-06-01T09:00:30', zone: 'UTC' }, end: null }, '0601T0900Z/0601T0900Z'],
  ] satisfies [EventFields, string][])('%j', (fields, place) => {
    expect(takesPlace(made(fields), from, to)).toEqual([place])
  })
})
