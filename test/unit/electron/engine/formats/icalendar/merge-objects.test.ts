import { expect, test } from 'vitest'
import {
  hasGuests,
  mergeObjects,
  withOtherUid,
} from '../../../../../../electron/engine/formats/icalendar/merge/merge-objects'

const object = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT']
const start = 'DTSTART:20260301T100000Z'
const end = 'DTEND:20260301T110000Z'
const base = object(
  ...event(start, end, 'SUMMARY:Old', 'X-OTHER:kept', 'SEQUENCE:1', 'DTSTAMP:20260101T000000Z'),
)
const changed = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.reduce((text, [from, to]) => text.replace(from, to), base)

test.each([
  ['title and place', [['SUMMARY:Old', 'SUMMARY:New']], [[end, `${end}\r\nLOCATION:There`]]],
  ['title and time', [['SUMMARY:Old', 'SUMMARY:New']], [[start, 'DTSTART:20260301T093000Z']]],
  [
    'a reminder and a title',
    [['SEQUENCE:1', 'SEQUENCE:1\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nACTION:DISPLAY\r\nEND:VALARM']],
    [['SUMMARY:Old', 'SUMMARY:New']],
  ],
  ['a line gone and a title', [['X-OTHER:kept\r\n', '']], [['SUMMARY:Old', 'SUMMARY:New']]],
] as const)('%s that two sides changed are both there, whichever side is ours', (_name, left, right) => {
  const both = changed(...left, ...right)
  for (const [ours, theirs] of [
    [left, right],
    [right, left],
  ] as const) {
    const merged = mergeObjects(base, changed(...ours), changed(...theirs))
    expect(merged?.split('\r\n').sort()).toEqual(both.split('\r\n').sort())
  }
})

test.each([
  ['the title', [['SUMMARY:Old', 'SUMMARY:A']], [['SUMMARY:Old', 'SUMMARY:B']]],
  ['the start and the end', [[start, 'DTSTART:20260301T093000Z']], [[end, 'DTEND:20260301T123000Z']]],
] as const)('%s that both changed is nothing to be merged', (_name, left, right) => {
  expect(mergeObjects(base, changed(...left), changed(...right))).toBeNull()
  expect(mergeObjects(null, changed(...left), changed(...right))).toBeNull()
})

test('stamps alone are no conflict, and the later one stays', () => {
  const ours = changed(['SUMMARY:Old', 'SUMMARY:A'], ['SEQUENCE:1', 'SEQUENCE:3'], ['20260101', '20260103'])
  const theirs = changed(
    [end, `${end}\r\nLOCATION:B`],
    ['SEQUENCE:1', 'SEQUENCE:2'],
    ['20260101', '20260102'],
  )
  const merged = mergeObjects(base, ours, theirs) ?? ''
  for (const line of ['SUMMARY:A', 'LOCATION:B', 'SEQUENCE:3', 'DTSTAMP:20260103T000000Z'])
    expect(merged).toContain(`${line}\r\n`)
})

test('what a server only writes in another order is what it was', () => {
  const theirs = object(
    ...event('SUMMARY:Old', 'SEQUENCE:1', end, start, 'X-OTHER:kept', 'DTSTAMP:20260105T000000Z'),
  )
  const ours = changed(['SUMMARY:Old', 'SUMMARY:New'])
  expect(mergeObjects(base, ours, theirs)).toBe(ours)
  expect(mergeObjects(null, base, theirs)).toBe(theirs)
})

const instance = (day: string, title: string) =>
  event(`RECURRENCE-ID:${day}T100000Z`, start, `SUMMARY:${title}`)
const series = (rule: string, ...more: string[]) => object(...event(start, rule, 'SUMMARY:S'), ...more)

test('instances that two sides changed are both there; beside a moved series they are a conflict', () => {
  const old = series('RRULE:FREQ=DAILY')
  const ours = series('RRULE:FREQ=DAILY', ...instance('20260302', 'Mine'))
  const theirs = series('RRULE:FREQ=DAILY', ...instance('20260303', 'Yours'))
  const merged = mergeObjects(old, ours, theirs) ?? ''
  expect([merged.includes('SUMMARY:Mine'), merged.includes('SUMMARY:Yours')]).toEqual([true, true])
  expect(mergeObjects(old, ours, series('RRULE:FREQ=WEEKLY'))).toBeNull()
  expect(mergeObjects(old, series('RRULE:FREQ=WEEKLY'), theirs)).toBeNull()
  // Taken away on one side, changed on the other.
  expect(mergeObjects(ours, old, series('RRULE:FREQ=DAILY', ...instance('20260302', 'Else')))).toBeNull()
  expect(mergeObjects(ours, old, ours.replace('SUMMARY:S', 'SUMMARY:T'))).not.toContain('Mine')
})

test('a second object has another UID in each of its parts, and guests are seen', () => {
  const other = withOtherUid(series('RRULE:FREQ=DAILY', ...instance('20260302', 'Mine')), 'v')
  expect([other.match(/UID:v\r\n/g)?.length, other.includes('UID:u')]).toEqual([2, false])
  expect(hasGuests(other)).toBe(false)
  expect(hasGuests(base.replace('SUMMARY', 'ATTENDEE:mailto:a@b.c\r\nSUMMARY'))).toBe(true)
})
