import { describe, expect, test } from 'vitest'
import { todoFormat } from '../../../../../../../electron/engine/formats/icalendar/todo/todo-format'
import type { TodoChange } from '../../../../../../../electron/engine/ports/calendar/todos'
import { calendar } from '../support'

const zone = 'Europe/Berlin'
const now = Date.parse('2026-03-10T12:00Z')
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const text = (made: Uint8Array): string => Buffer.from(made).toString('utf8')
const todo = (...lines: string[]): string =>
  calendar(`BEGIN:VTODO\nUID:t1\nDTSTAMP:20260101T000000Z\n${lines.join('\n')}\nEND:VTODO`)
const change = (from: string, fields: TodoChange) => text(todoFormat.change(bytes(from), fields, now, zone))
const done = (from: string, at = now) => {
  const { bytes: made, isMoved } = todoFormat.done(bytes(from), true, at, zone)
  return { text: text(made), isMoved, read: todoFormat.read(made) }
}
/** Without what a change stamps. */
const unstamped = (from: string): string => from.replace(/^(DTSTAMP|LAST-MODIFIED|SEQUENCE):.*\r\n/gm, '')

describe('a new one', () => {
  test('says what was said, and no more of whoever wrote it', () => {
    const made = todoFormat.create(
      {
        title: 'Übung, jetzt',
        notes: 'a\nb',
        due: { at: '2026-03-12T14:30', zone },
        priority: 1,
        alarms: ['PT15M'],
        parentUid: 'above',
        message: 'a%b@example.org',
        categories: ['x'],
      },
      'uid-1',
      now,
    )
    const all = text(made)
    expect(all).toContain('DUE;TZID=Europe/Berlin:20260312T143000\r\n')
    expect(all).toContain('BEGIN:VTIMEZONE')
    expect(all).toContain('TRIGGER;RELATED=END:-PT15M\r\n')
    expect(all).toContain('RELATED-TO:above\r\n')
    expect(all).toContain('URL:mid:a%25b@example.org\r\n')
    expect(all).not.toContain('DTSTART;TZID')
    expect(todoFormat.read(made)).toMatchObject({
      title: 'Übung, jetzt',
      notes: 'a\nb',
      due: { at: '2026-03-12T14:30', zone },
      start: null,
      priority: 1,
      status: 'open',
      alarms: ['PT15M'],
      parentUid: 'above',
      message: 'a%b@example.org',
      hasAlarm: true,
      hasNotes: true,
    })
  })
  test.each([
    [
      'due before it begins',
      { start: { at: '2026-03-12', zone: null }, due: { at: '2026-03-11', zone: null } },
    ],
    ['a day and a time', { start: { at: '2026-03-12', zone: null }, due: { at: '2026-03-13T10:00', zone } }],
  ])('%s is refused', (_, fields) => {
    expect(() => todoFormat.create({ title: 'x', ...fields }, 'u', now)).toThrow(
      expect.objectContaining({ code: 'todo-due-before-start' }),
    )
  })
  test('what repeats needs a time', () => {
    expect(() => todoFormat.create({ title: 'x', rule: 'FREQ=DAILY' }, 'u', now)).toThrow(
      expect.objectContaining({ code: 'todo-rule-needs-time' }),
    )
  })
})

describe('a change', () => {
  const strange = todo(
    'SUMMARY;X-P=1:old',
    'due;VALUE=DATE:20260312',
    'X-APPLE-SORT-ORDER:12',
    'RELATED-TO;RELTYPE=SIBLING:other',
    'URL:https://example.org/x',
    'X-BLOB:stays \\; as it is',
  )
  test('touches the lines that it is about and no others', () => {
    const made = change(strange, { title: 'new' })
    expect(unstamped(made)).toBe(unstamped(strange).replace(':old', ':new'))
  })
  test.each<[string, TodoChange, string, string]>([
    ['due', { due: { at: '2026-03-13', zone: null } }, 'due;VALUE=DATE:20260312', 'DUE;VALUE=DATE:20260313'],
    ['no due', { due: null }, 'due;VALUE=DATE:20260312\r\n', ''],
  ])('%s', (_, fields, from, to) => {
    expect(unstamped(change(strange, fields))).toBe(unstamped(strange).replace(from, to))
  })
  test('a parent beside other relations, and away again', () => {
    const made = change(strange, { parentUid: 'p' })
    expect(todoFormat.read(bytes(made)).parentUid).toBe('p')
    expect(made).toContain('RELATED-TO;RELTYPE=SIBLING:other')
    expect(unstamped(change(made, { parentUid: null }))).toBe(unstamped(strange))
  })
  test('a percentage starts, ends and reopens it', () => {
    const half = change(strange, { percent: 50 })
    expect(todoFormat.read(bytes(half))).toMatchObject({ status: 'started', percent: 50 })
    const all = change(half, { percent: 100 })
    expect(todoFormat.read(bytes(all))).toMatchObject({ status: 'done', doneMs: now })
    expect(todoFormat.read(bytes(change(all, { percent: 0 })))).toMatchObject({
      status: 'open',
      doneMs: null,
    })
  })
  test('an address that leads elsewhere is not taken for a message', () => {
    expect(todoFormat.read(bytes(strange)).message).toBeNull()
    expect(change(strange, { message: null })).toContain('URL:https://example.org/x')
  })
})

