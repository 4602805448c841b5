import { SiegelError } from '../../../../../shared/kit/result'
import type { EditFacts } from '../../../ports/calendar/calendar-objects'
import type { EventObject } from '../event/event-object'
import type { EventComponent } from '../event/read-event'
import { instantOf, readTime } from '../event/times'
import type { RecurrenceSet } from '../recurrence/recurrence-set'
import type { RecurrenceRule } from '../recurrence/rule/rule'
import { writeRule } from '../recurrence/rule/write-rule'
import { type SplitProblem, type SplitRules, splitRules } from '../recurrence/split-rules'
import type { TimeValue } from '../recurrence/time-value'
import { dayMs } from '../recurrence/times/civil-days'
import { toWall, type Zone } from '../recurrence/zones/zone'
import { type Component, isComponent, propertiesOf, withLine, withLines } from '../text/component'
import { type Line, makeLine } from '../text/content-line'
import { writeText } from '../text/values'
import { stamped } from './fields'
import type { Found } from './instances'
import { detached } from './one'
import { retimed } from './retime'
import { replaceComponent } from './whole-object'
import { asWritten, timeLine } from './written-time'

/** Where a series is cut: an instance, and the rules on both sides of it. */
export type Cut = Readonly<{
  found: Found
  set: RecurrenceSet<EventComponent>
  rules: Exclude<SplitRules, Readonly<{ problem: SplitProblem }>>
}>

/** Cuts the rules of a series before an instance. Throws `event-instance-missing`, `event-split-impossible`. */
export function cutAt(set: RecurrenceSet<EventComponent>, found: Found): Cut {
  const rules = splitRules(set, found.instance.id)
  if (!('problem' in rules)) return { found, set, rules }
  throw rules.problem === 'none'
    ? new SiegelError('event-instance-missing')
    : new SiegelError('event-split-impossible')
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

const ruleLines = (rules: readonly RecurrenceRule[]): Line[] =>
  rules.map(rule => makeLine('RRULE', writeRule(rule)))

type Side = 'head' | 'tail'

/** One side of a series that is cut at an instance, with what belongs to it. Overrides follow their name, not their time. */
function sideOf(object: EventObject, { found, set, rules }: Cut, side: Side): Component {
  const { master } = object
  if (master === null) return object.calendar
  const { id } = found.instance
  const reader = set.zone
  const isOfDates = set.start.form === 'date'
  const at = (value: TimeValue): number =>
    isOfDates ? value.wallMs : value.form === 'date' ? value.wallMs : instantOf(value, reader)
  const cutDay = Math.floor(toWall(reader, id) / dayMs) * dayMs
  // A mere day among times names what begins on it, also on the day of the cut itself.
  const isHere = (value: TimeValue): boolean =>
    (value.form === 'date' && !isOfDates ? value.wallMs < cutDay : at(value) < id) === (side === 'head')
  const lines = ruleLines(side === 'head' ? rules.head : rules.tail.rules)
  let component = withLines(master.component, 'RRULE', lines)
  for (const name of ['EXDATE', 'RDATE']) component = datesWhere(component, name, object.vtimezones, isHere)
  let calendar = replaceComponent(object.calendar, master.component, component)
  for (const { recurrenceId, component: override } of object.overrides)
    if (recurrenceId && !isHere(recurrenceId.value)) calendar = replaceComponent(calendar, override, null)
  return calendar
}

/** A series up to an instance, without it. */
export function headOf(object: EventObject, cut: Cut, facts: EditFacts): Component {
  const calendar = sideOf(object, cut, 'head')
  const [master] = calendar.items.filter(isComponent).filter(isMaster)
  return master ? replaceComponent(calendar, master, stamped(master, facts)) : calendar
}

const isMaster = (component: Component): boolean =>
  component.name === 'VEVENT' && propertiesOf(component, 'RECURRENCE-ID').length === 0

/** A series from an instance on, as an object of its own under another UID. It begins where the series had that instance. */
export function tailOf(object: EventObject, cut: Cut, uid: string): Component {
  const { master } = object
  const { found, set, rules } = cut
  const calendar = sideOf(object, cut, 'tail')
  const items = calendar.items.map(item => {
    if (!isComponent(item) || item.name !== 'VEVENT') return item
    const named = withLine(item, 'UID', makeLine('UID', writeText(uid)))
    if (!isMaster(item) || master === null) return named
    const start = { value: rules.tail.start, tzid: asWritten(master.start).tzid }
    return retimed({ ...master, component: named }, { start })
  })
  const range = found.own === null && found.event !== master ? rangeFrom(object, found, set.zone, uid) : []
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
