import type { EventObject } from '../event/event-object'
import type { EventComponent } from '../event/read-event'
import { instantOf, readTime } from '../event/times'
import type { RecurrenceSet } from '../recurrence/recurrence-set'
import type { RecurrenceRule } from '../recurrence/rule'
import type { TimeValue } from '../recurrence/time-value'
import { writeRule } from '../recurrence/write-rule'
import { toWall, type Zone } from '../recurrence/zone'
import { type Component, isComponent, propertiesOf, withLine, withLines } from '../text/component'
import { type Line, makeLine } from '../text/content-line'
import { writeText } from '../text/values'
import { type EditFacts, stamped } from './fields'
import { before, type Found } from './instances'
import { detached } from './one'
import { retimed } from './retime'
import { replaceComponent } from './whole-object'
import { asWritten, timeLine } from './written-time'

/** The last moment of a series that ends before an instance, in the form that UNTIL has beside this DTSTART (RFC 5545 §3.3.10). */
function untilValue(start: TimeValue, lastMs: number, zone: Zone): TimeValue {
  if (start.form === 'date') return { form: 'date', wallMs: lastMs }
  if (start.form === 'local' && start.zone === undefined)
    return { form: 'local', wallMs: toWall(zone, lastMs) }
  return { form: 'utc', wallMs: lastMs }
}

const withoutEnd = ({ count: _count, until: _until, ...rule }: RecurrenceRule): RecurrenceRule => rule

const secondMs = 1000
const dayMs = 86_400_000

/** A rule that ends before an instance; undefined where it makes none before that. */
function headRule(set: RecurrenceSet<EventComponent>, at: number, cut: number): RecurrenceRule | undefined {
  const rule = set.rules[at]
  const { lastMs, isWhole } = before(set, at, cut)
  if (rule === undefined || (lastMs === null && isWhole)) return undefined
  const end = isWhole && lastMs !== null ? lastMs : cut - (set.start.form === 'date' ? dayMs : secondMs)
  return { ...withoutEnd(rule), until: untilValue(set.start, end, set.zone) }
}

/** The rule from an instance on; undefined where it makes none. */
function tailRule(set: RecurrenceSet<EventComponent>, at: number, cut: number): RecurrenceRule | undefined {
  const rule = set.rules[at]
  if (rule?.count === undefined) return rule
  const left = rule.count - before(set, at, cut).count
  return left > 0 ? { ...rule, count: left } : undefined
}

/** The lines of EXDATE or RDATE whose times lie on one side of an instance. A line all of whose times stay is left as it is. */
function datesWhere(
  component: Component,
  name: string,
  vtimezones: readonly Component[],
  isKept: (value: TimeValue) => boolean,
): Component {
  const lines = component.items.filter((item): item is Line => !isComponent(item) && item.name === name)
  const next = propertiesOf(component, name).flatMap((property, at): Line[] => {
    const texts = property.value.split(',')
    const kept = texts.filter(text => {
      const time = readTime(text.split('/')[0] ?? '', property, vtimezones)
      return time === undefined || isKept(time.value)
    })
    if (kept.length === 0) return []
    const line = lines[at]
    return [kept.length === texts.length && line ? line : makeLine(name, kept.join(','), property.parameters)]
  })
  return withLines(component, name, next)
}

const ruleLines = (rules: readonly (RecurrenceRule | undefined)[]): Line[] =>
  rules.flatMap(rule => (rule ? [makeLine('RRULE', writeRule(rule))] : []))

type Side = 'head' | 'tail'

/** One side of a series that is cut at an instance, with what belongs to it. Overrides follow their name, not their time. */
function sideOf(object: EventObject, set: RecurrenceSet<EventComponent>, cut: Found, side: Side): Component {
  const { master } = object
  if (master === null) return object.calendar
  const { id } = cut.instance
  const reader = set.zone
  const isOfDates = set.start.form === 'date'
  const at = (value: TimeValue): number =>
    isOfDates ? value.wallMs : value.form === 'date' ? value.wallMs : instantOf(value, reader)
  const cutDay = Math.floor(toWall(reader, id) / dayMs) * dayMs
  // A mere day among times names what begins on it, also on the day of the cut itself.
  const isHere = (value: TimeValue): boolean =>
    (value.form === 'date' && !isOfDates ? value.wallMs < cutDay : at(value) < id) === (side === 'head')
  const rules = set.rules.map((_, place) => (side === 'head' ? headRule : tailRule)(set, place, id))
  let component = withLines(master.component, 'RRULE', ruleLines(rules))
  for (const name of ['EXDATE', 'RDATE']) component = datesWhere(component, name, object.vtimezones, isHere)
  let calendar = replaceComponent(object.calendar, master.component, component)
  for (const { recurrenceId, component: override } of object.overrides)
    if (recurrenceId && !isHere(recurrenceId.value)) calendar = replaceComponent(calendar, override, null)
  return calendar
}

/** A series up to an instance, without it. */
export function headOf(
  object: EventObject,
  set: RecurrenceSet<EventComponent>,
  cut: Found,
  facts: EditFacts,
): Component {
  const calendar = sideOf(object, set, cut, 'head')
  const [master] = calendar.items.filter(isComponent).filter(isMaster)
  return master ? replaceComponent(calendar, master, stamped(master, facts)) : calendar
}

const isMaster = (component: Component): boolean =>
  component.name === 'VEVENT' && propertiesOf(component, 'RECURRENCE-ID').length === 0

/** A series from an instance on, as an object of its own under another UID. It begins where the series had that instance. */
export function tailOf(
  object: EventObject,
  set: RecurrenceSet<EventComponent>,
  cut: Found,
  uid: string,
): Component {
  const { master } = object
  const calendar = sideOf(object, set, cut, 'tail')
  const items = calendar.items.map(item => {
    if (!isComponent(item) || item.name !== 'VEVENT') return item
    const named = withLine(item, 'UID', makeLine('UID', writeText(uid)))
    if (!isMaster(item) || master === null) return named
    const start = { value: cut.id, tzid: asWritten(master.start).tzid }
    return retimed({ ...master, component: named }, { start })
  })
  const range = cut.own === null && cut.event !== master ? rangeFrom(object, cut, set.zone, uid) : []
  return { ...calendar, items: [...items, ...range] }
}

/** RANGE=THISANDFUTURE of an earlier instance, which holds for the tail from its first one on. */
function rangeFrom(object: EventObject, cut: Found, zone: Zone, uid: string): Component[] {
  const { component } = detached(object, cut, zone)
  const id = { value: cut.id, tzid: object.master ? asWritten(object.master.start).tzid : null }
  const range = [{ name: 'RANGE', values: ['THISANDFUTURE'] }]
  return [
    withLine(
      withLine(component, 'UID', makeLine('UID', writeText(uid))),
      'RECURRENCE-ID',
      timeLine('RECURRENCE-ID', id, range),
    ),
  ]
}

/** The line that takes an instance out of its series, in the form that DTSTART has. */
export const exclusionOf = (master: EventComponent, id: TimeValue): Line =>
  timeLine('EXDATE', { value: id, tzid: asWritten(master.start).tzid })
