import { asLatin1 } from '../../../formats/icalendar/calendar-objects'
import { type EventObject, readObjectBytes } from '../../../formats/icalendar/event/event-object'
import { unitsOf } from '../../../formats/icalendar/itip/units'
import { type Version, versionOf } from '../../../formats/icalendar/itip/version'
import type { Zone } from '../../../formats/icalendar/recurrence/zones/zone'
import { propertyOf } from '../../../formats/icalendar/text/component'
import type { EventChange } from './changes'

/** The last version that came for an event (`instance` null) or for one of its instances. It lies beside the object, whose own DTSTAMP a guest's edits move. */
export type Received = Version &
  Readonly<{
    instance: number | null
    /** The stored object holds it. */
    isStored: boolean
    /** A cancelled instance whose series is not here yet: its object, until the series comes. */
    waiting: Uint8Array | null
  }>

/** The last answer of a guest. */
type Answer = Readonly<{ attendee: string; instance: number | null; sequence: number; stampMs: number }>

/** What is known here of one UID. */
export type Known = Readonly<{
  bytes: Uint8Array | null
  received: readonly Received[]
  answers: readonly Answer[]
}>

/** What a message means for what is known. */
export type OutcomeKind =
  | 'offer'
  | 'difference'
  | 'update'
  | 'instance'
  | 'already-there'
  | 'superseded'
  | 'not-invited'
  | 'inert'
  | 'unsupported'
  | 'refused'
  | 'answer'
  | 'answer-to-old'
  | 'stranger-answers'
  | 'delegated'
  | 'cancelled'
  | 'instance-cancelled'
  | 'uninvited'
  | 'others-uninvited'
  | 'remembered'
  | 'cancelled-before'
  | 'counter'
  | 'counter-to-old'
  | 'counter-declined'
  | 'added'
  | 'refresh-first'
  | 'refresh'
  | 'published'

/** Why a message is refused. */
export type Refusal = 'own-event' | 'other-organizer' | 'not-organizer' | 'no-such-instance' | 'unknown-event'

/** What becomes of one UID of a message. */
export type Outcome = Readonly<{
  uid: string
  kind: OutcomeKind
  refusal: Refusal | null
  /** `nothing`: `next` is stored at once; `click`: when the person wants it; `answer`: when they accept, decline ...; it then carries no answer yet. */
  needs: 'nothing' | 'click' | 'answer'
  instances: readonly (number | null)[]
  changes: readonly EventChange[]
  /** Who answers, proposes or asks; empty where it is the organiser. */
  who: string
  comment: string
  /** What is remembered in any case. */
  seen: Known
  /** What is known once it was applied. */
  next: Known
}>

/** Of whoever reads. */
export type Reader = Readonly<{
  zone: Zone
  /** All addresses and aliases. */
  mine: readonly string[]
  nowMs: number
  /** The sender is not surely who may say this: nothing is applied without a click. */
  isDoubtful: boolean
}>

export const storedObject = ({ bytes }: Known): EventObject | null =>
  bytes === null ? null : readObjectBytes(asLatin1(bytes))

/** The last version of an event or instance: as it was received, else as it stands in the object. */
export function lastReceived(known: Known, id: number | null, { zone }: Reader): Received | null {
  const found = known.received.find(({ instance }) => instance === id)
  if (found) return found
  const object = storedObject(known)
  const unit = object && unitsOf(object, zone).find(each => each.id === id)
  if (!unit) return null
  const isCancelled = /^cancelled$/i.test(propertyOf(unit.component, 'STATUS')?.value.trim() ?? '')
  return { ...versionOf(unit.component, isCancelled), instance: id, isStored: true, waiting: null }
}

/** With these versions in the place of those for the same instances. */
export const withReceived = (known: Known, more: readonly Received[]): Known => ({
  ...known,
  received: [
    ...known.received.filter(each => !more.some(({ instance }) => instance === each.instance)),
    ...more,
  ].sort(byInstance),
})

const byInstance = (left: Received, right: Received): number =>
  (left.instance ?? Number.NEGATIVE_INFINITY) < (right.instance ?? Number.NEGATIVE_INFINITY) ? -1 : 1

/** An outcome with what most have. */
export const outcome = (
  kind: OutcomeKind,
  uid: string,
  known: Known,
  more: Partial<Outcome> = {},
): Outcome => ({
  ...{ kind, uid, refusal: null, needs: 'nothing', instances: [], changes: [], who: '', comment: '' },
  ...{ seen: known, next: known },
  ...more,
})

export const refused = (refusal: Refusal, uid: string, known: Known, who = ''): Outcome =>
  outcome('refused', uid, known, { refusal, who })
