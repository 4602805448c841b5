import type { EventObject } from '../../../formats/icalendar/event/event-object'
import { inviterOf, isOneOf, type Participant, plainAddress } from '../../../formats/icalendar/itip/people'
import {
  allowsCounter,
  type ItipMessage,
  type ItipMethod,
  type ItipObject,
  readItip,
} from '../../../formats/icalendar/itip/read-message'
import { instanceNamed } from '../../../formats/icalendar/itip/units'
import type { Version } from '../../../formats/icalendar/itip/version'
import type { Zone } from '../../../formats/icalendar/recurrence/zones/zone'
import { firstEvent } from './changes'

/** What a mail says of itself beside its invitation. */
export type MailFacts = Readonly<{
  /** The `method` of the part's Content-Type; null where it has none. */
  mimeMethod: string | null
  from: string
  /** The address that a good signature is of; null without one. */
  signer: string | null
  /** All my addresses and aliases. */
  mine: readonly string[]
}>

/**
 * What to beware of: `sender-differs` and `signer-differs`: From or the signature is not of who may say this, nor of their SENT-BY. `forwarded`: a guest
 * passed it on; `third-party`: somebody who is not in it. `not-invited`: none of my addresses is in it. `no-organizer`: nobody can be asked.
 */
type InvitationWarning =
  | 'sender-differs'
  | 'signer-differs'
  | 'forwarded'
  | 'third-party'
  | 'not-invited'
  | 'no-organizer'

/** One event or series of a mail, described. */
export type Invitation = Readonly<{
  uid: string
  kind: string
  title: string
  organizer: Participant | null
  /** Who I am in it; null for a guest that is none. */
  me: Readonly<{ as: 'organizer' }> | Readonly<{ as: 'guest'; person: Participant }> | null
  /** What it is about: null for the event or series, else instances. */
  versions: readonly Readonly<{ instance: number | null; version: Version }>[]
  allowsCounter: boolean
  warnings: readonly InvitationWarning[]
  message: ItipObject
}>

/** What a mail part asks for. */
export type Invitations = Readonly<{
  method: ItipMethod
  problem: ItipMessage['problem']
  invitations: readonly Invitation[]
}>

/** The address that invites in an object, as it is compared; empty for none. */
export function inviterIn(object: EventObject): string {
  const event = firstEvent(object)
  return plainAddress((event && inviterOf(event.component)?.address) ?? '')
}

const byGuests: readonly ItipMethod[] = ['REPLY', 'COUNTER', 'REFRESH']

function warningsOf(
  { events }: ItipObject,
  method: ItipMethod,
  me: Invitation['me'],
  { from, signer }: MailFacts,
): InvitationWarning[] {
  const people = events.flatMap(({ attendees }) => attendees)
  const inviters = events.flatMap(({ organizer }) => organizer ?? [])
  const isAnswer = byGuests.includes(method)
  const speakers = (isAnswer ? people : inviters).flatMap(({ address, sentBy }) => [address, sentBy])
  const isGuest = people.some(({ address }) => isOneOf(address, [from]))
  const differs = speakers.length > 0 && !isOneOf(from, speakers)
  return [
    ...(differs ? (['sender-differs'] as const) : []),
    ...(signer !== null && speakers.length > 0 && !isOneOf(signer, speakers)
      ? (['signer-differs'] as const)
      : []),
    ...(differs && !isAnswer ? ([isGuest ? 'forwarded' : 'third-party'] as const) : []),
    ...(method === 'REQUEST' && me === null ? (['not-invited'] as const) : []),
    // A published event needs nobody, and Exchange's answers name nobody.
    ...(inviters.length === 0 && !isAnswer && method !== 'PUBLISH' ? (['no-organizer'] as const) : []),
  ]
}

/** Reads a mail part. Throws `calendar-unreadable`. */
export function describe(part: Uint8Array, mail: MailFacts, reader: Zone): Invitations {
  const { method, problem, objects } = readItip(part, mail.mimeMethod)
  const invitations = objects.map((message): Invitation => {
    const { uid, kind, events } = message
    const organizer = events.find(each => each.organizer)?.organizer ?? null
    const person = events
      .flatMap(({ attendees }) => attendees)
      .find(({ address }) => isOneOf(address, mail.mine))
    const me =
      organizer && isOneOf(organizer.address, mail.mine)
        ? { as: 'organizer' as const }
        : person
          ? { as: 'guest' as const, person }
          : null
    const master = events.find(({ recurrenceId }) => recurrenceId === null)?.event ?? null
    return {
      ...{ uid, kind, organizer, me, message },
      title: events.find(({ title }) => title !== '')?.title ?? '',
      versions: events.map(({ recurrenceId, version }) => ({
        instance: recurrenceId && instanceNamed(recurrenceId.value, master, reader),
        version,
      })),
      allowsCounter: events.every(({ component }) => allowsCounter(component)),
      warnings: warningsOf(message, method, me, mail),
    }
  })
  return { method, problem, invitations }
}
