import { type EventObject, setsOf } from '../event/event-object'
import type { EventComponent } from '../event/read-event'
import { instantOf } from '../event/times'
import { expand, instancesBetween } from '../recurrence/expand'
import { nameOf } from '../recurrence/moments'
import type { Instance, RecurrenceSet } from '../recurrence/recurrence-set'
import { seriesEnd } from '../recurrence/series-end'
import type { TimeValue } from '../recurrence/time-value'
import { toWall, utc, type Zone } from '../recurrence/zones/zone'

/** An instance of an object that a change is about. */
export type Found = Readonly<{
  instance: Instance<EventComponent>
  /** What it comes from: the series, or an override. */
  event: EventComponent
  /** The override of exactly this instance, where there is one. */
  own: EventComponent | null
  /** What stands in RECURRENCE-ID: the form and the zone of DTSTART. */
  id: TimeValue
}>

/** Around an instance whatever names it is looked for: a zone is less than a day from UTC. */
const aroundMs = 2 * 86_400_000

export const seriesSet = (object: EventObject, reader: Zone): RecurrenceSet<EventComponent> | null =>
  object.master === null ? null : (setsOf(object, reader)[0]?.set ?? null)

/** The RECURRENCE-ID of an instance in the form that DTSTART has (RFC 5545 §3.8.4.4). */
function idValue(master: EventComponent, id: number, reader: Zone): TimeValue {
  const { value } = master.start
  if (value.form !== 'local') return { form: value.form, wallMs: id }
  return { ...value, wallMs: toWall(value.zone ?? reader, id) }
}

/** The instance of that name (see `Instance.id`); null where the series has none, or only one that was excluded. */
export function findInstance(object: EventObject, id: number, reader: Zone): Found | null {
  const { master } = object
  if (master === null) {
    for (const { of, set } of setsOf(object, reader)) {
      const { recurrenceId } = of
      if (recurrenceId === null || instantIn(recurrenceId.value, reader) !== id) continue
      const [instance] = instancesBetween(set, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).instances
      return instance ? { instance, event: of, own: of, id: recurrenceId.value } : null
    }
    return null
  }
  const set = seriesSet(object, reader)
  if (set === null) return null
  const isOfDates = set.start.form === 'date'
  const own = set.overrides.filter(override => nameOf(override.id, set.zone, isOfDates).id === id)
  const around = (from: number, to: number): Instance<EventComponent> | null => {
    const all = expand(set, from, to)
    for (const instance of all) if (instance.id === id) return instance
    return null
  }
  const instance =
    around(id - aroundMs, id + aroundMs) ??
    // One that was moved lies elsewhere.
    own.reduce<Instance<EventComponent> | null>((found, { start }) => {
      const at = instantIn(start, set.zone)
      return found ?? around(at - aroundMs, at + aroundMs)
    }, null) ??
    (set.overrides.some(each => each.isThisAndFuture) ? anywhere(set, id) : null)
  if (instance === null) return null
  const event = instance.override?.component ?? master
  const isOwn = instance.override !== undefined && nameOf(instance.override.id, set.zone, isOfDates).id === id
  return { instance, event, own: isOwn ? event : null, id: idValue(master, id, reader) }
}

/** Moved by a range, an instance may lie anywhere near the sum of its shifts. */
function anywhere(set: RecurrenceSet<EventComponent>, id: number): Instance<EventComponent> | null {
  for (const instance of expand(set, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY))
    if (instance.id === id) return instance
  return null
}

/** The instant of a time that names an instance; a date's is its midnight as in UTC (see `Instance.id`). */
export const instantIn = (value: TimeValue, reader: Zone): number =>
  value.form === 'date' ? value.wallMs : instantOf(value, reader)

/** Of a series that begins with instances that were moved far away: more than these are not looked through. */
const mostMoved = 500

/** Whether none of the series comes before it, as its instances are named: "this and following" is all of it then. */
export function isFirstOf(object: EventObject, { instance }: Found, reader: Zone): boolean {
  const set = seriesSet(object, reader)
  if (set === null || instance.id <= instantIn(set.start, reader)) return true
  let looked = 0
  for (const { id } of expand(set, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)) {
    if (id < instance.id) return false
    looked += 1
    if (looked > mostMoved) return false
  }
  return true
}

/** Whether an instance is left at all. */
export const hasInstance = (object: EventObject): boolean =>
  setsOf(object, utc).some(({ set }) => {
    const end = seriesEnd(set)
    return end.kind !== 'empty'
  })
