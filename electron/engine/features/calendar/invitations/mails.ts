import type { EventObject } from '../../../formats/icalendar/event/event-object'
import {
  inviterOf,
  isOneOf,
  type Participant,
  participantsOf,
  plainAddress,
} from '../../../formats/icalendar/itip/people'
import { instanceNamed, type Unit, unitsOf } from '../../../formats/icalendar/itip/units'
import { writeCancel, writeRequest } from '../../../formats/icalendar/itip/write-message'
import type { Zone } from '../../../formats/icalendar/recurrence/zones/zone'
import { type Component, isComponent, propertiesOf } from '../../../formats/icalendar/text/component'
import type { ItipMail } from '../../../ports/calendar/invitations'

type Writer = Readonly<{ mine: readonly string[]; zone: Zone; nowMs: number; comment: string }>

/** What guests are not told of, or by itself is no news: stamps, people, reminders, and what programs keep for whoever has the event. */
const untold =
  /^(DTSTAMP|LAST-MODIFIED|CREATED|SEQUENCE|ATTENDEE|ORGANIZER|EXDATE|CATEGORIES|TRANSP|X-MOZ-.*|X-APPLE-.*|X-MICROSOFT-.*)$/

const told = (component: Component): string =>
  component.items
    .flatMap(item => (isComponent(item) || untold.test(item.name) ? [] : [item.raw.trimEnd()]))
    .sort()
    .join('\n')

/** Everybody who is invited to any part, but me. */
function guestsOf(units: readonly Unit[], mine: readonly string[]): Participant[] {
  const named = new Map<string, Participant>()
  for (const { component } of units)
    for (const guest of participantsOf(component)) {
      const address = plainAddress(guest.address)
      if (!isOneOf(address, mine) && !named.has(address)) named.set(address, guest)
    }
  return [...named.values()]
}

const asPeople = (guests: readonly Participant[]): ItipMail['to'] =>
  guests.map(({ address, email, name }) => ({ address: email || address, name }))

/** Instances that the later object leaves out and the earlier did not, by EXDATE. */
function excludedSince(before: EventObject, after: EventObject, zone: Zone): number[] {
  const named = ({ master, excluded }: EventObject): number[] =>
    excluded.map(value => instanceNamed(value, master, zone))
  const were = new Set(named(before))
  return named(after).filter(each => !were.has(each))
}

const isInvitedBy = (object: EventObject, mine: readonly string[]): boolean => {
  const event = object.master ?? object.overrides[0]
  const inviter = event && inviterOf(event.component)
  return inviter != null && isOneOf(inviter.address, mine)
}

/**
 * What an organiser's change says to guests: an invitation, a new version of what changed, a cancellation of what does not take place, and to those
 * who are no longer invited. Nothing where I am not the organiser, nor where only answers, reminders or notes of mine changed.
 */
export function mailsFor(before: EventObject | null, after: EventObject | null, writer: Writer): ItipMail[] {
  const { mine, zone } = writer
  const object = after ?? before
  if (object === null || !isInvitedBy(object, mine)) return []
  const was = before ? unitsOf(before, zone) : []
  const is = after ? unitsOf(after, zone) : []
  const [had, have] = [guestsOf(was, mine), guestsOf(is, mine)]
  const written = (of: EventObject, instances: readonly (number | null)[]) => ({
    ...{ object: of, instances, zone, nowMs: writer.nowMs, comment: writer.comment },
  })
  const whole = (units: readonly Unit[]): (number | null)[] => {
    const ids = units.map(({ id }) => id)
    return ids.includes(null) ? [null] : ids
  }
  const cancel = (
    of: EventObject,
    instances: readonly (number | null)[],
    guests: readonly Participant[] | null,
  ) => writeCancel(written(of, instances), guests && guests.map(({ address }) => address))
  if (before === null)
    return have.length === 0 || after === null
      ? []
      : [{ method: 'REQUEST', to: asPeople(have), bytes: writeRequest(written(after, whole(is))) }]
  if (after === null)
    return had.length === 0 || isOff(was)
      ? []
      : [{ method: 'CANCEL', to: asPeople(had), bytes: cancel(before, whole(was), null) }]
  const isThere = (list: readonly Participant[]) => (guest: Participant) =>
    list.some(each => isOneOf(each.address, [guest.address]))
  const gone = had.filter(guest => !isThere(have)(guest))
  const stayed = have.filter(isThere(had))
  const hasNew = have.some(guest => !isThere(had)(guest))
  const changed = is.filter(unit => {
    const old = was.find(({ id }) => id === unit.id)
    return old === undefined ? had.length > 0 : told(old.component) !== told(unit.component)
  })
  const excluded = excludedSince(before, after, zone)
  const isWhole = hasNew || changed.some(({ id }) => id === null)
  const instances = isWhole ? whole(is) : changed.map(({ id }) => id)
  return [
    ...(gone.length === 0
      ? []
      : [{ method: 'CANCEL' as const, to: asPeople(gone), bytes: cancel(before, whole(was), gone) }]),
    ...(have.length === 0 || instances.length === 0
      ? []
      : [{ method: 'REQUEST' as const, to: asPeople(have), bytes: writeRequest(written(after, instances)) }]),
    ...(stayed.length === 0 || excluded.length === 0 || isWhole
      ? []
      : [{ method: 'CANCEL' as const, to: asPeople(stayed), bytes: cancel(before, excluded, null) }]),
  ]
}

/** It was called off already: who was told so is not told again when it goes. */
const isOff = (units: readonly Unit[]): boolean =>
  units.every(({ component }) =>
    propertiesOf(component, 'STATUS').some(({ value }) => value.trim().toUpperCase() === 'CANCELLED'),
  )
