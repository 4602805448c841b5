import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readObjectBytes } from '../../../../../../electron/engine/formats/icalendar/event/event-object'
import { alarmsOf } from '../../../../../../electron/engine/formats/icalendar/event/read-event'
import { calendar, latin1, takesPlace } from './support'

const B = 'TZID=Europe/Berlin'
const NY = 'TZID=America/New_York'
const from = '2026-01-01T00:00:00Z'
const to = '2027-01-01T00:00:00Z'
const starts = (text: string, reader?: string): string[] =>
  takesPlace(text, from, to, reader).map(each => each.split('/')[0]!)

// Nothing may depend on the zone of the machine.
describe.each(['Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia'])(
  'on a machine in %s',
  systemZone => {
    const before = process.env['TZ']
    beforeAll(() => {
      process.env['TZ'] = systemZone
    })
    afterAll(() => {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    })

    test('an all-day event is a day of the reader, 23 hours long where the clocks go forward', () => {
      const text = calendar('DTSTART;VALUE=DATE:20260329\nDTEND;VALUE=DATE:20260330')
      expect(takesPlace(text, from, to)).toEqual(['0328T2300Z/0329T2200Z'])
      expect(takesPlace(text, from, to, 'Asia/Kathmandu')).toEqual(['0328T1815Z/0329T1815Z'])
    })

    test.each([
      'DTEND;VALUE=DATE:20260610',
      '',
      'DURATION:PT24H',
      'DURATION:P1D',
      'DTEND;VALUE=DATE:20260609',
    ])('a day without a later end is one day: %s', end => {
      expect(takesPlace(calendar(`DTSTART;VALUE=DATE:20260610\n${end}`), from, to)).toEqual([
        '0609T2200Z/0610T2200Z',
      ])
    })

    test('what ends at midnight is not on the next day', () => {
      const text = calendar(`DTSTART;${B}:20260610T220000\nDTEND;${B}:20260611T000000`)
      expect(takesPlace(text, '2026-06-10T22:00:00Z', '2026-06-11T22:00:00Z')).toEqual([])
    })

    test('a day in a duration is one of the calendar, 24 hours are exact', () => {
      const at = (length: string) =>
        takesPlace(calendar(`DTSTART;${B}:20260328T120000\nDURATION:${length}`), from, to)
      expect(at('P1D')).toEqual(['0328T1100Z/0329T1000Z'])
      expect(at('PT24H')).toEqual(['0328T1100Z/0329T1100Z'])
    })

    test('DTEND is an exact length, also across a change of the clocks', () => {
      const text = calendar(
        `DTSTART;${B}:20260327T230000\nDTEND;${B}:20260328T040000\nRRULE:FREQ=DAILY;COUNT=2`,
      )
      expect(takesPlace(text, from, to)).toEqual(['0327T2200Z/0328T0300Z', '0328T2200Z/0329T0300Z'])
    })

    test('an alarm a day before is not 24 hours before', () => {
      const text = calendar(
        `DTSTART;${B}:20260329T120000
         BEGIN:VALARM
         TRIGGER:-P1D
         ACTION:DISPLAY
         END:VALARM
         BEGIN:VALARM
         TRIGGER:-PT24H
         ACTION:DISPLAY
         END:VALARM`,
      )
      expect(alarmsOf(readObjectBytes(latin1(text)).master!.component).map(each => each.before)).toEqual([
        { days: -1, ms: 0 },
        { days: 0, ms: -86_400_000 },
      ])
    })

    test('start and end in two zones', () => {
      expect(
        takesPlace(calendar(`DTSTART;${B}:20260601T100000\nDTEND;${NY}:20260601T130000`), from, to),
      ).toEqual(['0601T0800Z/0601T1700Z'])
    })

    test('a floating time is the same on every clock, whatever X-WR-TIMEZONE says', () => {
      const text = calendar('DTSTART:20260601T090000\nDTEND:20260601T100000').replace(
        'PRODID',
        'X-WR-TIMEZONE:Asia/Tokyo\r\nPRODID',
      )
      expect(takesPlace(text, from, to)).toEqual(['0601T0700Z/0601T0800Z'])
      expect(takesPlace(text, from, to, 'America/New_York')).toEqual(['0601T1300Z/0601T1400Z'])
    })

    test('a TZID beside a time in UTC says nothing', () => {
      expect(starts(calendar(`DTSTART;${B}:20260601T090000Z`))).toEqual(['0601T0900Z'])
    })

    test.each([
      ['0303T080000Z', 3],
      ['0303T075959Z', 2],
      ['0303T090000', 3],
      ['0303', 3],
    ])('UNTIL=2026%s lets %d instances be', (until, count) => {
      expect(
        starts(calendar(`DTSTART;${B}:20260301T090000\nRRULE:FREQ=DAILY;UNTIL=2026${until}`)),
      ).toHaveLength(count)
    })

    test('UNTIL in UTC is a day later than it looks in New York', () => {
      expect(
        starts(calendar(`DTSTART;${NY}:20260302T200000\nRRULE:FREQ=DAILY;UNTIL=20260305T010000Z`)),
      ).toEqual(['0303T0100Z', '0304T0100Z', '0305T0100Z'])
    })

    test('an excluded instance counts', () => {
      expect(
        starts(
          calendar(`DTSTART;${B}:20260301T090000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;${B}:20260302T090000`),
        ),
      ).toEqual(['0301T0800Z', '0303T0800Z', '0304T0800Z'])
    })

    test.each([
      [`EXDATE;${NY}:20260311T040000`, ['0310T0800Z', '0312T0800Z']],
      [`EXDATE;${NY}:20260311T030000`, ['0310T0800Z', '0311T0800Z', '0312T0800Z']],
      ['EXDATE;VALUE=DATE:20260311', ['0310T0800Z', '0312T0800Z']],
      ['EXDATE:20260311', ['0310T0800Z', '0312T0800Z']],
      ['EXDATE:20260311T090000', ['0310T0800Z', '0312T0800Z']],
      ['EXDATE:20260311T080000Z,20260312T080000Z', ['0310T0800Z']],
      [`EXDATE;${B}:20260310T090000`, ['0311T0800Z', '0312T0800Z']],
      ['EXDATE:20260310T080000Z,20260311T080000Z,20260312T080000Z', []],
      ['EXDATE:tomorrow', ['0310T0800Z', '0311T0800Z', '0312T0800Z']],
    ])('%s', (excluded, left) => {
      expect(starts(calendar(`DTSTART;${B}:20260310T090000\nRRULE:FREQ=DAILY;COUNT=3\n${excluded}`))).toEqual(
        left,
      )
    })

    test('RDATE brings a length of its own, and what is there already comes once', () => {
      const text = calendar(
        `DTSTART:20260608T140000Z\nDTEND:20260608T150000Z\nRRULE:FREQ=DAILY;COUNT=2
         RDATE;VALUE=PERIOD:20260610T140000Z/PT3H\nRDATE:20260609T140000Z`,
      )
      expect(takesPlace(text, from, to)).toEqual([
        '0608T1400Z/0608T1500Z',
        '0609T1400Z/0609T1500Z',
        '0610T1400Z/0610T1700Z',
      ])
    })

    test('DTSTART counts also where the rule does not make it', () => {
      expect(starts(calendar(`DTSTART;${B}:20260304T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3`))).toEqual([
        '0304T0800Z',
        '0309T0800Z',
        '0316T0800Z',
      ])
    })

    const series = `DTSTART;${B}:20260302T090000\nDTEND;${B}:20260302T100000\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:a`

    test.each([
      'RECURRENCE-ID:20260309T080000Z',
      `RECURRENCE-ID;${B}:20260309T090000`,
      `RECURRENCE-ID;${NY}:20260309T040000`,
      'RECURRENCE-ID:20260309T090000',
      'RECURRENCE-ID;VALUE=DATE:20260309',
    ])('an instance is named in any form: %s', id => {
      const text = calendar(series, `${id}\nDTSTART;${B}:20260309T140000\nDURATION:PT30M\nSUMMARY:b`)
      expect(takesPlace(text, from, to)).toEqual([
        '0302T0800Z/0302T0900Z a',
        '0309T1300Z/0309T1330Z b',
        '0316T0800Z/0316T0900Z a',
      ])
    })

    test.each([
      ['SEQUENCE:2', 'SEQUENCE:1', 'first'],
      ['SEQUENCE:1', 'SEQUENCE:2', 'second'],
    ])('of two changes of one instance the newer one holds (%s, %s)', (one, two, title) => {
      const id = 'RECURRENCE-ID:20260309T080000Z\nDTSTART:20260309T100000Z'
      const text = calendar(series, `${id}\n${one}\nSUMMARY:first`, `${id}\n${two}\nSUMMARY:second`)
      expect(takesPlace(text, from, to)).toContain(`0309T1000Z/0309T1000Z ${title}`)
      expect(takesPlace(text, from, to)).toHaveLength(3)
    })

    test('a change of no instance is shown, one of an excluded instance is not', () => {
      const stray = 'RECURRENCE-ID:20260401T080000Z\nDTSTART:20260401T100000Z\nSUMMARY:stray'
      const gone = 'RECURRENCE-ID:20260309T080000Z\nDTSTART:20260309T100000Z\nSUMMARY:gone'
      const text = calendar(`${series}\nEXDATE:20260309T080000Z`, stray, gone)
      expect(takesPlace(text, from, to).map(each => each.split(' ')[1])).toEqual(['a', 'a', 'stray'])
    })

    test('an instance that was moved into the window is shown', () => {
      const moved = 'RECURRENCE-ID:20260309T080000Z\nDTSTART:20260920T100000Z\nSUMMARY:moved'
      expect(takesPlace(calendar(series, moved), '2026-09-01T00:00:00Z', '2026-10-01T00:00:00Z')).toEqual([
        '0920T1000Z/0920T1000Z moved',
      ])
    })

    test('an instance without its series stands alone', () => {
      const text = calendar('RECURRENCE-ID:20260309T080000Z\nDTSTART:20260309T100000Z\nSUMMARY:alone')
      expect(takesPlace(text, from, to)).toEqual(['0309T1000Z/0309T1000Z alone'])
    })
  },
)

