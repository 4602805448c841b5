import type { InvitationWarning } from '../../../../../shared/features/calendar/invitations/model'
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
  /** Of Sender and Reply-To: who is written for, where a provider sends in somebody's place. */
  senders?: readonly string[]
  /** The provider found the sender to be false. */
  isForged?: boolean
  /** All my addresses and aliases. */
  mine: readonly string[]
}>

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
  /** Nobody can tell whether the sender may say this, as is usual with this inviter: no warning, and nothing without a click. */
  isUnsure: boolean
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

/** Addresses of calendars and rooms: whoever looks after one writes from an address of their own. */
const ofCalendars =
  /@(group\.calendar\.google\.com|resource\.calendar\.google\.com|import\.calendar\.google\.com|imip\.me\.com)$/

/** From of providers that send invitations in the place of those who invite, whom they name in Reply-To or Sender. */
const providers = /@((insideicloud|email)\.(icloud|apple)\.com|calendar-server\.bounces\.google\.com)$/

/**
 * The server of the house, as Nextcloud's, which writes for its own people and names them in Reply-To. Nobody gets that address at a provider of mail for
 * everybody.
 */
function isOfTheHouse(from: string, speakers: readonly string[]): boolean {
  const [name = '', host = ''] = plainAddress(from).split('@')
  if (!/^(?:invitations?-)?no-?reply$/.test(name)) return false
  return speakers.some(each => {
    const theirs = plainAddress(each).split('@')[1] ?? ''
    return theirs.includes('.') && (host === theirs || host.endsWith(`.${theirs}`))
  })
}

/** Whom a mail may be from, where that is no doubt worth a word. */
function isUsual(from: string, speakers: readonly string[], senders: readonly string[]): boolean {
  return (
    speakers.some(each => ofCalendars.test(plainAddress(each))) ||
    ((providers.test(plainAddress(from)) ||
      plainAddress(from) === 'calendar-notification@google.com' ||
      isOfTheHouse(from, speakers)) &&
      senders.some(each => isOneOf(each, speakers)))
  )
}

function warningsOf(
  { events }: ItipObject,
  method: ItipMethod,
  me: Invitation['me'],
  { from, signer, senders = [], isForged = false }: MailFacts,
): { warnings: InvitationWarning[]; isUnsure: boolean } {
  const people = events.flatMap(({ attendees }) => attendees)
  const inviters = events.flatMap(({ organizer }) => organizer ?? [])
  const isAnswer = byGuests.includes(method)
  const speakers = (isAnswer ? people : inviters).flatMap(({ address, email, sentBy }) =>
    [address, email, sentBy].filter(each => each !== ''),
  )
  const isGuest = people.some(({ address }) => isOneOf(address, [from]))
  // What is only to be copied speaks for nobody: shops and clubs send the events of others.
  const isElse = method !== 'PUBLISH' && speakers.length > 0 && !isOneOf(from, speakers)
  const isUnsure = isElse && isUsual(from, speakers, senders)
  // Who hands on speaks for themselves: that they may is what the inviter learns from them.
  const isHandedOn =
    isGuest && method === 'REQUEST' && me?.as === 'guest' && isOneOf(from, me.person.delegatedFrom)
  const differs = isElse && !isUnsure && !isHandedOn
  const warnings = [
    ...(isElse && isHandedOn ? (['handed-on'] as const) : []),
    ...(differs ? (['sender-differs'] as const) : []),
    ...(signer !== null &&
    !isUnsure &&
    method !== 'PUBLISH' &&
    speakers.length > 0 &&
    !isOneOf(signer, isHandedOn ? [from, ...speakers] : speakers)
      ? (['signer-differs'] as const)
      : []),
    ...(differs && !isAnswer ? ([isGuest ? 'forwarded' : 'third-party'] as const) : []),
    ...(method === 'REQUEST' && me === null ? (['not-invited'] as const) : []),
    // A published event needs nobody, and Exchange's answers name nobody.
    ...(inviters.length === 0 && !isAnswer && method !== 'PUBLISH' ? (['no-organizer'] as const) : []),
  ]
  return { warnings, isUnsure: isUnsure || isForged }
}

/** Reads a mail part. Throws `calendar-unreadable`. */
export function describe(part: Uint8Array, mail: MailFacts, reader: Zone): Invitations {
  const { method, problem, objects } = readItip(part, mail.mimeMethod)
  const invitations = objects.map((message): Invitation => {
    const { uid, kind, events } = message
    const organizer = events.find(each => each.organizer)?.organizer ?? null
    const person = events
      .flatMap(({ attendees }) => attendees)
      .find(({ address, email }) => isOneOf(address, mail.mine) || isOneOf(email, mail.mine))
    const me =
      organizer && (isOneOf(organizer.address, mail.mine) || isOneOf(organizer.email, mail.mine))
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
      ...warningsOf(message, method, me, mail),
    }
  })
  return { method, problem, invitations }
}
