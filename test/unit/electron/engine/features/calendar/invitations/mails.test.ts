import { expect, test } from 'vitest'
import { invitations } from '../../../../../../../electron/engine/features/calendar/invitations/invitations'
import { event, mail, me, organizer } from './support'

const ida = 'ida@example.org'
const object = (...events: string[]): Uint8Array => mail(null, ...events)
const weekly = 'RRULE:FREQ=WEEKLY;COUNT=4'

/** Who is sent what, with what stands in it. */
const told = (before: Uint8Array | null, after: Uint8Array | null, mine: readonly string[] = [organizer]) =>
  invitations
    .mails({ before, after }, { mine, zone: 'Europe/Berlin', nowMs: Date.UTC(2026, 4, 1), comment: '' })
    .map(({ method, to, bytes }) => ({
      method,
      to: to.map(({ address }) => address),
      text: Buffer.from(bytes).toString('utf8').replace(/\r\n /g, ''),
    }))

test('a new event is sent to all guests, a deleted one called off, and a guest who edits their copy tells nobody', () => {
  expect(told(null, object(event('')))).toMatchObject([{ method: 'REQUEST', to: [me, ida] }])
  const [gone] = told(object(event('SEQUENCE:2')), null)
  expect(gone).toMatchObject({ method: 'CANCEL', to: [me, ida] })
  expect(gone?.text).toMatch(/SEQUENCE:3\r\n[\s\S]*STATUS:CANCELLED/)
  expect(told(null, object(event('')), [me])).toEqual([])
  expect(told(object(event('')), object(event('SUMMARY:Mine')), [me])).toEqual([])
  // Without guests there is nobody to tell, and what was called off is not called off again.
  expect(told(null, object(event('', [])))).toEqual([])
  expect(told(object(event('STATUS:CANCELLED')), null)).toEqual([])
})

test('what is of no concern to guests is not sent: answers, reminders, stamps, categories', () => {
  const before = object(event(''))
  const same = [
    event('DTSTAMP:20260301T000000Z\nLAST-MODIFIED:20260301T000000Z\nSEQUENCE:1'),
    event('CATEGORIES:Work\nTRANSP:TRANSPARENT\nX-MOZ-GENERATION:3'),
    event('').replace(
      'END:VEVENT',
      'BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:x\nEND:VALARM\nEND:VEVENT',
    ),
    event('').replace('PARTSTAT=NEEDS-ACTION', 'PARTSTAT=ACCEPTED'),
  ]
  for (const each of same) expect(told(before, object(each)), each).toEqual([])
})

test('a change goes to all, with no reminder of mine; who is no longer invited is told so and nothing else', () => {
  const before = object(event(''))
  const moved = object(
    event('LOCATION:Hall\nSEQUENCE:1\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nEND:VALARM'),
  )
  const [changed] = told(before, moved)
  expect(changed).toMatchObject({ method: 'REQUEST', to: [me, ida] })
  expect(changed?.text).not.toContain('VALARM')
  const [uninvited] = told(before, object(event('SEQUENCE:1', [me])))
  expect(uninvited).toMatchObject({ method: 'CANCEL', to: [ida] })
  expect(uninvited?.text).not.toContain('STATUS:CANCELLED')
  const more = told(before, object(event('SEQUENCE:1', [me, ida, 'zoe@example.org'])))
  expect(more).toMatchObject([{ method: 'REQUEST', to: [me, ida, 'zoe@example.org'] }])
})

test('of a series one changed instance is sent alone, and one left out is called off without asking about the others', () => {
  const before = object(event(weekly))
  const one = event('RECURRENCE-ID;TZID=Europe/Berlin:20260608T090000\nLOCATION:Hall\nSEQUENCE:1')
  const [changed, ...others] = told(before, object(event(weekly), one))
  expect(others).toEqual([])
  expect(changed?.text.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  expect(changed?.text).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20260608T090000')
  const left = told(before, object(event(`${weekly}\nEXDATE;TZID=Europe/Berlin:20260615T090000\nSEQUENCE:1`)))
  expect(left).toMatchObject([{ method: 'CANCEL', to: [me, ida] }])
  expect(left[0]?.text).toMatch(/RECURRENCE-ID[^\r]*20260615T/)
})

test('answers of before are void where it takes place at another time, and stay where it does not', () => {
  const before = object(event('').replaceAll('NEEDS-ACTION', 'ACCEPTED'))
  const after = (lines: string) => object(event(lines).replaceAll('NEEDS-ACTION', 'ACCEPTED'))
  const asked = (lines: string) =>
    Buffer.from(invitations.asked(before, after(lines), [organizer], 'Europe/Berlin')).toString('utf8')
  expect(asked('SUMMARY:Other').match(/PARTSTAT=ACCEPTED/g)).toHaveLength(2)
  const elsewhere = asked(
    'DTSTART;TZID=Europe/Berlin:20260602T090000\nDTEND;TZID=Europe/Berlin:20260602T100000',
  )
  expect(elsewhere.match(/PARTSTAT=NEEDS-ACTION/g)).toHaveLength(2)
})
