import { expect, test } from 'vitest'
import { readObjectBytes } from '../../../../../../../electron/engine/formats/icalendar/event/event-object'
import {
  type Written,
  writeCancel,
  writeCounter,
  writeDeclineCounter,
  writeReply,
  writeRequest,
} from '../../../../../../../electron/engine/formats/icalendar/itip/write-message'
import { ianaZone } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/iana-zone'
import { utc } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/zone'
import { calendar, latin1 } from '../support'

const zone = ianaZone('Europe/Berlin') ?? utc
const stored = calendar(`
  SEQUENCE:4
  DTSTART;TZID=Europe/Berlin:20260601T090000
  DTEND;TZID=Europe/Berlin:20260601T100000
  RRULE:FREQ=WEEKLY;COUNT=4
  SUMMARY:Rounds
  DESCRIPTION:Long
  X-MOZ-LASTACK:20260101T000000Z
  ORGANIZER;CN=Eva;SCHEDULE-AGENT=CLIENT:mailto:eva@example.org
  ATTENDEE;CN=Max;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:max@example.org
  ATTENDEE;CN=Ida;PARTSTAT=ACCEPTED:mailto:ida@example.org
  BEGIN:VALARM
  ACTION:DISPLAY
  TRIGGER:-PT5M
  END:VALARM`)
const instance = Date.UTC(2026, 5, 8, 7)

const written = (more: Partial<Written> = {}): Written => ({
  object: readObjectBytes(latin1(stored)),
  instances: [null],
  zone,
  nowMs: Date.UTC(2026, 4, 1, 12),
  comment: '',
  ...more,
})

const shown = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('utf8')
    .replace(/BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n/s, '(zone)\r\n')
    .replaceAll('\r\n', '\n')

test('the answer to a series', () => {
  const bytes = writeReply(written({ comment: 'Gladly, yes' }), {
    address: 'max@example.org',
    status: 'ACCEPTED',
  })
  expect(shown(bytes)).toMatchInlineSnapshot(`
    "BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//calendar//EN
    CALSCALE:GREGORIAN
    METHOD:REPLY
    (zone)
    BEGIN:VEVENT
    UID:u1
    DTSTAMP:20260501T120000Z
    SEQUENCE:4
    DTSTART;TZID=Europe/Berlin:20260601T090000
    DTEND;TZID=Europe/Berlin:20260601T100000
    SUMMARY:Rounds
    ORGANIZER;CN=Eva:mailto:eva@example.org
    ATTENDEE;CN=Max;PARTSTAT=ACCEPTED:mailto:max@example.org
    COMMENT:Gladly\\, yes
    END:VEVENT
    END:VCALENDAR
    "
  `)
})

test('the answer to one instance, passed on', () => {
  const answer = { address: 'max@example.org', status: 'DELEGATED', delegate: 'zoe@example.net' }
  expect(shown(writeReply(written({ instances: [instance] }), answer))).toMatchInlineSnapshot(`
    "BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//calendar//EN
    CALSCALE:GREGORIAN
    METHOD:REPLY
    (zone)
    BEGIN:VEVENT
    UID:u1
    RECURRENCE-ID;TZID=Europe/Berlin:20260608T090000
    DTSTAMP:20260501T120000Z
    SEQUENCE:4
    DTSTART;TZID=Europe/Berlin:20260608T090000
    DTEND;TZID=Europe/Berlin:20260608T100000
    SUMMARY:Rounds
    ORGANIZER;CN=Eva:mailto:eva@example.org
    ATTENDEE;CN=Max;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:zoe@example.net":ma
     ilto:max@example.org
    ATTENDEE;PARTSTAT=NEEDS-ACTION;DELEGATED-FROM="mailto:max@example.org":mail
     to:zoe@example.net
    END:VEVENT
    END:VCALENDAR
    "
  `)
})

test('an invitation that is handed on names who does and who is meant, once', () => {
  const handed = { from: 'max@example.org', to: 'zoe@example.net' }
  const unfolded = (bytes: Uint8Array): string => shown(bytes).replace(/\n /g, '')
  const zoe =
    'ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;DELEGATED-FROM="mailto:max@example.org":mailto:zoe@example.net'
  expect(unfolded(writeRequest(written(), handed)).match(/ATTENDEE.*zoe.*/g)).toEqual([zoe])
  // Who is a guest anyway is not named twice.
  const toGuest = unfolded(writeRequest(written(), { ...handed, to: 'IDA@example.org' }))
  expect(toGuest.match(/ATTENDEE.*ida.*/gi)).toEqual([
    'ATTENDEE;CN=Ida;PARTSTAT=ACCEPTED:mailto:ida@example.org',
  ])
  // And the answer says for whom it is, or nobody would know them.
  const object = readObjectBytes(Buffer.from(writeRequest(written(), handed)).toString('latin1'))
  const answer = unfolded(writeReply(written({ object }), { address: 'zoe@example.net', status: 'ACCEPTED' }))
  expect(answer.match(/ATTENDEE.*/g)).toEqual([
    'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:max@example.org":mailto:zoe@example.net',
  ])
})

