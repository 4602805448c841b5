import { describe, expect, test } from 'vitest'
import {
  outsideCalendar,
  outsideCard,
  readOutside,
  withoutArmor,
} from '../../../../../../electron/engine/formats/encrypted-collections/outside'
import { hasAllOf } from '../../../../../../electron/engine/formats/encrypted-collections/same-content'

const content = Uint8Array.from({ length: 5000 }, (_, at) => (at * 31) & 255)
const inside = { uid: 'outer-1', property: 'object', content } as const
const asText = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const ics = (...lines: string[]) =>
  Buffer.from(
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Secret Client//EN', ...lines, 'END:VCALENDAR', ''].join(
      '\r\n',
    ),
  )

const series = ics(
  ...['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'X-LIC-LOCATION:Europe/Berlin', 'BEGIN:STANDARD'],
  ...['DTSTART:19701025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'TZNAME:Secret', 'END:STANDARD'],
  ...['END:VTIMEZONE', 'BEGIN:VEVENT', 'UID:inner@secret.host', 'DTSTAMP:20260101T101112Z'],
  ...['DTSTART;TZID=Europe/Berlin;X-SECRET=1:20260310T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY'],
  ...['EXDATE;TZID=Europe/Berlin:20260317T090000', 'SUMMARY:Secret talk', 'LOCATION:Secret place'],
  ...['ATTENDEE:mailto:secret@example.org', 'CATEGORIES:Secret', 'BEGIN:VALARM', 'ACTION:DISPLAY'],
  ...['DESCRIPTION:Secret', 'TRIGGER:-PT5M', 'END:VALARM', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:inner@secret.host', 'RECURRENCE-ID;TZID=Europe/Berlin:20260324T090000'],
  ...['DTSTART;TZID=Europe/Berlin:20260324T110000', 'STATUS:CANCELLED', 'SUMMARY:Secret too', 'END:VEVENT'],
)

describe('what stands outside', () => {
  test.each([
    ['VEVENT', /DTSTART;VALUE=DATE:19700101\r\nTRANSP:TRANSPARENT/],
    ['VTODO', /STATUS:COMPLETED/],
    ['VJOURNAL', /DTSTART;VALUE=DATE:19700101/],
  ] as const)('of a %s says nothing of it, and carries it', (component, expected) => {
    const made = outsideCalendar(inside, { component, busyOf: null })
    expect(asText(made)).toMatch(expected)
    expect(
      asText(made)
        .split('\r\n')
        .every(line => line.length <= 75),
    ).toBe(true)
    expect(readOutside(made)).toEqual({ ...inside, content: Buffer.from(content) })
  })

  test('with its times shown they alone are there, in every instance', () => {
    const made = outsideCalendar(inside, { component: 'VEVENT', busyOf: series })
    const text = asText(made)
    expect(text.replace(/TZID=?:?Europe\/Berlin/g, '')).not.toMatch(/secret|101112|PT5M|Europe/i)
    for (const line of [
      ...['DTSTART;TZID=Europe/Berlin:20260310T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY', 'SUMMARY:Busy'],
      ...['EXDATE;TZID=Europe/Berlin:20260317T090000', 'RECURRENCE-ID;TZID=Europe/Berlin:20260324T090000'],
      ...['STATUS:CANCELLED', 'TZOFFSETTO:+0100', 'UID:outer-1'],
    ])
      expect(text).toContain(`\r\n${line}\r\n`)
    expect(text.match(/X-ENCRYPTED-OBJECT/g)).toHaveLength(1)
    expect(readOutside(made)?.uid).toBe('outer-1')
  })

  test('what has no time that could be shown shows none', () => {
    for (const busyOf of [Buffer.from('no calendar'), ics('BEGIN:VEVENT', 'UID:x', 'END:VEVENT'), ics()])
      expect(asText(outsideCalendar(inside, { component: 'VEVENT', busyOf }))).toContain('TRANSPARENT')
  })

  test('of a card says neither name nor address, and carries it', () => {
    const made = outsideCard(inside)
    expect(asText(made).replace(/X-ENCRYPTED-OBJECT:.*/s, '')).toBe(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:outer-1\r\nFN:-\r\nN:-;;;;\r\n',
    )
    expect(readOutside(made)).toEqual({ ...inside, content: Buffer.from(content) })
  })
})

describe('what a server made of it is read', () => {
  const made = asText(outsideCalendar(inside, { component: 'VEVENT', busyOf: null }))
  test.each([
    ['bare line feeds', made.replace(/\r\n/g, '\n')],
    ['other folds', made.replace(/\r\n /g, '').replace(/(X-ENCRYPTED-OBJECT.{10})/, '$1\r\n\t')],
    ['another order and additions', made.replace('VERSION:2.0\r\n', 'X-SERVER:1\r\nVERSION:2.0\r\n')],
    ['small letters', made.replace('X-ENCRYPTED-OBJECT:', 'x-encrypted-object:')],
    ['a parameter', made.replace('X-ENCRYPTED-OBJECT:', 'X-ENCRYPTED-OBJECT;VALUE=TEXT:')],
  ])('with %s', (_, text) => {
    expect(readOutside(Buffer.from(text, 'latin1'))).toEqual({ ...inside, content: Buffer.from(content) })
  })
  test('a clear object carries nothing, also when it talks of it', () => {
    expect(readOutside(series)).toBeNull()
    expect(readOutside(ics('BEGIN:VEVENT', 'SUMMARY:X-ENCRYPTED-OBJECT:AAAA', 'END:VEVENT'))).toBeNull()
    expect(readOutside(Buffer.from('DESCRIPTION:a\r\n X-ENCRYPTED-OBJECT:AAAA\r\n'))).toBeNull()
  })
})

test('armor goes and comes to the same packets', () => {
  const body = Buffer.from(content)
    .toString('base64')
    .replace(/(.{64})/g, '$1\r\n')
  for (const crc of ['', '=abcd\r\n'])
    expect(
      withoutArmor(`-----BEGIN PGP MESSAGE-----\r\n\r\n${body}\r\n${crc}-----END PGP MESSAGE-----\r\n`),
    ).toEqual(Buffer.from(content))
})

describe('whether a server kept all of an object', () => {
  const text = asText(series)
  test.each([
    ['as it was', text, true],
    ['stamped anew', text.replace(/PRODID.*/, 'PRODID:-//Server//EN').replace('101112', '121314'), true],
    [
      'folded and added to',
      text.replace('SUMMARY:Secret talk', 'SUMMARY:Sec\r\n ret talk\r\nX-ADDED:1'),
      true,
    ],
    ['without a line', text.replace('LOCATION:Secret place\r\n', ''), false],
    ['with another value', text.replace('Secret place', 'Other place'), false],
    ['with one of two equal lines', text.replace(/UID:inner@secret.host\r\n(?!DTSTAMP)/, ''), false],
  ])('%s', (_, copy, expected) => {
    expect(hasAllOf(series, Buffer.from(copy, 'latin1'))).toBe(expected)
  })
})
