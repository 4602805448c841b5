import type {
  Invitation,
  InvitationChange,
  InvitationKind,
  InvitationRefusal,
  InvitationWarning,
  ItipMethod,
} from '../../../../shared/features/calendar/invitations/model'
import type { EventFields, ShownEvent } from '../../../../shared/features/calendar/model'
import type { CalendarPart } from '../mail/mime'

/** The last version that came for an event (`instance` null) or for one of its instances. It lies beside the object, whose own DTSTAMP a guest's edits move. */
export type Received = Readonly<{
  instance: number | null
  sequence: number
  /** DTSTAMP, as an instant. */
  stampMs: number
  /** It takes the event back. */
  isCancelled: boolean
  /** The stored object holds it. */
  isStored: boolean
  /** A cancelled instance whose series is not here yet: its object, until the series comes. */
  waiting: Uint8Array | null
  /** What the version that is stored said of what guests change for themselves (`own-words.ts`). */
  said?: string | null
}>

/** The last answer of a guest. */
export type GuestAnswer = Readonly<{
  attendee: string
  instance: number | null
  sequence: number
  stampMs: number
}>

/** What is known here of one UID. */
export type Known = Readonly<{
  bytes: Uint8Array | null
  received: readonly Received[]
  answers: readonly GuestAnswer[]
}>

/** What a mail says of itself beside its invitation. */
export type InvitingMail = Readonly<{
  from: string
  /** The address that a good signature is of; null without one. */
  signer: string | null
  /** Of Sender and Reply-To: who is written for, where a provider sends in somebody's place. */
  senders: readonly string[]
  /** The provider found the sender to be false. */
  isForged: boolean
  /** Addresses and aliases, one list an account; the account that the mail came to is the first. */
  mine: readonly (readonly string[])[]
}>

type Person = Readonly<{ address: string; name: string }>

/** One event or series of a mail. */
export type ReadInvitation = Readonly<{
  uid: string
  kind: string
  method: ItipMethod
  problem: Invitation['problem']
  title: string
  /** As the message has it; null where it does not say when. */
  event: ShownEvent | null
  organizer: Person | null
  me: 'organizer' | 'guest' | null
  /** Which of my addresses it names, as it is written there; null for none. */
  myAddress: string | null
  /** The addresses of the account that is meant. */
  mine: readonly string[]
  allowsCounter: boolean
  warnings: readonly InvitationWarning[]
  /** How a guest who answers does so; empty where it is no answer. */
  whoStatus: string
  /** When it takes place, at most twenty times within its first year. */
  spans(): readonly Readonly<{ startMs: number; endMs: number }>[]
  judge(known: Known, reader: { zone: string; nowMs: number }): Judged
}>

/** What becomes of one UID of a message. */
export type Judged = Readonly<{
  kind: InvitationKind
  refusal: InvitationRefusal | null
  needs: 'nothing' | 'click' | 'answer'
  instances: readonly (number | null)[]
  changes: readonly InvitationChange[]
  who: string
  comment: string
  /** What is remembered in any case. */
  seen: Known
  /** What is known once it was applied. */
  next: Known
}>

/** Who says what about which instances of an object. */
export type Speaking = Readonly<{
  bytes: Uint8Array
  instances: readonly (number | null)[]
  zone: string
  nowMs: number
  comment: string
}>

/** A mail to be sent: METHOD, to whom, and the bytes of its calendar part. */
export type ItipMail = Readonly<{ method: ItipMethod; to: readonly Person[]; bytes: Uint8Array }>

/** What a guest says in an object. */
type OwnPart = Readonly<{
  /** The SEQUENCE that is answered. */
  sequence: number
  /** PARTSTAT in capitals; null where they are not in it. */
  status: string | null
  isCancelled: boolean
}>

/** Invitations as bytes (RFC 5546); `features/calendar/invitations/` is the real one. Throws `calendar-unreadable`. */
export type Invitations = {
  /** One of two parts that say the same is read. */
  read(parts: readonly CalendarPart[], mail: InvitingMail, zone: string): readonly ReadInvitation[]
  /** The object with my answer on these instances. `delegate`: to whom it was handed on. */
  withAnswer(
    known: Known,
    instances: readonly (number | null)[],
    answer: { status: string; mine: readonly string[]; zone: string; delegate?: string },
  ): Known
  /** What a guest says of an instance in an object; null where it has none such. */
  ownPart(bytes: Uint8Array, instance: number | null, mine: readonly string[], zone: string): OwnPart | null
  /** An event of an object, as it is shown; null where there is none such. */
  shown(bytes: Uint8Array, instance: number | null, zone: string): ShownEvent | null
  organizer(bytes: Uint8Array): Person | null
  /** What a server said of the messages that it sent; empty where it sent none. */
  deliveries(bytes: Uint8Array): readonly Readonly<{ address: string; code: string; isFailed: boolean }>[]
  /** Whether the server was told that messages about it go another way. */
  isOursToSend(bytes: Uint8Array): boolean
  /** The object as it is put on a server for the first time when its answers go by mail. */
  byMail(bytes: Uint8Array): Uint8Array
  /** Whether the server was told that messages to guests of this event of mine go another way. */
  guestsAreOurs(bytes: Uint8Array): boolean
  /** An event of mine as it is put on a server for the first time when its server is to tell nobody. */
  guestsByMail(bytes: Uint8Array): Uint8Array
  freeBusyRequest(question: {
    uid: string
    organizer: string
    addresses: readonly string[]
    fromMs: number
    toMs: number
    nowMs: number
  }): Uint8Array
  /** When somebody is not free. */
  busy(
    bytes: Uint8Array,
  ): readonly Readonly<{ startMs: number; endMs: number; kind: 'busy' | 'tentative' | 'unavailable' }>[]
  /** The later object with the guests asked again, where it takes place at another time or elsewhere (RFC 5546 §3.2.2.1). */
  asked(before: Uint8Array, after: Uint8Array, mine: readonly string[], zone: string): Uint8Array
  reply(speaking: Speaking, answer: { address: string; status: string; delegate?: string }): Uint8Array
  /** The event as a guest would have it. Throws what changing an event throws. */
  counter(speaking: Speaking, fields: EventFields): Uint8Array
  declineCounter(speaking: Speaking, guest: string): Uint8Array
  /** `handedOn`: a guest sends it to who is to come in their place, and names both. */
  request(speaking: Speaking, handedOn?: Readonly<{ from: string; to: string }>): Uint8Array
  /** What guests are to be told of a change by the organiser: null stands for an object that is not there. */
  mails(
    change: { before: Uint8Array | null; after: Uint8Array | null },
    reader: { mine: readonly string[]; zone: string; nowMs: number; comment: string },
  ): readonly ItipMail[]
}
