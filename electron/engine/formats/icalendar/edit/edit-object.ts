import type { EventFields } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { EditFacts, EditPlace } from '../../../ports/calendar/calendar-objects'
import { type EventObject, isRecurring, readObject } from '../event/event-object'
import type { EventComponent } from '../event/read-event'
import { ianaZone } from '../recurrence/zones/iana-zone'
import { utc, type Zone } from '../recurrence/zones/zone'
import { type Component, isComponent, makeComponent, withLines } from '../text/component'
import { type Line, makeLine } from '../text/content-line'
import { writeText } from '../text/values'
import { calendarHead } from '../transfer/join-file'
import { changeAll } from './all'
import { stamped, withFields, withRule } from './fields'
import { type Found, findInstance, hasInstance, instantIn, seriesSet } from './instances'
import { changeOne } from './one'
import { retimed, timesIn } from './retime'
import { cutAt, exclusionOf, headOf, tailOf } from './split'
import { replaceComponent, withZones } from './whole-object'
import { writtenTime } from './written-time'

/** What an edit makes of an object: what stands in its place (null: nothing), and one that it was split into. */
export type Edited = Readonly<{
  calendar: Component | null
  more: Component | null
  /** Instances that had been changed by themselves and have no place any more. */
  dropped: number
}>

const readerZone = (name: string): Zone => ianaZone(name) ?? utc

/** The instance, which must be there. Throws `event-instance-missing`. */
function requireInstance(object: EventObject, place: EditPlace): Found {
  const found = place.instance === null ? null : findInstance(object, place.instance, readerZone(place.zone))
  if (found === null) throw new SiegelError('event-instance-missing')
  return found
}

/** Throws `event-instance-needed` where the scope wants one and none is named. */
function placeOf(object: EventObject, place: EditPlace): Found | null {
  const isSeries = object.master !== null && isRecurring(object)
  if (place.instance !== null) return requireInstance(object, place)
  if (place.scope !== 'all' && isSeries) throw new SiegelError('event-instance-needed')
  return null
}

const isFirst = (object: EventObject, found: Found, zone: Zone): boolean => {
  const set = seriesSet(object, zone)
  if (set === null) return true
  return found.instance.id <= instantIn(set.start, zone)
}

/** A new event. Throws what `retimed` and `withRule` throw, `event-instance-missing`, `event-instance-needed`. */
export function createObject(fields: EventFields, uid: string, facts: EditFacts): Component {
  const { start } = fields
  if (start === undefined) throw new SiegelError('bad-request', { field: 'start' })
  const now = `${new Date(facts.nowMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const bare = makeComponent('VEVENT', [
    makeLine('UID', writeText(uid)),
    makeLine('DTSTAMP', now),
    makeLine('CREATED', now),
  ])
  const written = writtenTime(start)
  const event = { component: bare, start: { ...written, zone: null }, end: null } as unknown as EventComponent
  const times = timesIn(fields, written)
  const timed = times ? retimed(event, { ...times, ...usualLength(times, written.value.form) }) : bare
  const ruled = typeof fields.rule === 'string' ? withRule(timed, fields.rule, written.value) : timed
  const filled = withFields(ruled, fields, facts)
  return withZones(makeComponent('VCALENDAR', [...calendarHead(), filled]))
}

/** Without an end: an hour, or a day. */
const usualLength = (times: { end?: unknown; duration?: string }, form: string): { duration?: string } =>
  times.end === undefined && times.duration === undefined && form !== 'date' ? { duration: 'PT1H' } : {}

/** Changes an object as a person asked. Throws what `retimed` and `withRule` throw, `event-instance-missing`, `event-instance-needed`. */
export function changeObject(
  object: EventObject,
  place: EditPlace,
  fields: EventFields,
  uid: string,
  facts: EditFacts,
): Edited {
  const zone = readerZone(place.zone)
  const found = placeOf(object, place)
  const { master } = object
  const done = (calendar: Component, dropped = 0, more: Component | null = null): Edited => ({
    calendar: withZones(calendar),
    more: more && withZones(more),
    dropped,
  })
  if (master === null) {
    const only = found ?? onlyOne(object, zone)
    if (only === null) throw new SiegelError('event-instance-needed')
    return done(changeOne(object, only, fields, facts, zone))
  }
  const isSeries = isRecurring(object)
  if (found && place.scope === 'this' && isSeries) return done(changeOne(object, found, fields, facts, zone))
  if (found && place.scope === 'following' && isSeries && !isFirst(object, found, zone)) {
    const set = seriesSet(object, zone)
    if (set === null) throw new SiegelError('event-instance-missing')
    const cut = cutAt(set, found)
    const head = headOf(object, cut, facts)
    const tail = readObject(tailOf(object, cut, uid))
    const anchor = findInstance(tail, found.instance.id, zone)
    if (tail.master === null) throw new SiegelError('event-instance-missing')
    const changed = changeAll(tail, tail.master, anchor, fields, facts, zone)
    // Where nothing is left before it, the tail is all there is.
    if (!hasInstance(readObject(head)))
      return { calendar: null, more: withZones(changed.calendar), dropped: changed.dropped }
    return done(head, changed.dropped, changed.calendar)
  }
  const changed = changeAll(object, master, found, fields, facts, zone)
  return done(changed.calendar, changed.dropped)
}

function onlyOne(object: EventObject, zone: Zone): Found | null {
  const [first, ...others] = object.overrides
  if (first?.recurrenceId == null || others.length > 0) return null
  return findInstance(object, instantIn(first.recurrenceId.value, zone), zone)
}

/** Takes instances out of an object, or all of it. Throws what `retimed` and `withRule` throw, `event-instance-missing`, `event-instance-needed`. */
export function removeFrom(object: EventObject, place: EditPlace, facts: EditFacts): Edited {
  const zone = readerZone(place.zone)
  const nothing: Edited = { calendar: null, more: null, dropped: 0 }
  const found = placeOf(object, place)
  if (place.scope === 'all' || found === null) return nothing
  const { master } = object
  if (master === null) {
    const rest = found.own ? replaceComponent(object.calendar, found.own.component, null) : object.calendar
    return rest.items.some(item => isComponent(item) && item.name === 'VEVENT')
      ? { ...nothing, calendar: rest }
      : nothing
  }
  if (!isRecurring(object)) return nothing
  const set = seriesSet(object, zone)
  if (place.scope === 'following') {
    if (set === null || isFirst(object, found, zone)) return nothing
    const head = headOf(object, cutAt(set, found), facts)
    return hasInstance(readObject(head)) ? { ...nothing, calendar: head } : nothing
  }
  const excluded = [...exclusions(master.component), exclusionOf(master, found.id)]
  const component = stamped(withLines(master.component, 'EXDATE', excluded), facts)
  const calendar = replaceComponent(object.calendar, master.component, component)
  const rest =
    found.own && !found.own.isThisAndFuture ? replaceComponent(calendar, found.own.component, null) : calendar
  return hasInstance(readObject(rest)) ? { ...nothing, calendar: withZones(rest) } : nothing
}

const exclusions = (component: Component): Line[] =>
  component.items.filter((item): item is Line => !isComponent(item) && item.name === 'EXDATE')
