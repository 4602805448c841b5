import ICAL from 'ical.js'
import { expand } from '../../electron/engine/formats/icalendar/recurrence/expand'
import type { RecurrenceSet } from '../../electron/engine/formats/icalendar/recurrence/recurrence-set'
import { readRule } from '../../electron/engine/formats/icalendar/recurrence/rule/read-rule'
import { readTimeValue } from '../../electron/engine/formats/icalendar/recurrence/time-value'
import { ianaZone } from '../../electron/engine/formats/icalendar/recurrence/zones/iana-zone'
import { median } from './measure'
import { type BenchTable, ratio, type Scenario, verdict } from './scenario'

/** As calendars hold them: mostly weekly, and such as ical.js expands rightly. */
const patterns = [
  'FREQ=WEEKLY;BYDAY=MO',
  'FREQ=WEEKLY;BYDAY=TU,TH',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY;COUNT=200',
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=MONTHLY;BYMONTHDAY=15',
  'FREQ=MONTHLY;BYDAY=1MO',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1',
  'FREQ=YEARLY',
  'FREQ=YEARLY;BYMONTH=5;BYDAY=2SU',
]

const zoneText = (
  name: string,
  [winter, summer]: readonly [string, string],
  [spring, autumn]: readonly [string, string],
) =>
  [
    'BEGIN:VCALENDAR',
    'BEGIN:VTIMEZONE',
    `TZID:${name}`,
    'BEGIN:DAYLIGHT',
    `TZOFFSETFROM:${winter}`,
    `TZOFFSETTO:${summer}`,
    `DTSTART:19700301T020000`,
    `RRULE:FREQ=YEARLY;${spring}`,
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    `TZOFFSETFROM:${summer}`,
    `TZOFFSETTO:${winter}`,
    `DTSTART:19701001T030000`,
    `RRULE:FREQ=YEARLY;${autumn}`,
    'END:STANDARD',
    'END:VTIMEZONE',
    'END:VCALENDAR',
  ].join('\r\n')

const zones: Readonly<Record<string, string>> = {
  'Europe/Berlin': zoneText(
    'Europe/Berlin',
    ['+0100', '+0200'],
    ['BYMONTH=3;BYDAY=-1SU', 'BYMONTH=10;BYDAY=-1SU'],
  ),
  'America/New_York': zoneText(
    'America/New_York',
    ['-0500', '-0400'],
    ['BYMONTH=3;BYDAY=2SU', 'BYMONTH=11;BYDAY=1SU'],
  ),
}

type Case = Readonly<{ rule: string; zone: string; start: string }>

/** DTSTART is the first instance: ical.js moves it to that, and Siegel would give it besides. */
function casesOf(count: number): Case[] {
  return Array.from({ length: count }, (_, at): Case => {
    const rule = patterns[at % patterns.length] ?? ''
    const zone = Object.keys(zones)[at % 2] ?? ''
    const stamp = (ms: number) => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')
    const time = `T${String(7 + (at % 12)).padStart(2, '0')}3000`
    const begun = stamp(Date.UTC(2026, 0, 1 + (at % 300)))
    const first = ICAL.Recur.fromString(rule)
      .iterator(
        ICAL.Time.fromDateTimeString(`${begun.slice(0, 4)}-${begun.slice(4, 6)}-${begun.slice(6)}T07:30:00`),
      )
      .next()
    return { rule, zone, start: `${stamp(first.toJSDate().getTime() + 12 * 3_600_000)}${time}` }
  })
}

/** Processor time: it does not matter who else is at work. */
const timed = (work: () => number): { ms: number; found: number } => {
  const before = process.cpuUsage()
  const found = work()
  return { ms: process.cpuUsage(before).user / 1000, found }
}

/** From the text of the rule on, as both would be asked when an event is read; the instants are added up, so that none is spared. */
function siegel(cases: readonly Case[], fromMs: number, toMs: number): number {
  let count = 0
  for (const { rule, zone: name, start } of cases) {
    const read = readRule(rule)
    const zone = ianaZone(name)
    const value = readTimeValue(start)
    if ('problem' in read || !zone || !value) throw new Error(rule)
    const set: RecurrenceSet<null> = {
      start: value,
      length: { days: 0, ms: 3_600_000 },
      zone,
      rules: [read.rule],
      dates: [],
      excluded: [],
      overrides: [],
    }
    for (const { startMs } of expand(set, fromMs, toMs)) if (startMs >= fromMs) count++
  }
  return count
}

function icalJs(cases: readonly Case[], fromMs: number, toMs: number): number {
  let count = 0
  const known = new Map(
    Object.entries(zones).map(([name, text]) => {
      const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone')
      if (!component) throw new Error(name)
      return [name, new ICAL.Timezone(component)]
    }),
  )
  for (const { rule, zone, start } of cases) {
    const digits = start.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6')
    const time = ICAL.Time.fromDateTimeString(digits)
    const timezone = known.get(zone)
    if (timezone) time.zone = timezone
    const iterator = ICAL.Recur.fromString(rule).iterator(time)
    for (let next = iterator.next(); next; next = iterator.next()) {
      const startMs = next.toUnixTime() * 1000
      if (startMs >= toMs) break
      if (startMs >= fromMs) count++
    }
  }
  return count
}

/** Expanding a calendar's rules beside ical.js. */
export const recurrence: Scenario = {
  name: 'recurrence',
  run({ quick, rounds, say }): Promise<readonly BenchTable[]> {
    const cases = casesOf(quick ? 100 : 1000)
    const spans = [
      { words: 'ten years from the start', fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2036, 0, 1) },
      {
        words: 'one month, ten years after the start',
        fromMs: Date.UTC(2036, 4, 1),
        toMs: Date.UTC(2036, 5, 1),
      },
    ]
    const rows = spans.map(({ words, fromMs, toMs }) => {
      const ours: number[] = []
      const theirs: number[] = []
      let found = 0
      for (let round = 0; round < rounds; round++) {
        say(`recurrence: ${words}, round ${round + 1}`)
        const here = timed(() => siegel(cases, fromMs, toMs))
        const there = timed(() => icalJs(cases, fromMs, toMs))
        if (here.found !== there.found)
          throw new Error(`${words}: ${here.found} and ${there.found} instances`)
        found = here.found
        ours.push(here.ms)
        theirs.push(there.ms)
      }
      return { words, found, ours: median(ours), theirs: median(theirs) }
    })
    const table: BenchTable = {
      title: 'Expanding recurrence rules',
      about: `${cases.length.toLocaleString('en')} rules as calendars hold them (mostly weekly, in two zones with summer time), read from their text and expanded to instants, all in one process, counted in processor time. ical.js 2.2.1 steps through every instance from DTSTART; both found as many.`,
      head: ['', 'instances', 'ical.js', 'Siegel', 'Siegel / peer'],
      rows: rows.map(({ words, found, ours, theirs }) => [
        words,
        found.toLocaleString('en'),
        `${theirs.toFixed(0)} ms`,
        `${ours.toFixed(0)} ms`,
        ratio(ours / theirs),
      ]),
      verdicts: rows.map(({ words, ours, theirs }) => verdict(words, ours / theirs, 1, ratio)),
    }
    return Promise.resolve([table])
  },
}