describe('names of zones', () => {
  const vtimezone = (tzid: string, more = '') =>
    `BEGIN:VTIMEZONE
    TZID:${tzid}
    ${more}
    BEGIN:STANDARD
    DTSTART:16010101T030000
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010101T020000
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
    END:DAYLIGHT
    END:VTIMEZONE`.replace(/\n\s*\n/, '\n')
  const read = (tzid: string, ...more: string[]) => {
    const text = calendar(...more, `DTSTART;TZID="${tzid}":20260701T090000`)
    const { master } = readObjectBytes(latin1(text))
    return { zone: master!.start.zone, notes: master!.notes, starts: starts(text) }
  }

  test.each([
    ['W. Europe Standard Time', 'Europe/Berlin', '0701T0700Z'],
    ['w. europe  standard time', 'Europe/Berlin', '0701T0700Z'],
    ['Mitteleuropäische Zeit ', 'Europe/Berlin', '0701T0700Z'],
    ['/mozilla.org/20050126_1/Europe/Berlin', 'Europe/Berlin', '0701T0700Z'],
    [
      '/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires',
      'America/Argentina/Buenos_Aires',
      '0701T1200Z',
    ],
    ['/softwarestudio.org/Olson_20011030_5/America/New_York', 'America/New_York', '0701T1300Z'],
    ['europe/berlin', 'Europe/Berlin', '0701T0700Z'],
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Amsterdam', '0701T0700Z'],
    ['Etc/GMT-1', 'Etc/GMT-1', '0701T0800Z'],
    ['EST', 'EST', '0701T1400Z'],
    ['Eastern Standard Time', 'America/New_York', '0701T1300Z'],
    ['India Standard Time', 'Asia/Calcutta', '0701T0330Z'],
    ['UTC', 'UTC', '0701T0900Z'],
  ])('%s is %s', (tzid, zone, start) => {
    expect(read(tzid)).toEqual({ zone, notes: [], starts: [start] })
  })

  test.each(['Customized Time Zone', 'tzone://Microsoft/Custom', 'Nowhere/Land', '1'])(
    '%s is what its VTIMEZONE has the times of',
    tzid => {
      expect(read(tzid, vtimezone(tzid))).toEqual({
        zone: 'Europe/Berlin',
        notes: [],
        starts: ['0701T0700Z'],
      })
    },
  )

  test('the hint of libical is taken where the times agree', () => {
    expect(read('mine', vtimezone('mine', 'X-LIC-LOCATION:Europe/Vienna')).zone).toBe('Europe/Vienna')
    expect(read('mine', vtimezone('mine', 'X-LIC-LOCATION:Asia/Tokyo')).zone).toBe('Europe/Berlin')
  })

  test.each(['Nowhere/Land', 'Customized Time Zone', 'X'.repeat(5000), ''])(
    'nobody knows "%s": the time is floating, with a note, and nothing stops',
    tzid => {
      const known = read(tzid)
      expect(known.starts).toEqual(['0701T0700Z'])
      expect(known.notes).toEqual(['zone-unknown'])
    },
  )

  test('a name that is known wins over an old description, and the difference is said', () => {
    expect(read('America/Mexico_City', vtimezone('America/Mexico_City'))).toEqual({
      zone: 'America/Mexico_City',
      notes: ['zone-differs'],
      starts: ['0701T1500Z'],
    })
    expect(read('Europe/Berlin', vtimezone('Europe/Berlin')).notes).toEqual([])
  })

  test('a zone that is none of the world keeps the times of its description', () => {
    const odd = vtimezone('Moon')
      .replace('+0100\n', '+0117\n')
      .replace(/\+0100/g, '+0117')
      .replace(/\+0200/g, '+0217')
    expect(read('Moon', odd)).toEqual({ zone: 'Moon', notes: [], starts: ['0701T0643Z'] })
  })
})
