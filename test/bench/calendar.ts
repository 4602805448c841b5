import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../electron/engine/compose/open-store'
import { systemClock as clock, systemRandom as random } from '../../electron/engine/system'
import type { CalendarId } from '../../shared/features/calendar/model'
import { openTestEngine, silentLog, testStoreKey } from '../support/engine-in-test'
import { quantile, readable } from './measure'
import type { BenchOptions, BenchTable, Scenario } from './scenario'
import { verdict } from './scenario'

/** Over five years, as a busy person's calendar is: about 160 events a month and the series. */
const firstYear = 2023
const years = 5
const dayMs = 86_400_000
const zones = ['Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin', 'America/New_York', 'UTC']
const rules = [
  'FREQ=WEEKLY;BYDAY=MO,WE',
  'FREQ=WEEKLY;INTERVAL=2',
  'FREQ=DAILY;COUNT=200',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYMONTHDAY=15',
  'FREQ=YEARLY',
  'FREQ=WEEKLY;UNTIL=20270101T000000Z',
]

const two = (number: number): string => String(number).padStart(2, '0')

/** One object of a generated calendar, the same in every run. */
function object(at: number, isSeries: boolean): string {
  const day = new Date(Date.UTC(firstYear, 0, 1) + ((at * 7919) % (years * 365)) * dayMs)
  const date = `${day.getUTCFullYear()}${two(day.getUTCMonth() + 1)}${two(day.getUTCDate())}`
  const isDay = at % 10 === 0
  const zone = zones[at % zones.length] ?? 'UTC'
  const start = isDay
    ? `DTSTART;VALUE=DATE:${date}`
    : zone === 'UTC'
      ? `DTSTART:${date}T${two(8 + (at % 10))}0000Z`
      : `DTSTART;TZID=${zone}:${date}T${two(8 + (at % 10))}0000`
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Bench//EN', 'BEGIN:VEVENT', `UID:bench-${at}`],
    ...['DTSTAMP:20260101T000000Z', start, isDay ? 'DURATION:P1D' : 'DURATION:PT1H'],
    `SUMMARY:Meeting ${at} about the plans of the year`,
    'LOCATION:Room 5\\, second floor',
    `DESCRIPTION:${'What is to be talked about. '.repeat(10)}`,
    ...(at % 3 === 0
      ? ['ATTENDEE;CN=Eva;PARTSTAT=ACCEPTED:mailto:eva@example.org', 'ATTENDEE:mailto:ben@example.org']
      : []),
    ...(isSeries ? [`RRULE:${rules[at % rules.length]}`] : []),
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ]
  return lines.join('\r\n')
}

/** Months in the order in which somebody pages through them, there and back. */
const months = Array.from({ length: years * 12 }, (_, at) => at)

async function run({ quick, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const events = quick ? 2000 : 10_000
  const series = events / 20
  const directory = mkdtempSync(join(tmpdir(), 'siegel-bench-calendar-'))
  try {
    say(`A calendar of ${events} events, ${series} of them series`)
    const { store } = openStore({ directory, key: testStoreKey(), clock, random, log: silentLog })
    const [calendar] = store.calendars.list()
    const filling = performance.now()
    store.transaction(() => {
      for (let at = 0; at < events; at += 1)
        store.calendars.add(calendar?.id as CalendarId, Buffer.from(object(at, at < series)))
    })
    const filled = performance.now() - filling
    store.close()

    const times: number[] = []
    const work: number[] = []
    const firsts: number[] = []
    let shown = 0
    for (let round = 0; round < rounds; round += 1) {
      const engine = await openTestEngine(directory)
      for (const [turn, month] of [...months, ...months.toReversed()].entries()) {
        const span = {
          fromMs: Date.UTC(firstYear, month, 1) - 7 * dayMs,
          toMs: Date.UTC(firstYear, month + 1, 1) + 7 * dayMs,
          zone: 'Europe/Berlin',
          calendarIds: null,
        }
        const cpu = process.cpuUsage()
        const from = performance.now()
        const answer = await engine.call('events.between', span)
        const took = performance.now() - from
        const { user, system } = process.cpuUsage(cpu)
        shown += answer.events.length
        if (turn === 0) firsts.push(took)
        else {
          times.push(took)
          work.push((user + system) / 1000)
        }
      }
      await engine.close()
    }
    const p95 = quantile(times, 0.95)
    const p95Work = quantile(work, 0.95)
    const each = Math.round(shown / (rounds * months.length * 2))
    return [
      {
        title: 'Paging through a calendar',
        about: `A calendar of ${events.toLocaleString('en')} events over ${years} years, ${series} of them series, in the encrypted store; its months one after the other and back, each six weeks as a month view shows them (about ${each} events). From the call to the answer, with the contract's checks, in plain Node. The first month after the start reads all series once and is told by itself. Adding all of them (parsed, indexed, stored) took ${readable(filled)}.`,
        head: ['', 'p50', 'p95', 'longest', 'first month'],
        rows: [
          [
            'by the clock',
            readable(quantile(times, 0.5)),
            readable(p95),
            readable(Math.max(...times)),
            readable(quantile(firsts, 0.5)),
          ],
          [
            'processor time',
            readable(quantile(work, 0.5)),
            readable(p95Work),
            readable(Math.max(...work)),
            '',
          ],
        ],
        verdicts: [verdict('A month, p95 of processor time', p95Work, 16, readable)],
      },
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

export const calendar: Scenario = { name: 'calendar', run }
