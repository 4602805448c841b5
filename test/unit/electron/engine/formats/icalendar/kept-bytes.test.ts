import { describe, expect, test } from 'vitest'
import { changeObject } from '../../../../../../electron/engine/formats/icalendar/edit/edit-object'
import {
  readObject,
  readObjectBytes,
} from '../../../../../../electron/engine/formats/icalendar/event/event-object'
import {
  readComponents,
  writeComponent,
} from '../../../../../../electron/engine/formats/icalendar/text/component'
import {
  lineOf,
  makeLine,
  readLine,
} from '../../../../../../electron/engine/formats/icalendar/text/content-line'
import {
  readDuration,
  readText,
  readTexts,
  writeDuration,
  writeText,
} from '../../../../../../electron/engine/formats/icalendar/text/values'
import { joinFile } from '../../../../../../electron/engine/formats/icalendar/transfer/join-file'
import { splitFile } from '../../../../../../electron/engine/formats/icalendar/transfer/split-file'
import { calendar, fromLatin1, latin1 } from './support'

const facts = { nowMs: Date.UTC(2026, 0, 2), raisesSequence: true, organizer: null }
const whole = { instance: null, scope: 'all', zone: 'Europe/Berlin' } as const
const file = (text: string): Buffer => Buffer.from(text, 'utf8')

/** All that programs write and few understand. */
const rich = calendar(
  `dtstart;tzid="Europe/Berlin":20260601T090000
   X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="a; b: c":geo:52.5,13.4
   SUMMARY;LANGUAGE=de;ALTREP="cid:x":Kl\\, aus\\; ur`,
)
  .replace('Kl\\,', 'Kl\r\n \\,')
  .replace(
    'END:VEVENT',
    [
      "x-lower-case;x-par=^n^^^':kept ",
      'ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA',
      'DESCRIPTION:ä'.padEnd(80, 'ö'),
      'STYLED-DESCRIPTION;VALUE=TEXT:<p>',
      'BEGIN:X-UNKNOWN',
      'X-INSIDE:1',
      'END:X-UNKNOWN',
      '',
      'END:VEVENT',
    ].join('\r\n'),
  )

describe('what is not understood', () => {
  test('is written as it was read', () => {
    for (const text of [rich, rich.replaceAll('\r\n', '\n'), `${rich}${rich}`])
      expect(readComponents(latin1(text)).map(writeComponent).join('')).toBe(latin1(text))
  })

  test('stays byte for byte when something else is changed, and only that is written anew', () => {
    const object = readObjectBytes(latin1(rich))
    const { calendar: changed } = changeObject(object, whole, { location: 'Saal 3, Köln' }, 'u2', facts)
    const before = rich.split('\r\n')
    const after = fromLatin1(writeComponent(changed!)).split('\r\n')
    expect(before.filter(line => !after.includes(line))).toEqual(['DTSTAMP:20260101T000000Z'])
    expect(after.filter(line => !before.includes(line))).toEqual([
      ...[...'BEGIN:VTIMEZONE|TZID:Europe/Berlin|BEGIN:DAYLIGHT|DTSTART:20250330T020000'.split('|')],
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      ...['END:DAYLIGHT', 'BEGIN:STANDARD', 'DTSTART:20251026T030000'],
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      ...['END:STANDARD', 'END:VTIMEZONE', 'DTSTAMP:20260102T000000Z'],
      'LOCATION:Saal 3\\, Köln',
      'LAST-MODIFIED:20260102T000000Z',
      'SEQUENCE:1',
    ])
  })

  test('a new title loses what stood for the old one, and keeps the rest of the line', () => {
    const object = readObjectBytes(latin1(rich))
    const { calendar: changed } = changeObject(object, whole, { title: 'Neu' }, 'u2', facts)
    expect(fromLatin1(writeComponent(changed!))).toContain('\r\nSUMMARY;LANGUAGE=de:Neu\r\n')
  })

  test('bytes that are no UTF-8 are shown as something and kept as they are', () => {
    const broken = calendar('DTSTART:20260601T090000Z\nSUMMARY:a?b\nX-RAW:?').replaceAll('?', '\xff')
    const object = readObjectBytes(broken)
    expect(object.master!.title).toBe('a\ufffdb')
    const { calendar: changed } = changeObject(object, whole, { location: 'x' }, 'u2', facts)
    expect(writeComponent(changed!)).toContain('SUMMARY:a\xffb\r\nX-RAW:\xff\r\n')
  })
})

