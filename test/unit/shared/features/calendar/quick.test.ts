import { describe, expect, test } from 'vitest'
import { readQuick } from '../../../../../shared/features/calendar/quick/read-quick'

/** A Wednesday. */
const now = '2026-03-04T10:00'
const read = (text: string, language: 'de' | 'en' = 'de') => readQuick(text, { now, language })

/** `start/end title`, then what else there is. */
function told(text: string, language: 'de' | 'en' = 'de'): string {
  const { start, end, title, rule, location, people, calendar, alarms, zone } = read(text, language)
  const short = (when: string) => when.replace(/^2026-/, '')
  return [
    `${short(start)}/${short(end)}`,
    title,
    ...(rule === null ? [] : [rule]),
    ...(location === '' ? [] : [`@${location}`]),
    ...people.map(({ name, address }) => `+${address ?? name}`),
    ...(calendar === null ? [] : [`/${calendar}`]),
    ...alarms.map(each => `!${each}`),
    ...(zone === null ? [] : [zone]),
  ].join(' | ')
}

test.each([
  // As the parts of the program promise it.
  ['Zahnarzt morgen 14:30 1h', '03-05T14:30/03-05T15:30 | Zahnarzt'],
  ['lunch with Eva Friday noon at Lucia', '03-06T12:00/03-06T13:00 | lunch | @Lucia | +Eva'],
  ['every 2nd Tuesday 9am', '03-10T09:00/03-10T10:00 |  | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
  ['12.-14.3. Klausurtagung', '03-12/03-15 | Klausurtagung'],
  // Days.
  ['Besuch heute', '03-04/03-05 | Besuch'],
  ['Besuch übermorgen', '03-06/03-07 | Besuch'],
  ['Visit tomorrow', '03-05/03-06 | Visit'],
  ['Visit day after tomorrow', '03-06/03-07 | Visit'],
  ['Review am 15.4.', '04-15/04-16 | Review'],
  ['Review am 15. April', '04-15/04-16 | Review'],
  ['Review 15. April 2027', '2027-04-15/2027-04-16 | Review'],
  ['Review April 15th', '04-15/04-16 | Review'],
  ['Review on the 15th of April', '04-15/04-16 | Review'],
  ['Review April 15, 2027', '2027-04-15/2027-04-16 | Review'],
  ['Review 2026-04-15', '04-15/04-16 | Review'],
  ['Review 1.3.', '2027-03-01/2027-03-02 | Review'],
  ['Review 4.3.', '03-04/03-05 | Review'],
  ['Review 1.3.27', '2027-03-01/2027-03-02 | Review'],
  ['Schalttag 29.2.', '2028-02-29/2028-03-01 | Schalttag'],
  ['Geburtstag Oma am 3. Mai', '05-03/05-04 | Geburtstag Oma'],
  ['Team am Montag', '03-09/03-10 | Team'],
  ['Team Freitag', '03-06/03-07 | Team'],
  ['Team on Friday', '03-06/03-07 | Team'],
  ['Team next Wednesday', '03-11/03-12 | Team'],
  ['Team nächsten Freitag', '03-06/03-07 | Team'],
  ['Team Mi 9 Uhr', '03-11T09:00/03-11T10:00 | Team'],
  ['Team Mi 11 Uhr', '03-04T11:00/03-04T12:00 | Team'],
  ['Abgabe in 3 Tagen', '03-07/03-08 | Abgabe'],
  ['Abgabe in zwei Wochen', '03-18/03-19 | Abgabe'],
  ['Report due in 2 months', '05-04/05-05 | Report due'],
  ['Planung nächste Woche Dienstag', '03-10/03-11 | Planung'],
  ['Planung nächste Woche', '03-09/03-10 | Planung'],
  ['Fr, 6.3. Abgabe', '03-06/03-07 | Abgabe'],
  ['Freitag, 13.3. Premiere', '03-13/03-14 | Premiere'],
  ['am 20. Steuer', '03-20/03-21 | Steuer'],
  // Several days.
  ['Urlaub 12. bis 14. März', '03-12/03-15 | Urlaub'],
  ['Urlaub vom 28.3. bis 11.4.', '03-28/04-12 | Urlaub'],
  ['Urlaub 28.12.-3.1.', '12-28/2027-01-04 | Urlaub'],
  ['Conference March 12-14', '03-12/03-15 | Conference'],
  ['Conference 12-14 March', '03-12/03-15 | Conference'],
  ['Conference March 30 - April 2', '03-30/04-03 | Conference'],
  ['Fair 2026-03-12 to 2026-03-14', '03-12/03-15 | Fair'],
  ['Dienstreise Mo-Mi', '03-09/03-12 | Dienstreise'],
  ['Messe ab 12.3. für 3 Tage', '03-12/03-15 | Messe'],
  ['12.3. ganztägig Umzug', '03-12/03-13 | Umzug'],
  // Times.
  ['Arzt 14 Uhr', '03-04T14:00/03-04T15:00 | Arzt'],
  ['Arzt 9 Uhr', '03-05T09:00/03-05T10:00 | Arzt'],
  ['Arzt 14.30 Uhr', '03-04T14:30/03-04T15:30 | Arzt'],
  ['Arzt um 14:30', '03-04T14:30/03-04T15:30 | Arzt'],
  ['Arzt morgen um 8', '03-05T08:00/03-05T09:00 | Arzt'],
  ['Arzt morgen um 3', '03-05T15:00/03-05T16:00 | Arzt'],
  ['Arzt morgen 14h', '03-05T14:00/03-05T15:00 | Arzt'],
  ['Arzt morgen 14h30', '03-05T14:30/03-05T15:30 | Arzt'],
  ['Kaffee halb drei', '03-04T14:30/03-04T15:30 | Kaffee'],
  ['Kaffee morgen um halb neun', '03-05T08:30/03-05T09:30 | Kaffee'],
  ['Kaffee viertel nach vier', '03-04T16:15/03-04T17:15 | Kaffee'],
  ['Kaffee dreiviertel fünf', '03-04T16:45/03-04T17:45 | Kaffee'],
  ['Coffee half past two', '03-04T14:30/03-04T15:30 | Coffee'],
  ['Coffee quarter to five', '03-04T16:45/03-04T17:45 | Coffee'],
  ['Call 3pm', '03-04T15:00/03-04T16:00 | Call'],
  ['Call at 3', '03-04T15:00/03-04T16:00 | Call'],
  ['Call 9:30 am', '03-05T09:30/03-05T10:30 | Call'],
  ['Call 12am', '03-05T00:00/03-05T01:00 | Call'],
  ['Call 12pm', '03-04T12:00/03-04T13:00 | Call'],
  ['Call tomorrow at midnight', '03-05T00:00/03-05T01:00 | Call'],
  ['Lauf morgen früh', '03-05T09:00/03-05T10:00 | Lauf'],
  ['Lauf morgen Abend', '03-05T19:00/03-05T20:00 | Lauf'],
  ['Kino Freitag Abend', '03-06T19:00/03-06T20:00 | Kino'],
  ['Kino heute 8 Uhr abends', '03-04T20:00/03-04T21:00 | Kino'],
  ['Movie tonight', '03-04T19:00/03-04T20:00 | Movie'],
  ['Movie tomorrow evening', '03-05T19:00/03-05T20:00 | Movie'],
  ['Essen mittags', '03-04T12:00/03-04T13:00 | Essen'],
  // From when to when, and how long.
  ['Workshop morgen 14-16 Uhr', '03-05T14:00/03-05T16:00 | Workshop'],
  ['Workshop morgen von 14 bis 16 Uhr', '03-05T14:00/03-05T16:00 | Workshop'],
  ['Workshop morgen 14:30-16:15', '03-05T14:30/03-05T16:15 | Workshop'],
  ['Workshop tomorrow 9-11am', '03-05T09:00/03-05T11:00 | Workshop'],
  ['Workshop tomorrow 11am-1pm', '03-05T11:00/03-05T13:00 | Workshop'],
  ['Workshop tomorrow 11-1pm', '03-05T11:00/03-05T13:00 | Workshop'],
  ['Workshop tomorrow from 2 to 4pm', '03-05T14:00/03-05T16:00 | Workshop'],
  ['Nachtschicht Freitag 22:00-6:00', '03-06T22:00/03-07T06:00 | Nachtschicht'],
  ['Termin 15 Uhr 1,5h', '03-04T15:00/03-04T16:30 | Termin'],
  ['Termin 15 Uhr 90 min', '03-04T15:00/03-04T16:30 | Termin'],
  ['Termin 15 Uhr 1h30', '03-04T15:00/03-04T16:30 | Termin'],
  ['Termin 15 Uhr für 2 Stunden', '03-04T15:00/03-04T17:00 | Termin'],
  ['Termin 15 Uhr eine halbe Stunde', '03-04T15:00/03-04T15:30 | Termin'],
  ['Meeting 3pm for 45 minutes', '03-04T15:00/03-04T15:45 | Meeting'],
  ['Meeting 3pm half an hour', '03-04T15:00/03-04T15:30 | Meeting'],
  // Repeats.
  ['Yoga jeden Dienstag 18 Uhr', '03-10T18:00/03-10T19:00 | Yoga | FREQ=WEEKLY;BYDAY=TU'],
  ['Yoga jeden 2. Dienstag 18 Uhr', '03-10T18:00/03-10T19:00 | Yoga | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
  ['Yoga jeden zweiten Dienstag im Monat', '03-10/03-11 | Yoga | FREQ=MONTHLY;BYDAY=2TU'],
  [
    'Stammtisch jeden letzten Freitag im Monat 19 Uhr',
    '03-27T19:00/03-27T20:00 | Stammtisch | FREQ=MONTHLY;BYDAY=-1FR',
  ],
  ['Board every first Monday 9am', '04-06T09:00/04-06T10:00 | Board | FREQ=MONTHLY;BYDAY=1MO'],
  ['Gym every Mon, Wed and Fri 7am', '03-06T07:00/03-06T08:00 | Gym | FREQ=WEEKLY;BYDAY=MO,WE,FR'],
  [
    'Standup every weekday 9:15',
    '03-05T09:15/03-05T09:15'.replace('/03-05T09:15', '/03-05T10:15') +
      ' | Standup | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  ],
  ['Standup werktags 9:15 15 min', '03-05T09:15/03-05T09:30 | Standup | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ['Tabletten täglich 8 Uhr', '03-05T08:00/03-05T09:00 | Tabletten | FREQ=DAILY'],
  ['Müll alle 2 Wochen Freitag', '03-06/03-07 | Müll | FREQ=WEEKLY;INTERVAL=2'],
  ['Rent every month on the 1st of April', '04-01/04-02 | Rent | FREQ=MONTHLY'],
  ['Miete jeden 15.', '03-15/03-16 | Miete | FREQ=MONTHLY;BYMONTHDAY=15'],
  ['Chor montags 20 Uhr', '03-09T20:00/03-09T21:00 | Chor | FREQ=WEEKLY;BYDAY=MO'],
  ['Choir on Mondays 8pm', '03-09T20:00/03-09T21:00 | Choir | FREQ=WEEKLY;BYDAY=MO'],
  [
    'Kurs jeden Montag 18 Uhr bis 4.5.',
    '03-09T18:00/03-09T19:00 | Kurs | FREQ=WEEKLY;BYDAY=MO;UNTIL=20260504',
  ],
  [
    'Class every Monday 6pm until May 4',
    '03-09T18:00/03-09T19:00 | Class | FREQ=WEEKLY;BYDAY=MO;UNTIL=20260504',
  ],
  ['Kurs jeden Montag 18 Uhr 10 mal', '03-09T18:00/03-09T19:00 | Kurs | FREQ=WEEKLY;BYDAY=MO;COUNT=10'],
  ['Hochzeitstag jährlich 20.6.', '06-20/06-21 | Hochzeitstag | FREQ=YEARLY'],
  ['Retro every 3 weeks', '03-04/03-05 | Retro | FREQ=WEEKLY;INTERVAL=3'],
  // Places, people, calendars, reminders, zones.
  [
    'Essen mit Eva und Ben Freitag 19 Uhr bei Luigi',
    '03-06T19:00/03-06T20:00 | Essen | @Luigi | +Eva | +Ben',
  ],
  ['Sync with eva@example.org tomorrow 10am', '03-05T10:00/03-05T11:00 | Sync | +eva@example.org'],
  ['Besprechung morgen 10 Uhr in Raum 5', '03-05T10:00/03-05T11:00 | Besprechung | @Raum 5'],
  ['Kontrolle bei Dr. Müller am 12.3. um 8', '03-12T08:00/03-12T09:00 | Kontrolle | @Dr. Müller'],
  ['Training @Halle morgen 18 Uhr', '03-05T18:00/03-05T19:00 | Training | @Halle'],
  ['Review morgen 10 Uhr /Arbeit', '03-05T10:00/03-05T11:00 | Review | /Arbeit'],
  ['Zug 7:12 Erinnerung 30 min vorher', '03-05T07:12/03-05T08:12 | Zug | !PT30M'],
  ['Train 7:12am tomorrow remind me 1 day before', '03-05T07:12/03-05T08:12 | Train | !P1D'],
  ['Arzt morgen 9 Uhr !15', '03-05T09:00/03-05T10:00 | Arzt | !PT15M'],
  ['Call 15:00 America/New_York', '03-04T15:00/03-04T16:00 | Call | America/New_York'],
  // Quotes hold together what would be understood otherwise.
  ['"Morgen um 5" Lesung 12.3. 19 Uhr', '03-12T19:00/03-12T20:00 | Morgen um 5 Lesung'],
  ['„Freitag der 13.“ 12.3. 20 Uhr', '03-12T20:00/03-12T21:00 | Freitag der 13.'],
  // What is no date, time or person.
  ['Version 2.0 freigeben morgen', '03-05/03-06 | Version 2.0 freigeben'],
  ['Kapitel 3 lesen', '03-04/03-05 | Kapitel 3 lesen'],
  ['Treffen mit allen', '03-04/03-05 | Treffen mit allen'],
  ['so machen wir das', '03-04/03-05 | so machen wir das'],
  ['Marching band may play', '03-04/03-05 | Marching band may play'],
  ['31.2. nie', '03-04/03-05 | 31.2. nie'],
  ['', '03-04/03-05 | '],
])('%s', (text, expected) => {
  expect(told(text)).toBe(expected)
})

test('5/6 follows the language', () => {
  expect(told('Review 5/6', 'de')).toBe('06-05/06-06 | Review')
  expect(told('Review 5/6', 'en')).toBe('05-06/05-07 | Review')
  expect(told('Review 25/6', 'en')).toBe('06-25/06-26 | Review')
})

describe('what was understood', () => {
  test('is told piece by piece', () => {
    const text = 'Essen mit Eva Freitag 19 Uhr bei Luigi'
    expect(read(text).tokens.map(({ from, to, kind }) => `${kind}: ${text.slice(from, to)}`)).toEqual([
      'people: mit Eva',
      'date: Freitag',
      'time: 19 Uhr',
      'place: bei Luigi',
    ])
  })

  test('no line takes long, whatever stands in it', () => {
    for (const piece of [
      'a ',
      'every ',
      'mit Eva und ',
      '12.-',
      '"',
      'bis ',
      '1h',
      ' at ',
      'Mo,',
      '\ufffc',
      '🎂',
    ])
      expect(read(piece.repeat(2000)).tokens.length).toBeLessThan(2000)
  })
})
