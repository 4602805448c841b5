import { expect, test } from 'vitest'
import { calendarObjects } from '../../../../../../electron/engine/formats/icalendar/calendar-objects'
import { readObjectBytes } from '../../../../../../electron/engine/formats/icalendar/event/event-object'
import { detailOf } from '../../../../../../electron/engine/formats/icalendar/shown/detail'
import { zoneNamed } from '../../../../../../electron/engine/formats/icalendar/zones/find-zone'
import type { EventFields } from '../../../../../../shared/features/calendar/model'

const facts = { nowMs: 0, raisesSequence: false, organizer: null }
const all = { instance: null, scope: 'all' as const, zone: 'UTC' }
const object = (lines: readonly string[]): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', 'BEGIN:VEVENT', 'UID:1'],
    ...['DTSTAMP:20260101T000000Z', 'DTSTART:20260310T090000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n')
const changed = (text: string, fields: EventFields): string =>
  Buffer.from(calendarObjects.change(Buffer.from(text), all, fields, 'x', facts).bytes ?? []).toString()

const google = 'X-GOOGLE-CONFERENCE:https://meet.example/abc'
const phone = 'CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL="Dial in":tel:+49-30-1'
const inside = 'ATTACH;VALUE=BINARY;ENCODING=BASE64;FMTTYPE=text/plain:aGVsbG8='
const drive = 'ATTACH;FILENAME=Plan.pdf;FMTTYPE=application/pdf:https://files.example/plan.pdf'

test('addresses at which people meet are added and taken away, and what stays keeps its bytes', () => {
  const before = object([google, phone])
  const both = changed(before, {
    conferences: ['tel:+49-30-1', 'https://meet.example/abc', 'https://jitsi.example/room'],
  })
  expect(both).toContain(`${phone}\r\n`)
  expect(both).toContain(`${google}\r\n`)
  expect(both).toContain('CONFERENCE;VALUE=URI:https://jitsi.example/room\r\n')
  const one = changed(both, { conferences: ['https://jitsi.example/room'] })
  expect(one).not.toContain('X-GOOGLE-CONFERENCE')
  expect(one).not.toContain('tel:')
  expect(changed(one, { conferences: [] })).not.toContain('CONFERENCE')
  // Nothing is said of them: nothing changes.
  expect(changed(before, { title: 'Other' })).toContain(`${google}\r\n${phone}\r\n`)
})

test('attachments are addresses; what is inside of the object stays', () => {
  const before = object([inside, drive])
  const added = changed(before, {
    attachments: [
      { url: 'https://files.example/plan.pdf', name: 'Plan.pdf' },
      { url: 'https://files.example/a b.txt', name: 'New; "one"' },
    ],
  })
  expect(added).toContain(`${inside}\r\n${drive}\r\n`)
  expect(added).toMatch(/ATTACH;FILENAME="New; \^'one\^'":https:\/\/files\.example\/ab\.txt\r\n/)
  const none = changed(added, { attachments: [] })
  expect(none).toContain(`${inside}\r\n`)
  expect(none).not.toContain('files.example')
  const utc = zoneNamed('UTC')
  if (utc === undefined) throw new Error('no UTC')
  const detail = detailOf(readObjectBytes(Buffer.from(added).toString('latin1')), null, utc)
  expect(detail?.attachments.map(({ url }) => url)).toEqual([
    'https://files.example/plan.pdf',
    'https://files.example/ab.txt',
  ])
})

test('a line cannot be ended from within', () => {
  const text = changed(object([]), {
    conferences: ['https://x.example/\r\nATTENDEE:mailto:evil@example'],
    attachments: [{ url: 'https://x.example/\nURL:javascript:1', name: 'a\r\nb' }],
  })
  expect(text.match(/^(?:ATTENDEE|URL)/gm)).toBeNull()
})

test('how long the way takes is kept as other calendars do, and what cannot be meant is none', () => {
  const utc = zoneNamed('UTC')
  if (utc === undefined) throw new Error('no UTC')
  const shown = (text: string) =>
    detailOf(readObjectBytes(Buffer.from(text).toString('latin1')), null, utc)?.travelMs ?? 0
  const minute = 60_000
  const half = changed(object([]), { travel: 'PT30M' })
  expect(half).toContain('X-APPLE-TRAVEL-DURATION;VALUE=DURATION:PT30M\r\n')
  expect(shown(half)).toBe(30 * minute)
  // The same length written otherwise keeps its bytes, as do the other lines of the way.
  const apple = object(['X-APPLE-TRAVEL-DURATION;VALUE=DURATION:PT90M', 'X-APPLE-TRAVEL-START;X-TITLE=Home:'])
  expect(changed(apple, { travel: 'PT1H30M', title: 'x' })).toContain('VALUE=DURATION:PT90M\r\n')
  expect(shown(apple)).toBe(90 * minute)
  for (const none of [null, 'PT0S'])
    expect(changed(half, { travel: none })).not.toContain('X-APPLE-TRAVEL-DURATION')
  for (const impossible of ['-PT5M', 'soon']) expect(() => changed(half, { travel: impossible })).toThrow()
  for (const odd of ['-PT30M', 'P300D', 'PT', '30', ''])
    expect(shown(object([`X-APPLE-TRAVEL-DURATION;VALUE=DURATION:${odd}`]))).toBe(0)
})