describe('lines', () => {
  test.each([
    ['A;B=c:d', [{ name: 'B', values: ['c'] }], 'd'],
    ['A;B="x:y;z,w",v:d:e', [{ name: 'B', values: ['x:y;z,w', 'v'] }], 'd:e'],
    ["A;B=^^^n^'^x:d", [{ name: 'B', values: ['^\n"^x'] }], 'd'],
    ['A;B="open:d', [{ name: 'B', values: ['"open'] }], 'd'],
    ['A;B:d', [{ name: 'B', values: [] }], 'd'],
    [
      'A;B=;C=1:d',
      [
        { name: 'B', values: [''] },
        { name: 'C', values: ['1'] },
      ],
      'd',
    ],
    ['A:', [], ''],
    ['A;B=c', [{ name: 'B', values: ['c'] }], ''],
  ])('%s', (text, parameters, value) => {
    expect(readLine(lineOf(`${text}\r\n`))).toEqual({ name: 'A', parameters, value })
  })

  test.each(['x', 'ä', '😀', 'aä😀'])(
    'are folded at 75 octets and never inside of a character: %s',
    letter => {
      for (let count = 20; count < 90; count += 1) {
        const value = letter.repeat(count)
        const { raw } = makeLine('SUMMARY', value, [{ name: 'CN', values: ['Eva "E", ä'] }])
        for (const line of raw.trimEnd().split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(75)
          expect(Buffer.from(line, 'latin1').toString('utf8')).not.toContain('\ufffd')
        }
        expect(readLine(lineOf(raw))).toEqual({
          name: 'SUMMARY',
          parameters: [{ name: 'CN', values: ['Eva "E", ä'] }],
          value,
        })
      }
    },
  )

  test('no value can end its line', () => {
    const { raw } = makeLine('X', 'a\r\nBEGIN:VALARM\r\0b', [{ name: 'P', values: ['c\r\nX:1'] }])
    expect(raw.split('\r\n')).toHaveLength(2)
  })

  test.each(['a, b; c\\d\ne', '\\n', 'ä\r\nö', ''])('text comes back: %j', text => {
    expect(readText(writeText(text))).toBe(text.replace(/\r\n/g, '\n'))
  })

  test('a list is divided at commas that are not escaped', () => {
    expect(readTexts('a\\, b,c,,\\\\,d')).toEqual(['a, b', 'c', '\\', 'd'])
  })

  test.each([
    ['P1D', { days: 1, ms: 0 }],
    ['-PT15M', { days: 0, ms: -900_000 }],
    ['P2W', { days: 14, ms: 0 }],
    ['P1DT1H30M5S', { days: 1, ms: 5_405_000 }],
    ['PT0S', { days: 0, ms: 0 }],
  ])('%s', (text, read) => {
    expect(readDuration(text)).toEqual(read)
    expect(readDuration(writeDuration(read))).toEqual(read)
  })

  test.each(['', 'P', 'PT', '1D', 'P1', 'PT1D', 'P1Y', 'P99999999999999D', 'soon'])(
    '%j is no length',
    text => {
      expect(readDuration(text)).toBeUndefined()
    },
  )
})

