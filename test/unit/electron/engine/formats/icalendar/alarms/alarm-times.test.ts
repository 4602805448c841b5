import { describe, expect, test } from 'vitest'
import { reminderFormat } from '../../../../../../../electron/engine/formats/icalendar/alarms/reminder-format'
import { calendar } from '../support'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const alarm = (trigger: string, ...more: string[]): string =>
  ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER${trigger}`, ...more, 'END:VALARM'].join('\n')
const never = -8.64e15

function look(
  text: string,
  now: string,
  more: { known?: string; seenMs?: number; own?: string[]; zone?: string } = {},
) {
  const found = reminderFormat.reminders(bytes(text), {
    nowMs: Date.parse(now),
    knownMs: Date.parse(more.known ?? '2026-01-01T00:00Z'),
    seenMs: more.seenMs ?? never,
    zone: more.zone ?? 'Europe/Berlin',
    own: new Set(more.own ?? []),
  })
  if (found.kind === 'none') return null
  const short = (ms: number) => new Date(ms).toISOString().slice(0, 16)
  return {
    due: found.due && short(found.due.triggerMs),
    about: found.due?.at ? short(found.due.at.startMs) : null,
    next: found.nextMs === null ? null : short(found.nextMs),
    kind: found.due?.kind,
    action: found.due?.action,
  }
}

const once = (...lines: string[]): string =>
  calendar(
    ['DTSTART;TZID=Europe/Berlin:20260310T100000', 'DTEND;TZID=Europe/Berlin:20260310T110000', ...lines].join(
      '\n',
    ),
  )

describe('one event', () => {
  test.each([
    [':-PT15M', '2026-03-10T08:44Z', null, '2026-03-10T08:45'],
    [':-PT15M', '2026-03-10T08:45Z', '2026-03-10T08:45', null],
    [':PT0S', '2026-03-10T09:00Z', '2026-03-10T09:00', null],
    [';RELATED=END:-PT10M', '2026-03-10T09:50Z', '2026-03-10T09:50', null],
    [':PT30M', '2026-03-10T09:29Z', null, '2026-03-10T09:30'],
    [';VALUE=DATE-TIME:20260309T120000Z', '2026-03-09T12:00Z', '2026-03-09T12:00', null],
    [':-P1W', '2026-03-03T09:00Z', '2026-03-03T09:00', null],
  ])('TRIGGER%s at %s', (trigger, now, due, next) => {
    expect(look(once(alarm(trigger)), now)).toMatchObject({ due, next })
  })

  test('of several reminders the latest is due, and the next is known', () => {
    const text = once(alarm(':-P1D'), alarm(':-PT1H'), alarm(':-PT5M'))
    expect(look(text, '2026-03-10T08:30Z')).toMatchObject({
      due: '2026-03-10T08:00',
      next: '2026-03-10T08:55',
    })
  })

  test.each([
    ['cancelled', 'STATUS:CANCELLED'],
    ['declined by the person', 'ATTENDEE;PARTSTAT=DECLINED:mailto:Me@Example.org'],
  ])('one that is %s is silent', (_, line) => {
    expect(
      look(once(line, alarm(':-PT15M')), '2026-03-10T08:50Z', { own: ['me@example.org'] }),
    ).toMatchObject({
      due: null,
      next: null,
    })
  })

  test('one that somebody else declined is not', () => {
    const text = once('ATTENDEE;PARTSTAT=DECLINED:mailto:eva@example.org', alarm(':-PT15M'))
    expect(look(text, '2026-03-10T08:50Z', { own: ['me@example.org'] })?.due).toBe('2026-03-10T08:45')
  })

  test('without reminders, with a broken one or with Apple’s none there is nothing to look at', () => {
    expect(look(once(), '2026-03-10T08:50Z')).toBeNull()
    expect(look(once(alarm(':soon')), '2026-03-10T08:50Z')).toBeNull()
    expect(
      look(
        once('BEGIN:VALARM\nACTION:NONE\nTRIGGER;VALUE=DATE-TIME:19760401T005545Z\nEND:VALARM'),
        '2026-03-10T08:50Z',
      ),
    ).toBeNull()
  })

  test.each(['AUDIO', 'EMAIL', 'PROCEDURE', 'X-EXPLODE'])('%s reminds, and is named', action => {
    const text = once(`BEGIN:VALARM\nACTION:${action}\nATTACH:file:///bin/sh\nTRIGGER:-PT15M\nEND:VALARM`)
    expect(look(text, '2026-03-10T08:50Z')).toMatchObject({ due: '2026-03-10T08:45', action })
  })
})

describe('what is over', () => {
  test('what was missed while the program was away is due', () => {
    expect(look(once(alarm(':-PT15M')), '2026-03-20T08:00Z')?.due).toBe('2026-03-10T08:45')
  })
  test('after thirty days it is not', () => {
    expect(look(once(alarm(':-PT15M')), '2026-04-20T08:00Z')?.due).toBeNull()
  })
  test('an event that came in after it was over reminds of nothing', () => {
    expect(look(once(alarm(':-PT15M')), '2026-03-10T12:00Z', { known: '2026-03-10T12:00Z' })?.due).toBeNull()
  })
  test('one that came in while it was on does, but for reminders of long before', () => {
    const known = '2026-03-10T09:30Z'
    expect(look(once(alarm(':-PT15M')), known, { known })?.due).toBe('2026-03-10T08:45')
    expect(look(once(alarm(':-P2D')), known, { known })?.due).toBeNull()
  })
})

