import type { EventObject } from '../../../formats/icalendar/event/event-object'
import {
  isOneOf,
  type Participant,
  participantsOf,
  plainAddress,
  withAnswer,
  withGuestOf,
} from '../../../formats/icalendar/itip/people'
import { type ItipEvent, type ItipObject, isOfFollowing } from '../../../formats/icalendar/itip/read-message'
import { eventAt, instanceNamed, joined, objectBytes, unitsOf } from '../../../formats/icalendar/itip/units'
import { sequenceOf } from '../../../formats/icalendar/itip/version'
import { type Component, propertyOf, withLine } from '../../../formats/icalendar/text/component'
import { makeLine } from '../../../formats/icalendar/text/content-line'
import { inviterIn } from './describe'
import { type Known, type Outcome, outcome, type Reader, refused, storedObject } from './known'

/** What a guest's message is about: the organiser's event, where it is one. */
type Asked = Readonly<{
  stored: EventObject
  id: number | null
  /** The event or instance as it stands here. */
  component: Component
  who: Participant | undefined
}>

/** Finds what a guest speaks of, or refuses. Exchange's answers name no ORGANIZER: then UID and guest have to do. */
export function askedOf(message: ItipObject, from: ItipEvent, known: Known, reader: Reader): Asked | Outcome {
  const { uid } = message
  const stored = storedObject(known)
  const [first] = from.attendees
  // Who was delegated to answers for themselves, behind the one who did.
  const who = from.attendees.find(({ status }) => status === 'DELEGATED') ?? first
  if (stored === null) return refused('unknown-event', uid, known, who?.address)
  const inviter = inviterIn(stored)
  const isOther = from.organizer && !isOneOf(from.organizer.address, [inviter, ...reader.mine])
  if (isOther) return refused('other-organizer', uid, known, from.organizer.address)
  if (!isOneOf(inviter, reader.mine)) return refused('not-organizer', uid, known, who?.address)
  const id = from.recurrenceId ? instanceNamed(from.recurrenceId.value, stored.master, reader.zone) : null
  const event = eventAt(stored, id, reader.zone)
  if (event === null) return refused('no-such-instance', uid, known, who?.address)
  return { stored, id, component: event.component, who }
}

/** The component for an instance and all that follow it. */
const ofFollowing = (component: Component): Component => {
  const id = propertyOf(component, 'RECURRENCE-ID')
  if (id === undefined) return component
  const { name, value, parameters } = id
  const others = parameters.filter(each => each.name !== 'RANGE')
  return withLine(
    component,
    name,
    makeLine(name, value, [...others, { name: 'RANGE', values: ['THISANDFUTURE'] }]),
  )
}

const isGuest = (component: Component, address: string): boolean =>
  participantsOf(component).some(each => isOneOf(each.address, [address]))

function decideOne(message: ItipObject, from: ItipEvent, known: Known, reader: Reader): Outcome {
  const { uid } = message
  const asked = askedOf(message, from, known, reader)
  if ('kind' in asked) return asked
  const { stored, id, component, who } = asked
  if (who === undefined) return outcome('inert', uid, known)
  const attendee = plainAddress(who.address)
  const more = { instances: [id], who: attendee, comment: from.comment }
  const isDelegate = !isGuest(component, attendee) && who.delegatedFrom.some(each => isGuest(component, each))
  const isStranger = !isGuest(component, attendee) && !isDelegate
  if (from.version.sequence < sequenceOf(component)) return outcome('answer-to-old', uid, known, more)
  const answer = { attendee, instance: id, sequence: from.version.sequence, stampMs: from.version.stampMs }
  const last = known.answers.find(each => each.attendee === attendee && each.instance === id)
  const order = last ? answer.sequence - last.sequence || answer.stampMs - last.stampMs : 1
  if (order <= 0) return outcome(order === 0 ? 'already-there' : 'superseded', uid, known, more)

  const chain = from.attendees.filter(
    each => each.delegatedFrom.length > 0 && !isGuest(component, each.address),
  )
  const answered = (old: Component): Component => {
    // A click makes a guest of them.
    let next = isStranger
      ? withGuestOf(old, from.component, attendee)
      : withAnswer(old, [attendee], who.status, who.delegatedTo)
    for (const { address, delegatedFrom } of chain)
      next = withGuestOf(withAnswer(next, delegatedFrom, 'DELEGATED', [address]), from.component, address)
    return next
  }
  const hasOwn = (instance: number | null): boolean =>
    known.answers.some(each => each.attendee === attendee && each.instance === instance)
  const units = unitsOf(stored, reader.zone)
  const isFollowing = id !== null && isOfFollowing(from.component)
  const own = units.find(unit => unit.id === id)?.component ?? component
  const there = [
    ...units.filter(unit => unit.id !== id),
    { id, component: isFollowing ? ofFollowing(own) : own },
  ]
  const isLater = (unit: number | null): boolean => isFollowing && unit !== null && unit > id
  const next = there.map(unit => {
    const isMeant =
      unit.id === id ||
      ((id === null || isLater(unit.id)) &&
        !hasOwn(unit.id) &&
        (isStranger || isGuest(unit.component, attendee)))
    return isMeant ? { ...unit, component: answered(unit.component) } : unit
  })
  const answers = [...known.answers.filter(each => each !== last), answer].sort((left, right) =>
    JSON.stringify(left) < JSON.stringify(right) ? -1 : 1,
  )
  const isDelegated = chain.length > 0 || who.status === 'DELEGATED'
  return outcome(isStranger ? 'stranger-answers' : isDelegated ? 'delegated' : 'answer', uid, known, {
    ...more,
    needs: isStranger || isDelegated || reader.isDoubtful ? 'click' : 'nothing',
    next: { ...known, answers, bytes: objectBytes(joined(stored.calendar, [message.object.calendar], next)) },
  })
}

/** REPLY: to the series, or to instances one by one. The first that is no mere repetition speaks for all. */
export function decideReply(message: ItipObject, known: Known, reader: Reader): Outcome {
  const all: Outcome[] = []
  for (const event of message.events) all.push(decideOne(message, event, all.at(-1)?.next ?? known, reader))
  const first = all.find(({ next }) => next !== known) ?? all[0]
  const last = all.at(-1)
  return first && last
    ? { ...first, instances: all.flatMap(({ instances }) => instances), next: last.next, seen: known }
    : outcome('inert', message.uid, known)
}
