import { weekdays } from '../recurrence/rule/rule'
import { writeTimeValue } from '../recurrence/time-value'
import { civilOf, dayMs, dayOf, monthLength, weekdayOf } from '../recurrence/times/civil-days'
import type { Zone } from '../recurrence/zones/zone'
import { type Component, makeComponent } from '../text/component'
import { makeLine } from '../text/content-line'

type Change = Readonly<{ atMs: number; beforeMs: number; afterMs: number }>

const stepMs = 3 * dayMs
const secondMs = 1000

/** Where the offset changes between two instants, to the second. */
function changesBetween(zone: Zone, fromMs: number, toMs: number): Change[] {
  const changes: Change[] = []
  for (let at = fromMs; at < toMs; at += stepMs) {
    const [beforeMs, afterMs] = [zone.offsetAt(at), zone.offsetAt(at + stepMs)]
    if (beforeMs === afterMs) continue
    let [low, high] = [at, at + stepMs]
    while (high - low > secondMs) {
      const middle = Math.floor((low + high) / 2 / secondMs) * secondMs
      if (zone.offsetAt(middle) === beforeMs) low = middle
      else high = middle
    }
    changes.push({ atMs: high, beforeMs, afterMs })
  }
  return changes
}

/** UTC-OFFSET (RFC 5545 §3.3.14). */
function offsetText(ms: number): string {
  const seconds = Math.abs(Math.round(ms / secondMs))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [hours, minutes, rest] = parts.map(each => String(each).padStart(2, '0'))
  return `${ms < 0 ? '-' : '+'}${hours}${minutes}${rest === '00' ? '' : rest}`
}

const wallOf = ({ atMs, beforeMs }: Change): number => atMs + beforeMs

/** What of a day can be said in a rule: "the last Sunday of March" and the time, or "the second Sunday". */
function places({ ...change }: Change): string[] {
  const wallMs = wallOf(change)
  const { year, month, day } = civilOf(dayOf(wallMs))
  const weekday = weekdays[weekdayOf(dayOf(wallMs))]
  const isLast = day + 7 > monthLength(year, month)
  const time = wallMs - dayOf(wallMs) * dayMs
  return [Math.ceil(day / 7), ...(isLast ? [-1] : [])].map(
    ordinal =>
      `${change.beforeMs}/${change.afterMs}/${time} FREQ=YEARLY;BYMONTH=${month};BYDAY=${ordinal}${weekday}`,
  )
}

/** The rule that all changes of one kind follow; undefined where there is none. */
function ruleOf(changes: readonly Change[]): string | undefined {
  const [first, ...rest] = changes.map(places)
  const shared = first?.filter(place => rest.every(each => each.includes(place)))
  return shared?.at(-1)?.split(' ')[1]
}

const observance = (change: Change, rule?: string): Component =>
  makeComponent(change.afterMs > change.beforeMs ? 'DAYLIGHT' : 'STANDARD', [
    makeLine('DTSTART', writeTimeValue({ form: 'local', wallMs: wallOf(change) })),
    ...(rule === undefined ? [] : [makeLine('RRULE', rule)]),
    makeLine('TZOFFSETFROM', offsetText(change.beforeMs)),
    makeLine('TZOFFSETTO', offsetText(change.afterMs)),
  ])

/** Years that are looked at to know whether the changes follow a rule, and that are written out where they do not. */
const years = 8

/**
 * A VTIMEZONE (RFC 5545 §3.6.5) for a zone of the tz database, right from the year before `aroundMs` on; two observances with an
 * RRULE where the zone's law is one, since some programs know no others.
 */
export function writeVtimezone(zone: Zone, aroundMs: number): Component {
  const year = Math.max(1, new Date(aroundMs).getUTCFullYear() - 1)
  const fromMs = Date.UTC(year, 0, 1)
  const changes = changesBetween(zone, fromMs, Date.UTC(year + years, 0, 1))
  const tzid = makeLine('TZID', zone.name)
  const [first] = changes
  if (first === undefined) {
    const offset = zone.offsetAt(fromMs)
    const always = { atMs: Date.UTC(1970, 0, 1) - offset, beforeMs: offset, afterMs: offset }
    return makeComponent('VTIMEZONE', [tzid, observance(always)])
  }
  const ahead = changes.filter(({ beforeMs, afterMs }) => afterMs > beforeMs)
  const back = changes.filter(({ beforeMs, afterMs }) => afterMs < beforeMs)
  const rules = [ruleOf(ahead), ruleOf(back)]
  if (ahead.length === years && back.length === years && rules.every(rule => rule !== undefined)) {
    const [spring, autumn] = [ahead[0], back[0]]
    if (spring && autumn)
      return makeComponent('VTIMEZONE', [tzid, observance(spring, rules[0]), observance(autumn, rules[1])])
  }
  const before = {
    atMs: Date.UTC(1970, 0, 1) - first.beforeMs,
    beforeMs: first.beforeMs,
    afterMs: first.beforeMs,
  }
  return makeComponent('VTIMEZONE', [tzid, observance(before), ...changes.map(each => observance(each))])
}