test('an answer of somebody whom nobody named says the address and no name', () => {
  const text = shown(writeReply(written(), { address: 'x@example.net', status: 'DECLINED' }))
  expect(text.match(/ATTENDEE.*/g)).toEqual(['ATTENDEE;PARTSTAT=DECLINED:mailto:x@example.net'])
})

test('an invitation, with its zone as Outlook wants it', () => {
  expect(Buffer.from(writeRequest(written())).toString()).toMatch(/BEGIN:VTIMEZONE.*RRULE:FREQ=YEARLY/s)
  expect(shown(writeRequest(written()))).toMatchInlineSnapshot(`
    "BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//calendar//EN
    CALSCALE:GREGORIAN
    METHOD:REQUEST
    (zone)
    BEGIN:VEVENT
    UID:u1
    DTSTAMP:20260501T120000Z
    SEQUENCE:4
    DTSTART;TZID=Europe/Berlin:20260601T090000
    DTEND;TZID=Europe/Berlin:20260601T100000
    RRULE:FREQ=WEEKLY;COUNT=4
    SUMMARY:Rounds
    DESCRIPTION:Long
    ORGANIZER;CN=Eva:mailto:eva@example.org
    ATTENDEE;CN=Max;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:max@example.org
    ATTENDEE;CN=Ida;PARTSTAT=ACCEPTED:mailto:ida@example.org
    END:VEVENT
    END:VCALENDAR
    "
  `)
})

test('a proposal, at the version that it answers', () => {
  const moved = stored.replace('20260601T090000', '20260601T093000')
  const text = shown(writeCounter(written({ object: readObjectBytes(latin1(moved)), comment: 'Later' }), 4))
  expect(text).toMatchInlineSnapshot(`
    "BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//calendar//EN
    CALSCALE:GREGORIAN
    METHOD:COUNTER
    (zone)
    BEGIN:VEVENT
    UID:u1
    DTSTAMP:20260501T120000Z
    SEQUENCE:4
    DTSTART;TZID=Europe/Berlin:20260601T093000
    DTEND;TZID=Europe/Berlin:20260601T100000
    RRULE:FREQ=WEEKLY;COUNT=4
    SUMMARY:Rounds
    DESCRIPTION:Long
    ORGANIZER;CN=Eva:mailto:eva@example.org
    ATTENDEE;CN=Max;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:max@example.org
    ATTENDEE;CN=Ida;PARTSTAT=ACCEPTED:mailto:ida@example.org
    COMMENT:Later
    END:VEVENT
    END:VCALENDAR
    "
  `)
})

test('a proposal turned down', () => {
  expect(
    shown(writeDeclineCounter(written({ instances: [instance] }), 'max@example.org')),
  ).toMatchInlineSnapshot(`
    "BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//calendar//EN
    CALSCALE:GREGORIAN
    METHOD:DECLINECOUNTER
    (zone)
    BEGIN:VEVENT
    UID:u1
    RECURRENCE-ID;TZID=Europe/Berlin:20260608T090000
    DTSTAMP:20260501T120000Z
    SEQUENCE:4
    DTSTART;TZID=Europe/Berlin:20260608T090000
    DTEND;TZID=Europe/Berlin:20260608T100000
    SUMMARY:Rounds
    ORGANIZER;CN=Eva:mailto:eva@example.org
    ATTENDEE;CN=Max:mailto:max@example.org
    END:VEVENT
    END:VCALENDAR
    "
  `)
})

test('a cancellation for all, and one that uninvites', () => {
  expect(shown(writeCancel(written(), null))).toMatchInlineSnapshot(`
    "BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//calendar//EN
    CALSCALE:GREGORIAN
    METHOD:CANCEL
    (zone)
    BEGIN:VEVENT
    UID:u1
    DTSTAMP:20260501T120000Z
    SEQUENCE:5
    DTSTART;TZID=Europe/Berlin:20260601T090000
    DTEND;TZID=Europe/Berlin:20260601T100000
    SUMMARY:Rounds
    ORGANIZER;CN=Eva:mailto:eva@example.org
    ATTENDEE;CN=Max:mailto:max@example.org
    ATTENDEE;CN=Ida:mailto:ida@example.org
    STATUS:CANCELLED
    END:VEVENT
    END:VCALENDAR
    "
  `)
  const some = shown(writeCancel(written({ instances: [instance] }), ['ida@example.org']))
  expect(some).not.toContain('STATUS')
  expect(some.match(/(ATTENDEE|RECURRENCE-ID|SEQUENCE).*/g)).toEqual([
    'RECURRENCE-ID;TZID=Europe/Berlin:20260608T090000',
    'SEQUENCE:5',
    'ATTENDEE;CN=Ida:mailto:ida@example.org',
  ])
})
