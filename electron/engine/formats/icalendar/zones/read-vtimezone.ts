import { instancesBetween } from '../recurrence/expand'
import { readRule } from '../recurrence/rule/read-rule'
import { readTimeValue } from '../recurrence/time-value'
import { type OffsetChange, tableZone } from '../recurrence/zones/table-zone'
import type { Zone } from '../recurrence/zones/zone'
import { type Component, componentsIn, propertiesOf, propertyOf } from '../text/component'

const offsetForm = /^([+-])(\d\d)(\d\d)(\d\d)?$/
const minuteMs = 60_000

/** UTC-OFFSET (RFC 5545 §3.3.14) in milliseconds. */
function offsetOf(component: Component, name: string): number | undefined {
  const match = offsetForm.exec(propertyOf(component, name)?.value.trim() ?? '')
  if (match === null) return undefined
  const ms = (Number(match[2]) * 60 + Number(match[3])) * minuteMs + Number(match[4] ?? 0) * 1000
  return match[1] === '-' ? -ms : ms
}

/** Changes of a zone are worked out between these instants: before and behind them the nearest holds. */
const fromMs = Date.UTC(1960, 0, 1)
const toMs = Date.UTC(2100, 0, 1)
/** STANDARD and DAYLIGHT components of one zone: those of a whole history are some hundred. */
const mostObservances = 1000

type Observance = Readonly<{ beforeMs: number; changes: readonly OffsetChange[]; firstAtMs: number }>

function observance(component: Component): Observance | undefined {
  const beforeMs = offsetOf(component, 'TZOFFSETFROM')
  const offsetMs = offsetOf(component, 'TZOFFSETTO')
  const start = readTimeValue(propertyOf(component, 'DTSTART')?.value.trim() ?? '')
  if (beforeMs === undefined || offsetMs === undefined || start === undefined) return undefined
  // Onsets are local times by the offset before them (§3.6.5), so UNTIL in UTC is compared rightly too.
  const zone: Zone = { name: '', offsetAt: () => beforeMs }
  const rules = propertiesOf(component, 'RRULE').flatMap(({ value }) => {
    const read = readRule(value)
    return 'rule' in read ? [read.rule] : []
  })
  const dates = propertiesOf(component, 'RDATE')
    .flatMap(({ value }) => value.split(','))
    .flatMap(each => {
      const date = readTimeValue(each.trim())
      return date === undefined ? [] : [{ start: date }]
    })
  const set = { start, length: { days: 0, ms: 0 }, zone, rules, dates, excluded: [], overrides: [] }
  const { instances } = instancesBetween(set, fromMs, toMs)
  const first = start.wallMs - beforeMs
  const changes = [first, ...instances.map(({ startMs }) => startMs)].map(atMs => ({ atMs, offsetMs }))
  return { beforeMs, changes, firstAtMs: first }
}

/** The zone that a VTIMEZONE describes (§3.6.5), as a table; undefined where it describes none. */
export function readVtimezone(component: Component): Zone | undefined {
  const observances = componentsIn(component)
    .filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT')
    .slice(0, mostObservances)
    .flatMap(each => observance(each) ?? [])
  const [earliest] = [...observances].sort((left, right) => left.firstAtMs - right.firstAtMs)
  if (earliest === undefined) return undefined
  const changes = observances.flatMap(each => each.changes).sort((left, right) => left.atMs - right.atMs)
  return tableZone(propertyOf(component, 'TZID')?.value ?? '', earliest.beforeMs, changes)
}
