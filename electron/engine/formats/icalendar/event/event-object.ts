import type { Length } from '../recurrence/length'
import type { RecurrenceSet } from '../recurrence/recurrence-set'
import { readRule } from '../recurrence/rule/read-rule'
import type { RecurrenceRule } from '../recurrence/rule/rule'
import type { TimeValue } from '../recurrence/time-value'
import type { Zone } from '../recurrence/zones/zone'
import { type Component, componentsIn, propertiesOf, propertyOf, readComponents } from '../text/component'
import { readText } from '../text/values'
import { type EventComponent, type EventNote, readEvent } from './read-event'
import { instantOf, lasting, readTime } from './times'

/** Kinds of components that an object can be of (RFC 4791 §4.1). */
export const objectKinds = ['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY'] as const
type ObjectKind = (typeof objectKinds)[number]

/** A calendar object (RFC 4791 §4.1): all components of one UID, as they were understood. */
export type EventObject = Readonly<{
  calendar: Component
  vtimezones: readonly Component[]
  uid: string
  kind: ObjectKind
  /** Null where only instances are here, as in an invitation to one. */
  master: EventComponent | null
  overrides: readonly EventComponent[]
  rules: readonly RecurrenceRule[]
  dates: RecurrenceSet<EventComponent>['dates']
  excluded: readonly TimeValue[]
  notes: readonly EventNote[]
}>

/** The later of two by SEQUENCE and DTSTAMP (RFC 5546 §2.1.5). */
const isNewer = (left: EventComponent, right: EventComponent): boolean =>
  left.sequence > right.sequence || (left.sequence === right.sequence && left.stampMs > right.stampMs)

/** All times of a list property (RDATE, EXDATE); what is none is left out. */
function timesOf(component: Component, name: string, vtimezones: readonly Component[]): TimeValue[] {
  return propertiesOf(component, name).flatMap(property =>
    property.value.split(',').flatMap(text => readTime(text, property, vtimezones)?.value ?? []),
  )
}

/** RDATEs; a PERIOD brings a length of its own (§3.8.5.2). */
function datesOf(component: Component, vtimezones: readonly Component[]): EventObject['dates'] {
  return propertiesOf(component, 'RDATE').flatMap(property =>
    property.value.split(',').flatMap((text): { start: TimeValue; length?: Length }[] => {
      const [startText = '', endText] = text.split('/')
      const start = readTime(startText, property, vtimezones)?.value
      if (start === undefined) return []
      if (endText === undefined) return [{ start }]
      const end = readTime(endText, property, vtimezones)?.value
      return [{ start, length: lasting(start, end, end ? undefined : endText) }]
    }),
  )
}

/** Reads an object of its VCALENDAR. */
export function readObject(calendar: Component): EventObject {
  const vtimezones = componentsIn(calendar, 'VTIMEZONE')
  const all = componentsIn(calendar).filter(each => objectKinds.some(kind => kind === each.name))
  const [first] = all
  const kind = objectKinds.find(each => each === first?.name) ?? 'VEVENT'
  const events = all.filter(each => each.name === 'VEVENT').flatMap(each => readEvent(each, vtimezones) ?? [])
  const masters = events.filter(({ component }) => propertyOf(component, 'RECURRENCE-ID') === undefined)
  const master = masters.reduce<EventComponent | null>(
    (best, each) => (best === null || isNewer(each, best) ? each : best),
    null,
  )
  const read = master ? propertiesOf(master.component, 'RRULE').map(({ value }) => readRule(value)) : []
  return {
    calendar,
    vtimezones,
    uid: first ? readText(propertyOf(first, 'UID')?.value ?? '').trim() : '',
    kind,
    master,
    overrides: events.filter(({ recurrenceId }) => recurrenceId !== null),
    rules: read.flatMap(each => ('rule' in each ? [each.rule] : [])),
    dates: master ? datesOf(master.component, vtimezones) : [],
    excluded: master ? timesOf(master.component, 'EXDATE', vtimezones) : [],
    notes: [
      ...new Set([
        ...(master?.notes ?? []),
        ...(read.some(each => 'problem' in each) ? (['bad-rule'] as const) : []),
        ...(kind === 'VEVENT' && events.length === 0 ? (['no-start'] as const) : []),
      ]),
    ],
  }
}

/** Reads the bytes (latin1) of one object. Throws `calendar-unreadable`. */
export function readObjectBytes(bytes: string): EventObject {
  const [calendar] = readComponents(bytes)
  return readObject(calendar as Component)
}

export const isRecurring = ({ rules, dates }: Pick<EventObject, 'rules' | 'dates'>): boolean =>
  rules.length > 0 || dates.length > 0

const zoneOfValue = (value: TimeValue, reader: Zone): Zone =>
  value.form === 'local' ? (value.zone ?? reader) : reader

/** A series with its overrides, or one component that stands alone. */
export type EventSet = Readonly<{ of: EventComponent; set: RecurrenceSet<EventComponent> }>

/** Of components with one RECURRENCE-ID the one that holds. */
function newest(overrides: readonly EventComponent[]): EventComponent[] {
  const best = new Map<string, EventComponent>()
  for (const each of overrides) {
    const id = String(each.recurrenceId && instantOf(each.recurrenceId.value))
    const before = best.get(id)
    if (before === undefined || isNewer(each, before)) best.set(id, each)
  }
  return [...best.values()]
}

const alone = (of: EventComponent, reader: Zone): EventSet => ({
  of,
  set: {
    start: of.start.value,
    length: of.length,
    zone: zoneOfValue(of.start.value, reader),
    rules: [],
    dates: [],
    excluded: [],
    overrides: [],
  },
})

/**
 * When the components of an object take place, for the recurrence engine: one set for a series with its overrides; without a
 * series one for each component. `reader`: the zone in which floating times and dates are seen.
 */
export function setsOf(object: EventObject, reader: Zone): EventSet[] {
  const { master, overrides, rules, dates, excluded } = object
  if (master === null) return newest(overrides).map(each => alone(each, reader))
  const { set } = alone(master, reader)
  const placed = overrides.flatMap(each =>
    each.recurrenceId === null
      ? []
      : [
          {
            id: each.recurrenceId.value,
            isThisAndFuture: each.isThisAndFuture,
            start: each.start.value,
            length: each.length,
            sequence: each.sequence,
            stampMs: each.stampMs,
            component: each,
          },
        ],
  )
  return [{ of: master, set: { ...set, rules, dates, excluded, overrides: placed } }]
}
