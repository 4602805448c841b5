import { expect, test } from 'vitest'
import {
  type EventForm,
  fieldsOf,
  formOf,
  isEndBeforeStart,
  newForm,
  withAllDay,
  withEnd,
  withLength,
  withStart,
  withZone,
} from '../../../../../../renderer/features/calendar/editor/form'
import { dayFromIso } from '../../../../../../renderer/features/calendar/time/day'
import { ZoneClock } from '../../../../../../renderer/features/calendar/time/zone-clock'
import type { CalendarId, EventDetail } from '../../../../../../shared/features/calendar/model'

const berlin = new ZoneClock('Europe/Berlin')
const day = (iso: string): number => dayFromIso(iso) as number
const calendarId = 1 as CalendarId
const at = (iso: string, minute: number): number => berlin.at(day(iso), minute)
const timed = (iso: string, from: number, to: number): EventForm =>
  newForm({ allDay: false, startMs: at(iso, from), endMs: at(iso, to) }, calendarId, berlin)
const when = (form: EventForm) => {
  const { start, end } = fieldsOf(form, null, berlin)
  return [start?.at, end?.at, start?.zone ?? null]
}

test('the end follows the start, over days and over a change of the clock', () => {
  const form = timed('2026-03-28', 540, 630)
  expect(when(withStart(form, day('2026-03-29'), null, berlin))).toEqual([
    '2026-03-29T09:00',
    '2026-03-29T10:30',
    'Europe/Berlin',
  ])
  expect(when(withStart(form, day('2026-03-28'), 23 * 60, berlin))).toEqual([
    '2026-03-28T23:00',
    '2026-03-29T00:30',
    'Europe/Berlin',
  ])
  const whole = withAllDay(form, true, berlin)
  expect(when(withStart({ ...whole }, day('2026-04-01'), null, berlin))).toEqual([
    '2026-04-01',
    '2026-04-02',
    null,
  ])
})

test('an end before the start is said, a length after a plus is taken', () => {
  const form = timed('2026-03-10', 540, 600)
  expect(isEndBeforeStart(withEnd(form, day('2026-03-09'), null, berlin))).toBe(true)
  expect(isEndBeforeStart(form)).toBe(false)
  expect(when(withLength(form, 45))[1]).toBe('2026-03-10T09:45')
})

test('whole days end before the day after; with times again they begin at nine', () => {
  const form = withAllDay(timed('2026-03-10', 22 * 60, 24 * 60), true, berlin)
  expect(when(form)).toEqual(['2026-03-10', '2026-03-11', null])
  expect(when(withAllDay(form, false, berlin))).toEqual([
    '2026-03-10T09:00',
    '2026-03-10T10:00',
    'Europe/Berlin',
  ])
})

test('in another zone the times typed mean that zone', () => {
  const form = withZone(timed('2026-03-10', 540, 600), 'America/New_York', berlin)
  expect(when(form)).toEqual(['2026-03-10T09:00', '2026-03-10T10:00', 'America/New_York'])
  expect(form.span).toMatchObject({ startMs: Date.parse('2026-03-10T13:00Z') })
  expect(when(withZone(form, null, berlin))).toEqual(['2026-03-10T09:00', '2026-03-10T10:00', null])
})

const detail = (change: Partial<EventDetail>): EventDetail =>
  ({
    title: 'Jour fixe',
    calendarId,
    startMs: at('2026-03-10', 540),
    endMs: at('2026-03-10', 600),
    days: null,
    zone: 'Europe/Berlin',
    location: '',
    isTransparent: false,
    attendees: [],
    description: '',
    rule: null,
    alarms: [],
    categories: [],
    status: 'confirmed',
    privacy: 'public',
    url: '',
    conferences: [],
    attachments: [],
    ...change,
  }) as unknown as EventDetail
const spanOf = ({ startMs, endMs }: EventDetail) => ({ allDay: false, startMs, endMs }) as const

