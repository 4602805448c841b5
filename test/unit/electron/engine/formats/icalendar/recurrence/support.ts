import { instancesBetween } from '../../../../../../../electron/engine/formats/icalendar/recurrence/expand'
import type {
  Instance,
  Override,
  RecurrenceSet,
} from '../../../../../../../electron/engine/formats/icalendar/recurrence/recurrence-set'
import { readRule } from '../../../../../../../electron/engine/formats/icalendar/recurrence/rule/read-rule'
import type { RecurrenceRule } from '../../../../../../../electron/engine/formats/icalendar/recurrence/rule/rule'
import {
  readTimeValue,
  type TimeValue,
  writeTimeValue,
} from '../../../../../../../electron/engine/formats/icalendar/recurrence/time-value'
import { ianaZone } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/iana-zone'
import { utc, type Zone } from '../../../../../../../electron/engine/formats/icalendar/recurrence/zones/zone'

export const berlin = 'Europe/Berlin'
export const newYork = 'America/New_York'

export function zoneNamed(name: string): Zone {
  const zone = ianaZone(name)
  if (!zone) throw new Error(`no zone ${name}`)
  return zone
}

/** A time as iCalendar writes it, behind the zone of its own where it has one: `America/New_York:20260311T040000`. */
export function time(text: string): TimeValue {
  const [written = '', zone] = text.split(':').reverse()
  const value = readTimeValue(written)
  if (!value) throw new Error(`no time ${text}`)
  return zone !== undefined && value.form === 'local' ? { ...value, zone: zoneNamed(zone) } : value
}

export function rule(text: string): RecurrenceRule {
  const read = readRule(text)
  if ('problem' in read) throw new Error(`${text}: ${JSON.stringify(read.problem)}`)
  return read.rule
}

export const hourMs = 3_600_000
export const hours = (count: number) => ({ days: 0, ms: count * hourMs })
export const days = (count: number) => ({ days: count, ms: 0 })

type Parts = Partial<Omit<RecurrenceSet<string>, 'start' | 'zone' | 'rules' | 'dates' | 'excluded'>> &
  Readonly<{
    zone?: string
    rules?: readonly string[]
    dates?: readonly string[]
    excluded?: readonly string[]
  }>

/** A series in a zone (Berlin if none is said); times as in `time`. */
export function series(start: string, ruleText?: string, parts: Parts = {}): RecurrenceSet<string> {
  const value = time(start)
  return {
    length: value.form === 'date' ? days(1) : hours(1),
    overrides: [],
    ...parts,
    start: value,
    zone: value.form === 'utc' ? utc : zoneNamed(parts.zone ?? berlin),
    rules: [...(ruleText === undefined ? [] : [ruleText]), ...(parts.rules ?? [])].map(rule),
    dates: (parts.dates ?? []).map(each => ({ start: time(each) })),
    excluded: (parts.excluded ?? []).map(time),
  }
}

/** An override of the instance named so, that begins at another time. */
export const override = (
  id: string,
  start: string,
  parts: Partial<Override<string>> = {},
): Override<string> => ({
  id: time(id),
  start: time(start),
  length: hours(1),
  isThisAndFuture: false,
  sequence: 0,
  stampMs: 0,
  component: `${id} at ${start}`,
  ...parts,
})

const compact = (ms: number): string => writeTimeValue({ form: 'utc', wallMs: ms })

/** An instant as iCalendar writes it in UTC, without its seconds: `20260329T0130Z`. */
export const instant = (ms: number): string => compact(ms).replace(/(T\d{4})00Z$/, '$1Z')

/** All instances of a series between two times, which are taken in its zone. */
export function found(set: RecurrenceSet<string>, from = '18000101', to = '21000101'): Instance<string>[] {
  const edge = (text: string) => time(text).wallMs - set.zone.offsetAt(time(text).wallMs)
  const { instances, ending } = instancesBetween(set, edge(from), edge(to))
  if (ending !== 'complete') throw new Error(ending)
  return instances
}

export const starts = (set: RecurrenceSet<string>, from?: string, to?: string): string[] =>
  found(set, from, to).map(({ startMs }) => instant(startMs))

/** What the clocks of the zone show at the starts: `20260329T0330`, `20260329` for all-day ones. */
export const walls = (set: RecurrenceSet<string>, from?: string, to?: string): string[] =>
  found(set, from, to).map(({ startWallMs, isAllDay }) =>
    isAllDay ? compact(startWallMs).slice(0, 8) : instant(startWallMs).slice(0, -1),
  )

export const walledDays = (set: RecurrenceSet<string>, from?: string, to?: string): string[] =>
  found(set, from, to).map(({ startWallMs }) => compact(startWallMs).slice(0, 8))