describe('hostile input', () => {
  const refused = (text: string): unknown => {
    try {
      splitFile(file(text))
      return null
    } catch (error) {
      return (error as { params?: { reason?: string } }).params?.reason
    }
  }

  test.each([
    ['', 'not-icalendar'],
    ['<!DOCTYPE html><title>Sign in</title>', 'not-icalendar'],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a', 'cut'],
    ['BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR', 'mismatch'],
    ['END:VCALENDAR', 'mismatch'],
    ['BEGIN:VALARM\r\n'.repeat(100_000), 'nesting'],
  ])('is refused with a name: %.40s', (text, reason) => {
    expect(refused(text)).toBe(reason)
  })

  test('a description of 10 MB is one line, read once and kept', () => {
    const text = calendar(`DTSTART:20260601T090000Z\nDESCRIPTION:${'x'.repeat(10_000_000)}`)
    expect(readObjectBytes(text).master!.description).toHaveLength(10_000_000)
    expect(writeComponent(readComponents(text)[0]!)).toBe(text)
  })

  test('NUL and a bare CR are no text and begin no line', () => {
    const text = calendar('DTSTART:20260601T090000Z\nSUMMARY:a\0b\rDTEND:20260601T100000Z')
    const { master } = readObjectBytes(text)
    expect(master!.title).toBe('a b DTEND:20260601T100000Z')
    expect(master!.end).toBeNull()
  })

  test.each(['20261301T090000Z', '20260230T090000Z', 'tomorrow', '20260601T250000Z', '', '19000101T0900'])(
    'an event at "%s" has no time, and is said to have none',
    start => {
      const object = readObjectBytes(calendar(`DTSTART:${start}`))
      expect(object.master).toBeNull()
      expect(object.notes).toEqual(['no-start'])
    },
  )

  test('what can be read of the rest is read', () => {
    const object = readObjectBytes(
      calendar(
        'DTSTART:20260601T090000Z\nDTEND:20260501T090000Z\nRRULE:FREQ=SOMETIMES\nSEQUENCE:-x\nSTATUS:<b>\nCLASS:\nGEO',
      ),
    )
    expect(object.master).toMatchObject({
      status: 'confirmed',
      privacy: 'public',
      sequence: 0,
      length: { ms: 0 },
    })
    expect(object.notes).toEqual(['bad-end', 'bad-rule'])
  })
})

