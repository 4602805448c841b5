import type { EventObject } from '../../../formats/icalendar/event/event-object'
import { attendeesOf, type EventComponent } from '../../../formats/icalendar/event/read-event'
import { instantOf } from '../../../formats/icalendar/event/times'
import { plainAddress } from '../../../formats/icalendar/itip/people'
import { endOf } from '../../../formats/icalendar/recurrence/length'
import { momentOf } from '../../../formats/icalendar/recurrence/moments'
import type { Zone } from '../../../formats/icalendar/recurrence/zones/zone'
import { propertiesOf } from '../../../formats/icalendar/text/component'

type When = Readonly<{ startMs: number; endMs: number; isAllDay: boolean; zone: string | null }>

/** What differs between two versions of an event, as data. */
export type EventChange =
  | Readonly<{ what: 'time'; before: When; after: When }>
  | Readonly<{ what: 'place' | 'title' | 'rule' | 'description'; before: string; after: string }>
  | Readonly<{ what: 'status'; before: EventComponent['status']; after: EventComponent['status'] }>
  | Readonly<{ what: 'people'; added: readonly string[]; removed: readonly string[] }>

function whenOf({ start, length }: EventComponent, reader: Zone): When {
  const zone = start.value.form === 'local' ? (start.value.zone ?? reader) : reader
  return {
    startMs: instantOf(start.value, reader),
    endMs: endOf(momentOf(start.value, zone), length, zone),
    isAllDay: start.value.form === 'date',
    zone: start.value.form === 'utc' ? 'UTC' : start.zone,
  }
}

/** Rule, further and excluded dates: when it repeats. */
const ruleOf = ({ component }: EventComponent): string =>
  ['RRULE', 'RDATE', 'EXDATE']
    .flatMap(name => propertiesOf(component, name).map(({ value }) => `${name}:${value.trim()}`))
    .join('\n')

/** What changed from one version to the next. */
export function changesBetween(before: EventComponent, after: EventComponent, reader: Zone): EventChange[] {
  const [was, is] = [whenOf(before, reader), whenOf(after, reader)]
  const isMoved = was.startMs !== is.startMs || was.endMs !== is.endMs || was.isAllDay !== is.isAllDay
  const texts = [
    ['place', before.location, after.location],
    ['title', before.title, after.title],
    ['rule', ruleOf(before), ruleOf(after)],
    ['description', before.description, after.description],
  ] as const
  const people = [before, after].map(({ component }) =>
    attendeesOf(component).map(({ address }) => plainAddress(address)),
  )
  const [had = [], has = []] = people
  const added = has.filter(each => !had.includes(each))
  const removed = had.filter(each => !has.includes(each))
  return [
    ...(isMoved ? [{ what: 'time' as const, before: was, after: is }] : []),
    ...texts.flatMap(([what, from, to]) => (from === to ? [] : [{ what, before: from, after: to }])),
    ...(before.status === after.status
      ? []
      : [{ what: 'status' as const, before: before.status, after: after.status }]),
    ...(added.length + removed.length === 0 ? [] : [{ what: 'people' as const, added, removed }]),
  ]
}

/** Whether whoever accepted has to be asked again: it takes place at another time, elsewhere or again. */
export const asksAgain = (changes: readonly EventChange[]): boolean =>
  changes.some(({ what }) => ['time', 'place', 'rule', 'status'].includes(what))

/** An event that an object begins with, to name it by. */
export const firstEvent = ({ master, overrides }: EventObject): EventComponent | null =>
  master ?? overrides[0] ?? null
