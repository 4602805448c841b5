import { type ItipMethod, itipMethods } from '../../../../../shared/features/calendar/invitations/model'
import { type EventObject, objectKinds, readObject } from '../event/event-object'
import { type EventComponent, readEvent } from '../event/read-event'
import { type EventTime, readTime } from '../event/times'
import { type Component, componentsIn, propertyOf, readComponents } from '../text/component'
import { parameterOf } from '../text/content-line'
import { readText } from '../text/values'
import { calendarsIn, splitFile } from '../transfer/split-file'
import { inviterOf, type Participant, participantsOf } from './people'
import { type Version, versionOf } from './version'

export type { ItipMethod }

/** One component of a message: about an event or series (`recurrenceId` null), or about an instance of it. */
export type ItipEvent = Readonly<{
  component: Component
  recurrenceId: EventTime | null
  version: Version
  organizer: Participant | null
  attendees: readonly Participant[]
  title: string
  comment: string
  /** As it takes place; null where the message does not say when, as answers and cancellations may. */
  event: EventComponent | null
}>

/** All of a message that is about one UID. */
export type ItipObject = Readonly<{
  uid: string
  kind: string
  /** Without METHOD, as it would be stored. */
  object: EventObject
  events: readonly ItipEvent[]
  /** Components whose RECURRENCE-ID says no time: to take them for the series would put one instance in its place. */
  unreadable: number
}>

/** Why nothing is done with a message: METHOD is another in MIME than in the body (RFC 6047 §2.4), two in it, or one that there is not. */
type ItipProblem = 'method-differs' | 'method-unknown'

/** A message of RFC 5546. */
export type ItipMessage = Readonly<{
  method: ItipMethod
  problem: ItipProblem | null
  objects: readonly ItipObject[]
}>

const textOf = (component: Component, name: string): string =>
  readText(propertyOf(component, name)?.value ?? '')

function readItipEvent(component: Component, vtimezones: readonly Component[]): ItipEvent | null {
  const id = propertyOf(component, 'RECURRENCE-ID')
  const recurrenceId = id ? readTime(id.value, id, vtimezones) : null
  if (recurrenceId === undefined) return null
  const isCancelled = textOf(component, 'STATUS').trim().toUpperCase() === 'CANCELLED'
  return {
    component,
    recurrenceId,
    version: versionOf(component, isCancelled),
    organizer: inviterOf(component),
    attendees: participantsOf(component),
    title: textOf(component, 'SUMMARY'),
    comment: textOf(component, 'COMMENT'),
    event: readEvent(component, vtimezones),
  }
}

function readItipObject(uid: string, kind: string, bytes: string): ItipObject {
  const [calendar] = readComponents(bytes)
  const object = readObject(calendar as Component)
  const components = objectKinds.some(each => each === kind) ? componentsIn(object.calendar, kind) : []
  const events = components.flatMap(each => readItipEvent(each, object.vtimezones) ?? [])
  return { uid, kind, object, events, unreadable: components.length - events.length }
}

const asMethod = (text: string): ItipMethod | undefined =>
  itipMethods.find(each => each === text.trim().toUpperCase())

/**
 * Reads the bytes of a mail part. `mimeMethod`: the parameter of its Content-Type, null where it has none. Throws
 * `calendar-unreadable`.
 */
export function readItip(part: Uint8Array, mimeMethod: string | null): ItipMessage {
  const bodies = calendarsIn(part).map(each => textOf(each, 'METHOD').trim().toUpperCase())
  const inBody = new Set(bodies.filter(each => each !== ''))
  const inMime = (mimeMethod ?? '').trim().toUpperCase()
  const said = new Set([...inBody, ...(inMime === '' ? [] : [inMime])])
  const [only = 'PUBLISH'] = said
  const method = asMethod(only)
  return {
    method: method ?? 'PUBLISH',
    problem: said.size > 1 ? 'method-differs' : method === undefined ? 'method-unknown' : null,
    objects: splitFile(part).map(({ uid, kind, bytes }) => readItipObject(uid, kind, bytes)),
  }
}

/** Whether a component speaks of an instance and all that follow it (RFC 5545 §3.2.13). */
export const isOfFollowing = (component: Component): boolean => {
  const id = propertyOf(component, 'RECURRENCE-ID')
  return id !== undefined && parameterOf(id, 'RANGE')?.toUpperCase() === 'THISANDFUTURE'
}

/** Whether guests may propose another time: Exchange's organisers can say no. */
export const allowsCounter = (component: Component): boolean =>
  !/^true$/i.test(textOf(component, 'X-MICROSOFT-DISALLOW-COUNTER').trim())