describe('seen', () => {
  test('what was acknowledged on any device is not due', () => {
    const text = once(alarm(':-PT15M', 'ACKNOWLEDGED:20260310T084600Z'), alarm(':-PT5M'))
    expect(look(text, '2026-03-10T08:50Z')).toMatchObject({ due: null, next: '2026-03-10T08:55' })
  })
  test('what Thunderbird says was seen counts, and what it put off rings', () => {
    const text = once(
      'X-MOZ-LASTACK:20260310T084600Z',
      'X-MOZ-SNOOZE-TIME:20260310T085500Z',
      alarm(':-PT15M'),
    )
    expect(look(text, '2026-03-10T08:50Z')).toMatchObject({ due: null, next: '2026-03-10T08:55' })
    expect(look(text, '2026-03-10T08:56Z')).toMatchObject({ due: '2026-03-10T08:55' })
  })
  test('a reminder put off by another program rings at its time', () => {
    const text = once(
      alarm(':-PT15M', 'UID:a1', 'ACKNOWLEDGED:20260310T084600Z'),
      alarm(';VALUE=DATE-TIME:20260310T085500Z', 'RELATED-TO;RELTYPE=SNOOZE:a1'),
    )
    expect(look(text, '2026-03-10T08:55Z')).toMatchObject({ due: '2026-03-10T08:55', next: null })
  })
})

describe('a series', () => {
  const daily = (...more: string[]): string =>
    calendar(
      [
        'DTSTART;TZID=Europe/Berlin:20260301T090000',
        'DURATION:PT30M',
        'RRULE:FREQ=DAILY;COUNT=60',
        ...more,
      ].join('\n'),
    )

  test('of what was missed the last is told, and the next is known', () => {
    expect(look(daily(alarm(':-PT15M')), '2026-03-20T12:00Z')).toMatchObject({
      due: '2026-03-20T07:45',
      about: '2026-03-20T08:00',
      next: '2026-03-21T07:45',
    })
  })

  test('the clock is changed under it: nine stays nine, and a day before is a day on the wall', () => {
    const text = daily(alarm(':-P1D', 'ACKNOWLEDGED:20260328T120000Z'))
    // The 30th at 09:00 is 07:00 UTC; a day before on the wall is the 29th at 09:00, 07:00 UTC as well.
    expect(look(text, '2026-03-28T13:00Z')?.next).toBe('2026-03-29T07:00')
    expect(look(daily(alarm(':-PT24H', 'ACKNOWLEDGED:20260327T120000Z')), '2026-03-27T13:00Z')?.next).toBe(
      '2026-03-28T07:00',
    )
  })

  test('an instance that was moved, taken out or cancelled reminds where it is now, or not', () => {
    const moved = `BEGIN:VEVENT\nUID:u1\nDTSTAMP:20260101T000000Z\nRECURRENCE-ID;TZID=Europe/Berlin:20260310T090000\nDTSTART;TZID=Europe/Berlin:20260310T150000\nDURATION:PT30M\n${alarm(':-PT1H')}\nEND:VEVENT`
    const off = `BEGIN:VEVENT\nUID:u1\nDTSTAMP:20260101T000000Z\nRECURRENCE-ID;TZID=Europe/Berlin:20260312T090000\nDTSTART;TZID=Europe/Berlin:20260312T090000\nSTATUS:CANCELLED\n${alarm(':-PT15M')}\nEND:VEVENT`
    const master = `BEGIN:VEVENT\nUID:u1\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Europe/Berlin:20260301T090000\nDURATION:PT30M\nRRULE:FREQ=DAILY;COUNT=60\nEXDATE;TZID=Europe/Berlin:20260311T090000\n${alarm(':-PT15M')}\nEND:VEVENT`
    const text = calendar(master, moved, off)
    expect(look(text, '2026-03-09T12:00Z')?.next).toBe('2026-03-10T13:00')
    expect(look(text, '2026-03-10T13:30Z')).toMatchObject({
      due: '2026-03-10T13:00',
      next: '2026-03-13T07:45',
    })
  })

  test('an all-day series reminds by the days of whoever looks', () => {
    const text = calendar(`DTSTART;VALUE=DATE:20260310\nRRULE:FREQ=WEEKLY;COUNT=2\n${alarm(':-PT9H')}`)
    expect(look(text, '2026-03-01T00:00Z')?.next).toBe('2026-03-09T14:00')
    expect(look(text, '2026-03-01T00:00Z', { zone: 'America/New_York' })?.next).toBe('2026-03-09T19:00')
  })

  test('one that was seen up to the last instance is silent until the next', () => {
    const text = daily(alarm(':-PT15M', 'ACKNOWLEDGED:20260320T100000Z'))
    expect(look(text, '2026-03-20T12:00Z')).toMatchObject({ due: null, next: '2026-03-21T07:45' })
  })

  test('a rule of seconds, and one without an end long ago, cost little', () => {
    const seconds = calendar(`DTSTART:20200101T000000Z\nRRULE:FREQ=SECONDLY\n${alarm(':PT0S')}`)
    const found = look(seconds, '2026-03-10T08:00:30Z')
    expect(found?.due).toBe('2026-03-10T08:00')
    const old = calendar(`DTSTART:19000101T080000Z\nRRULE:FREQ=DAILY\n${alarm(':-PT5M')}`)
    expect(look(old, '2026-03-10T12:00Z')).toMatchObject({
      due: '2026-03-10T07:55',
      next: '2026-03-11T07:55',
    })
  })
})