describe('files', () => {
  const zone =
    'BEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE'
  const event = (uid: string, more: string) => `BEGIN:VEVENT\nUID:${uid}\n${more}\nEND:VEVENT`
  const text = calendar(
    zone,
    zone.replace('TZID:Z', 'TZID:UNUSED'),
    event('a', 'DTSTART;TZID=Z:20260601T090000\nRRULE:FREQ=DAILY'),
    event('b', 'DTSTART:20260601T090000Z'),
    event('a', 'RECURRENCE-ID;TZID=Z:20260602T090000\nDTSTART;TZID=Z:20260602T100000'),
    'BEGIN:VTODO\nUID:a\nEND:VTODO',
    event('', 'DTSTART:20260601T090000Z\nSUMMARY:one'),
    event('', 'DTSTART:20260601T090000Z\nSUMMARY:two'),
  ).replace('VERSION', 'METHOD:PUBLISH\r\nX-WR-CALNAME:Mine\r\nVERSION')

  test('are taken apart by UID, each with the zones that it names and without what is about the file', () => {
    const objects = splitFile(file(text))
    expect(objects.map(({ uid, kind }) => `${kind} ${uid}`)).toEqual([
      ...['VEVENT a', 'VEVENT b', 'VTODO a', 'VEVENT ', 'VEVENT '],
    ])
    const first = objects[0]!.bytes
    expect(first.match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(first.match(/TZID:/g)).toEqual(['TZID:'])
    expect(first).not.toMatch(/METHOD|X-WR/)
    expect(objects[1]!.bytes).not.toContain('VTIMEZONE')
  })

  test('come together again with every component byte for byte', () => {
    const objects = splitFile(file(text))
    const joined = [...joinFile(objects.map(each => each.bytes))].join('')
    const again = splitFile(Buffer.from(joined, 'latin1'))
    const eventsOf = (bytes: string) => bytes.slice(bytes.indexOf('BEGIN:VEVENT'))
    expect(again.map(each => eventsOf(each.bytes))).toEqual(objects.map(each => eventsOf(each.bytes)))
    expect(joined.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1)
  })

  test('two zones of one name stay with their own events', () => {
    const one = calendar(zone, event('a', 'DTSTART;TZID=Z:20260601T090000'))
    const other = calendar(zone.replaceAll('+0100', '+0300'), event('b', 'DTSTART;TZID=Z:20260601T090000'))
    const joined = [...joinFile([one, other])].join('')
    const starts = splitFile(Buffer.from(joined, 'latin1')).map(
      ({ bytes }) => readObject(readComponents(bytes)[0]!).master!.start.value,
    )
    expect(
      starts.map(each =>
        each.form === 'local' ? each.zone!.offsetAt(Date.UTC(2026, 5, 1)) / 3_600_000 : null,
      ),
    ).toEqual([1, 3])
  })

  test.each([
    ['with a byte order mark', Buffer.from(`\ufeff${calendar('DTSTART:20260601T090000Z\nSUMMARY:ä')}`)],
    ['in UTF-16', Buffer.from(`\ufeff${calendar('DTSTART:20260601T090000Z\nSUMMARY:ä')}`, 'utf16le')],
    ['in the letters of Windows', Buffer.from(calendar('DTSTART:20260601T090000Z\nSUMMARY:ä'), 'latin1')],
    [
      'with lines that end in LF',
      Buffer.from(calendar('DTSTART:20260601T090000Z\nSUMMARY:ä').replaceAll('\r\n', '\n')),
    ],
    [
      'with lines that end in CR',
      Buffer.from(calendar('DTSTART:20260601T090000Z\nSUMMARY:ä').replaceAll('\r\n', '\r')),
    ],
    ['without a last line end', Buffer.from(calendar('DTSTART:20260601T090000Z\nSUMMARY:ä').trimEnd())],
  ])('are read %s', (_words, bytes) => {
    const [object] = splitFile(bytes)
    expect(object!.title).toBe('ä')
    expect(object!.bytes).toBe(latin1(calendar('DTSTART:20260601T090000Z\nSUMMARY:ä')))
  })
})

describe('reminders', () => {
  const alarm = (...lines: string[]) => ['BEGIN:VALARM', ...lines, 'END:VALARM', ''].join('\r\n')
  const mail = alarm('action:EMAIL', 'TRIGGER:-PT1H', 'X-Kept;A=b:1')
  const snoozed = alarm('ACTION:DISPLAY', 'TRIGGER;VALUE=DATE-TIME:20260601T060000Z')
  const note = alarm('ACTION:DISPLAY', 'X-Note:kept', 'TRIGGER;RELATED=START:-PT15M', 'DESCRIPTION:Own')
  const sound = alarm('ACTION:AUDIO', 'TRIGGER:-P1D')
  const changed = (there: readonly string[], alarms: readonly string[]): string => {
    const text = calendar('DTSTART:20260601T090000Z').replace('END:VEVENT', `${there.join('')}END:VEVENT`)
    const object = readObject(readComponents(text)[0]!)
    const { calendar: next } = changeObject(object, whole, { alarms: [...alarms] }, 'x', facts)
    return writeComponent(next!)
  }

  test('a single one gets another time and stays itself; those not understood stay byte for byte', () => {
    const text = changed([mail, snoozed, note], ['PT10M'])
    expect(text).toContain(mail)
    expect(text).toContain(snoozed)
    expect(text).toContain(note.replace('TRIGGER;RELATED=START:-PT15M', 'TRIGGER:-PT10M'))
    expect(text.match(/BEGIN:VALARM/g)).toHaveLength(3)
  })

  test('of several those chosen stay as they are, and none is left where none is wanted', () => {
    expect(changed([note, sound], ['PT15M'])).toContain(note)
    expect(changed([note, sound], ['PT15M'])).not.toContain(sound)
    const none = changed([mail, note, sound], [])
    expect(none).toContain(mail)
    expect(none.match(/BEGIN:VALARM/g)).toHaveLength(1)
  })
})