test('only what was changed is said, so that nothing else is written', () => {
  const existing = detail({ rule: 'FREQ=WEEKLY;BYDAY=TU', description: 'a\nb' })
  const form = formOf(existing, spanOf(existing), berlin)
  expect(fieldsOf(form, form, berlin)).toEqual({})
  expect(fieldsOf({ ...form, title: 'Neu ' }, form, berlin)).toEqual({ title: 'Neu' })
  expect(fieldsOf({ ...form, repeat: 'none' }, form, berlin)).toEqual({ rule: null })
  expect(fieldsOf({ ...form, reminder: 'PT10M' }, form, berlin)).toEqual({ alarms: ['PT10M'] })
  expect(fieldsOf({ ...form, notes: '' }, form, berlin)).toEqual({ description: '' })
  expect(fieldsOf({ ...form, privacy: 'private', url: ' https://a.example ' }, form, berlin)).toEqual({
    privacy: 'private',
    url: 'https://a.example',
  })
  const met = { ...form, conference: 'https://meet.example', otherConferences: ['tel:+49'] }
  expect(fieldsOf({ ...form, travel: 45 }, form, berlin)).toEqual({ travel: 'PT45M' })
  expect(fieldsOf(form, { ...form, travel: 45 }, berlin)).toEqual({ travel: null })
  expect(fieldsOf(met, form, berlin)).toEqual({ conferences: ['https://meet.example', 'tel:+49'] })
  expect(fieldsOf({ ...met, conference: '' }, met, berlin)).toEqual({ conferences: ['tel:+49'] })
  const held = {
    ...form,
    attachments: 'https://a.example/x',
    attachmentNames: { 'https://a.example/x': 'X' },
  }
  expect(
    fieldsOf({ ...held, attachments: 'https://a.example/x\n\n https://b.example ' }, held, berlin),
  ).toEqual({
    attachments: [
      { url: 'https://a.example/x', name: 'X' },
      { url: 'https://b.example', name: '' },
    ],
  })
  expect(fieldsOf({ ...form, categories: 'Reise, , Arbeit' }, form, berlin)).toEqual({
    categories: ['Reise', 'Arbeit'],
  })
})

test('guests are those in the list and who is still being typed, each once', () => {
  const existing = detail({
    attendees: [{ name: 'Eva', address: 'eva@a.example', status: 'ACCEPTED', role: '' }],
  })
  const form = formOf(existing, spanOf(existing), berlin)
  expect(fieldsOf(form, form, berlin)).toEqual({})
  const typed = { ...form.people, typed: 'Ben <ben@b.example>, EVA@a.example' }
  expect(fieldsOf({ ...form, people: typed }, form, berlin)).toEqual({
    attendees: [
      { name: 'Eva', address: 'eva@a.example' },
      { name: 'Ben', address: 'ben@b.example' },
    ],
  })
  expect(fieldsOf({ ...form, people: { list: [], typed: '' } }, form, berlin)).toEqual({ attendees: [] })
})

test.each([
  [{}, 'free', { isTransparent: true }],
  [{}, 'tentative', { status: 'tentative' }],
  [{ isTransparent: true }, 'busy', { isTransparent: false }],
  [{ isTransparent: true }, 'tentative', { isTransparent: false, status: 'tentative' }],
  [{ status: 'tentative' }, 'busy', { status: 'confirmed' }],
  [{ status: 'tentative' }, 'free', { isTransparent: true, status: 'confirmed' }],
  // What was called off stays so.
  [{ status: 'cancelled' }, 'free', { isTransparent: true }],
  [{ status: 'cancelled' }, 'busy', {}],
] as const)('%j shown as %s', (change, shownAs, expected) => {
  const existing = detail(change)
  const form = formOf(existing, spanOf(existing), berlin)
  expect(fieldsOf({ ...form, shownAs }, form, berlin)).toEqual(expected)
})

test('a rule and reminders that the editor has no words for stay as they are', () => {
  const existing = detail({
    rule: 'FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU',
    alarms: [
      { action: 'DISPLAY', before: 'PT7M', fromEnd: false, atMs: null },
      { action: 'DISPLAY', before: 'PT1H', fromEnd: false, atMs: null },
    ],
  })
  const form = formOf(existing, spanOf(existing), berlin)
  expect([form.repeat, form.reminder]).toEqual(['own', 'own'])
  expect(fieldsOf({ ...form, title: 'x' }, form, berlin)).toEqual({ title: 'x' })
})

test('a reminder that writes mail is not taken for one that can be chosen', () => {
  const existing = detail({ alarms: [{ action: 'EMAIL', before: 'PT1H', fromEnd: false, atMs: null }] })
  expect(formOf(existing, spanOf(existing), berlin).reminder).toBe('own')
})

test('a series ends with the last moment of its last day where it takes place', () => {
  const form = { ...timed('2026-03-10', 540, 600), repeat: 'daily' as const }
  const until = (change: Partial<EventForm>) =>
    fieldsOf({ ...form, repeatEnd: { kind: 'until', day: day('2026-03-31') }, ...change }, null, berlin).rule
  expect(until({})).toBe('FREQ=DAILY;UNTIL=20260331T215959Z')
  expect(until({ zone: null })).toBe('FREQ=DAILY;UNTIL=20260331T235959')
  expect(until({ span: { allDay: true, first: day('2026-03-10'), last: day('2026-03-10') } })).toBe(
    'FREQ=DAILY;UNTIL=20260331',
  )
})