describe('done', () => {
  test('and open again', () => {
    const first = todo('SUMMARY:a', 'STATUS:NEEDS-ACTION')
    const over = done(first)
    expect(over.isMoved).toBe(false)
    expect(over.read).toMatchObject({ status: 'done', percent: 100, doneMs: now })
    const { bytes: open } = todoFormat.done(bytes(over.text), false, now, zone)
    expect(unstamped(text(open))).toBe(unstamped(first))
  })

  test.each([
    ['due only, days', ['DUE;VALUE=DATE:20260310', 'RRULE:FREQ=WEEKLY'], '2026-03-17'],
    ['late: what is over is left out', ['DUE;VALUE=DATE:20260301', 'RRULE:FREQ=DAILY'], '2026-03-10'],
    ['early: the next one', ['DUE;VALUE=DATE:20260401', 'RRULE:FREQ=DAILY'], '2026-04-02'],
    ['month ends', ['DUE;VALUE=DATE:20260131', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1'], '2026-03-31'],
    [
      'a time, over the change of the clock',
      ['DUE;TZID=Europe/Berlin:20260328T090000', 'RRULE:FREQ=DAILY'],
      '2026-03-29T09:00',
    ],
    [
      'an exception',
      ['DUE;VALUE=DATE:20260310', 'RRULE:FREQ=WEEKLY', 'EXDATE;VALUE=DATE:20260317'],
      '2026-03-24',
    ],
    ['further dates', ['DUE;VALUE=DATE:20260310', 'RDATE;VALUE=DATE:20260312,20260320'], '2026-03-12'],
  ])('one that repeats goes on: %s', (_, lines, due) => {
    const moved = done(todo('SUMMARY:a', ...lines))
    expect(moved.isMoved).toBe(true)
    expect(moved.read).toMatchObject({ uid: 't1', status: 'open', due: { at: due } })
  })

  test('start and due move alike, and what is left of COUNT is counted', () => {
    const first = todo(
      'DTSTART;TZID=Europe/Berlin:20260310T090000',
      'DUE;TZID=Europe/Berlin:20260311T170000',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'X-STAYS:1',
    )
    const second = done(first)
    expect(second.read).toMatchObject({ start: { at: '2026-03-17T09:00' }, due: { at: '2026-03-18T17:00' } })
    expect(second.text).toContain('COUNT=2')
    expect(second.text).toContain('X-STAYS:1')
    const third = done(second.text)
    const last = done(third.text)
    expect([third.isMoved, last.isMoved]).toEqual([true, false])
    expect(last.read.status).toBe('done')
  })

  test('instances that Thunderbird did one by one are passed over', () => {
    const series = calendar(
      'BEGIN:VTODO\nUID:t1\nDTSTAMP:20260101T000000Z\nDTSTART:20260309T080000Z\nDUE:20260309T090000Z\nRRULE:FREQ=DAILY\nEND:VTODO',
      'BEGIN:VTODO\nUID:t1\nDTSTAMP:20260101T000000Z\nRECURRENCE-ID:20260309T080000Z\nDTSTART:20260309T080000Z\nDUE:20260309T090000Z\nSTATUS:COMPLETED\nEND:VTODO',
    )
    expect(todoFormat.read(bytes(series)).due).toEqual({ at: '2026-03-10T09:00', zone: 'UTC' })
    expect(done(series, Date.parse('2026-03-10T07:00Z')).read.due).toEqual({
      at: '2026-03-11T09:00',
      zone: 'UTC',
    })
  })

  test('a series that is put at another time takes its exceptions along', () => {
    const series = todo(
      'DUE;TZID=Europe/Berlin:20260310T090000',
      'RRULE:FREQ=DAILY',
      'EXDATE;TZID=Europe/Berlin:20260312T090000',
    )
    const made = change(series, { due: { at: '2026-03-10T18:00', zone } })
    expect(made).toContain('DUE;TZID=Europe/Berlin:20260310T180000')
    expect(made).toContain('EXDATE;TZID=Europe/Berlin:20260312T180000')
    expect(made).not.toContain('DTSTART;TZID')
    expect(made).toContain('BEGIN:VTODO')
  })
})