describe('a to-do', () => {
  const todo = (...lines: string[]): string =>
    calendar(`BEGIN:VTODO\nUID:t1\nDTSTAMP:20260101T000000Z\n${lines.join('\n')}\nEND:VTODO`)
  test.each([
    ['due only', 'DUE;TZID=Europe/Berlin:20260310T100000', ':-PT15M', '2026-03-10T08:45'],
    [
      'due only, by the end',
      'DUE;TZID=Europe/Berlin:20260310T100000',
      ';RELATED=END:-PT15M',
      '2026-03-10T08:45',
    ],
    [
      'with a start',
      'DTSTART;TZID=Europe/Berlin:20260310T080000\nDUE;TZID=Europe/Berlin:20260310T100000',
      ':-PT15M',
      '2026-03-10T06:45',
    ],
    [
      'with a start, by the end',
      'DTSTART;TZID=Europe/Berlin:20260310T080000\nDUE;TZID=Europe/Berlin:20260310T100000',
      ';RELATED=END:-PT15M',
      '2026-03-10T08:45',
    ],
    ['without any time', 'SUMMARY:x', ';VALUE=DATE-TIME:20260310T084500Z', '2026-03-10T08:45'],
  ])('%s', (_, times, trigger, due) => {
    expect(look(todo(times, alarm(trigger)), '2026-03-10T09:30Z')).toMatchObject({ due, kind: 'todo' })
  })
  test('one that is done is silent', () => {
    const due = 'DUE;TZID=Europe/Berlin:20260310T100000'
    expect(look(todo(due, 'STATUS:COMPLETED', alarm(':-PT15M')), '2026-03-10T09:00Z')?.due).toBeNull()
    expect(
      look(todo(due, 'COMPLETED:20260309T100000Z', alarm(':-PT15M')), '2026-03-10T09:00Z')?.due,
    ).toBeNull()
  })
})

describe('dismissing and putting off', () => {
  const text = once('X-OTHER:stays;as is', alarm(':-PT15M', 'X-OWN:stays'), alarm(':-PT5M', 'UID:known'))
  const now = '2026-03-10T08:56Z'
  const dismiss = (from: string, at = now) =>
    Buffer.from(reminderFormat.dismissReminders(bytes(from), Date.parse(at))).toString('utf8')
  let uids = 0
  const snooze = (from: string, until: string, at = now) =>
    Buffer.from(
      reminderFormat.snoozeReminders(bytes(from), Date.parse(at), Date.parse(until), () => `new-${++uids}`),
    ).toString('utf8')

  test('only ACKNOWLEDGED is added; all other bytes stay', () => {
    const after = dismiss(text)
    expect(after.replaceAll('ACKNOWLEDGED:20260310T085600Z\r\n', '')).toBe(text)
    expect(look(after, '2026-03-10T08:57Z')).toMatchObject({ due: null, next: null })
  })

  test('what is put off rings at its time, names what it comes from, and can be put off again and dismissed', () => {
    const first = snooze(text, '2026-03-10T09:10Z')
    expect(look(first, '2026-03-10T09:00Z')).toMatchObject({ due: null, next: '2026-03-10T09:10' })
    expect(first).toMatch(/UID:new-\d+\r\n/)
    expect(first).toContain('TRIGGER;VALUE=DATE-TIME:20260310T091000Z')
    expect(look(first, '2026-03-10T09:10Z')).toMatchObject({
      due: '2026-03-10T09:10',
      about: '2026-03-10T09:00',
    })
    const second = snooze(first, '2026-03-10T12:00Z', '2026-03-10T09:11Z')
    expect(second.match(/RELTYPE=SNOOZE/g)).toHaveLength(1)
    const done = dismiss(second, '2026-03-10T12:01Z')
    expect(done).not.toContain('SNOOZE')
    expect(look(done, '2026-03-10T12:02Z')).toMatchObject({ due: null, next: null })
  })

  test('Thunderbird hears of it in its own words, and loses what it had put off', () => {
    const after = dismiss(
      once('X-MOZ-LASTACK:20260310T084600Z', 'X-MOZ-SNOOZE-TIME:20260310T085500Z', alarm(':-PT15M')),
    )
    expect(after).toContain('X-MOZ-LASTACK:20260310T085600Z')
    expect(after).not.toContain('X-MOZ-SNOOZE-TIME')
  })
})
