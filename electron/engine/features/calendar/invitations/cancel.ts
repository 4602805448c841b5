import type { InvitationKind } from '../../../../../shared/features/calendar/invitations/model'
import { isOneOf, plainAddress, withoutGuests } from '../../../formats/icalendar/itip/people'
import { type ItipEvent, type ItipObject, isOfFollowing } from '../../../formats/icalendar/itip/read-message'
import { eventAt, instanceNamed, joined, objectBytes, unitsOf } from '../../../formats/icalendar/itip/units'
import { compareVersions, isVoid, type Version } from '../../../formats/icalendar/itip/version'
import {
  type Component,
  componentsIn,
  isComponent,
  propertyOf,
  withLine,
} from '../../../formats/icalendar/text/component'
import { makeLine } from '../../../formats/icalendar/text/content-line'
import { inviterIn } from './describe'
import {
  type Known,
  lastReceived,
  type Outcome,
  outcome,
  type Reader,
  refused,
  storedObject,
  withReceived,
} from './known'

const struck = (component: Component): Component =>
  withLine(component, 'STATUS', makeLine('STATUS', 'CANCELLED'))

/** With the RECURRENCE-ID of the message, which may speak of all that follow as well. */
const named = (component: Component, { component: from }: ItipEvent): Component => {
  const id = propertyOf(from, 'RECURRENCE-ID')
  return id && isOfFollowing(from)
    ? withLine(component, 'RECURRENCE-ID', makeLine('RECURRENCE-ID', id.value, id.parameters))
    : component
}

/** The instance as a cancellation has it, with my alarms gone: nothing reminds of what does not take place. */
const ofMessage = ({ component }: ItipEvent): Component =>
  struck({
    ...component,
    items: component.items.filter(item => !isComponent(item) || item.name !== 'VALARM'),
  })

/** Whom a cancellation without STATUS uninvites (RFC 5546 §3.2.5): with it, or without guests, all is off. */
function kindOf({ version, attendees }: ItipEvent, id: number | null, { mine }: Reader): InvitationKind {
  if (!version.isCancelled && attendees.length > 0)
    return attendees.some(({ address }) => isOneOf(address, mine)) ? 'uninvited' : 'others-uninvited'
  return id === null ? 'cancelled' : 'instance-cancelled'
}

function decideOne(message: ItipObject, from: ItipEvent, known: Known, reader: Reader): Outcome {
  const { uid } = message
  const { zone } = reader
  const stored = storedObject(known)
  const inviter = from.organizer?.address ?? ''
  if (isOneOf(inviter, reader.mine)) return refused('own-event', uid, known, inviter)
  if (stored && inviterIn(stored) !== plainAddress(inviter))
    return refused('other-organizer', uid, known, inviter)
  const id = from.recurrenceId ? instanceNamed(from.recurrenceId.value, stored?.master ?? null, zone) : null
  const more = { instances: [id], comment: from.comment }
  const kind = kindOf(from, id, reader)
  const needs = reader.isDoubtful ? 'click' : 'nothing'
  const before = stored ? unitsOf(stored, zone) : []
  if (kind === 'others-uninvited') {
    if (stored === null) return outcome('superseded', uid, known, more)
    const gone = from.attendees.map(({ address }) => address)
    const units = before.map(unit =>
      id === null || unit.id === id ? { ...unit, component: withoutGuests(unit.component, gone) } : unit,
    )
    const bytes = objectBytes(joined(stored.calendar, [], units))
    return outcome(kind, uid, known, { ...more, needs, next: { ...known, bytes } })
  }
  const version: Version = { ...from.version, isCancelled: true }
  const last = lastReceived(known, id, reader)
  const series = id === null ? null : lastReceived(known, null, reader)
  const order = last ? compareVersions(version, last) : 1
  if (
    order < 0 ||
    (series && (isVoid(version, series) || (series.isCancelled && version.stampMs <= series.stampMs)))
  )
    return outcome('superseded', uid, known, more)
  if (order === 0) return outcome('already-there', uid, known, more)
  const event = stored && eventAt(stored, id, zone)
  const isHere = id === null ? stored !== null : stored?.master != null || event !== null
  if (stored === null || !isHere) {
    const only =
      id === null ? null : joined(message.object.calendar, [], [{ id, component: ofMessage(from) }])
    const waiting = from.event && only ? objectBytes(only) : null
    const next = withReceived(known, [{ ...version, instance: id, isStored: false, waiting }])
    return outcome('remembered', uid, known, { ...more, seen: next, next })
  }
  if (id !== null && event === null && !from.event) return refused('no-such-instance', uid, known, inviter)
  const own = from.event ? ofMessage(from) : event && named(struck(withoutAlarms(event.component)), from)
  // Those after it that were changed by themselves are off with it.
  const isMeant = (unit: number | null): boolean =>
    id === null || (unit !== null && unit > id && isOfFollowing(from.component))
  const others = before
    .filter(unit => id === null || unit.id !== id)
    .map(unit => (isMeant(unit.id) ? { ...unit, component: struck(withoutAlarms(unit.component)) } : unit))
  const units = id !== null && own ? [...others, { id, component: own }] : others
  const bytes = objectBytes(joined(stored.calendar, [message.object.calendar], units))
  const received = { ...version, instance: id, isStored: true, waiting: null, said: last?.said ?? null }
  return outcome(kind, uid, known, {
    ...{ ...more, needs },
    seen: withReceived(known, [{ ...received, isStored: false }]),
    next: withReceived({ ...known, bytes }, [received]),
  })
}

const withoutAlarms = (component: Component): Component => {
  const alarms = componentsIn(component, 'VALARM')
  return { ...component, items: component.items.filter(item => !isComponent(item) || !alarms.includes(item)) }
}

/** CANCEL: one after the other, where several instances are named. The first outcome speaks for all. */
export function decideCancel(message: ItipObject, known: Known, reader: Reader): Outcome {
  const all: Outcome[] = []
  for (const event of message.events) {
    const last = all.at(-1)
    all.push(decideOne({ ...message, events: [event] }, event, last?.next ?? known, reader))
  }
  const first = all.find(({ kind }) => kind !== 'superseded' && kind !== 'already-there') ?? all[0]
  const last = all.at(-1)
  if (first === undefined || last === undefined) return outcome('inert', message.uid, known)
  const isNothing = all.every(({ needs }) => needs === 'nothing')
  return {
    ...first,
    instances: all.flatMap(({ instances }) => instances),
    seen: isNothing ? last.next : first.seen,
    next: last.next,
  }
}
