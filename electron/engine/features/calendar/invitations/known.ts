import type {
  InvitationKind,
  InvitationRefusal,
} from '../../../../../shared/features/calendar/invitations/model'
import { asLatin1 } from '../../../formats/icalendar/calendar-objects'
import { type EventObject, readObjectBytes } from '../../../formats/icalendar/event/event-object'
import { unitsOf } from '../../../formats/icalendar/itip/units'
import { versionOf } from '../../../formats/icalendar/itip/version'
import type { Zone } from '../../../formats/icalendar/recurrence/zones/zone'
import { propertyOf } from '../../../formats/icalendar/text/component'
import type { Known, Received } from '../../../ports/calendar/invitations'
import type { EventChange } from './changes'

export type { Known, Received }

/** What becomes of one UID of a message. */
export type Outcome = Readonly<{
  uid: string
  kind: InvitationKind
  refusal: InvitationRefusal | null
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
  kind: InvitationKind,
  uid: string,
  known: Known,
  more: Partial<Outcome> = {},
): Outcome => ({
  ...{ kind, uid, refusal: null, needs: 'nothing', instances: [], changes: [], who: '', comment: '' },
  ...{ seen: known, next: known },
  ...more,
})

export const refused = (refusal: InvitationRefusal, uid: string, known: Known, who = ''): Outcome =>
  outcome('refused', uid, known, { refusal, who })
