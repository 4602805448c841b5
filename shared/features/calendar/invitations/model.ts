import { z } from 'zod'
import { messageId, outboxId } from '../../../kit/ids'
import { outboxState } from '../../writing/model'
import { calendarId, eventId, eventInstance, instanceId, shownEvent } from '../model'

/** The methods of RFC 5546 §1.4. */
export const itipMethods = [
  ...(['PUBLISH', 'REQUEST', 'REPLY', 'ADD'] as const),
  ...(['CANCEL', 'REFRESH', 'COUNTER', 'DECLINECOUNTER'] as const),
] as const
const itipMethod = z.enum(itipMethods)
export type ItipMethod = z.infer<typeof itipMethod>

/** What a message means for what is known (`electron/engine/features/calendar/invitations`). */
const invitationKinds = [
  ...(['offer', 'difference', 'update', 'instance', 'already-there', 'superseded', 'not-invited'] as const),
  ...([
    'inert',
    'unsupported',
    'refused',
    'answer',
    'answer-to-old',
    'stranger-answers',
    'delegated',
  ] as const),
  ...(['cancelled', 'instance-cancelled', 'uninvited', 'others-uninvited', 'remembered'] as const),
  ...(['cancelled-before', 'counter', 'counter-to-old', 'counter-declined', 'added'] as const),
  ...(['refresh-first', 'refresh', 'published'] as const),
] as const
const invitationKind = z.enum(invitationKinds)
export type InvitationKind = z.infer<typeof invitationKind>

/** Why a message is refused. */
const invitationRefusals = [
  ...(['own-event', 'other-organizer', 'not-organizer', 'no-such-instance', 'unknown-event'] as const),
] as const
const invitationRefusal = z.enum(invitationRefusals)
export type InvitationRefusal = z.infer<typeof invitationRefusal>

/**
 * What to beware of. `sender-differs` and `signer-differs`: From or the signature is not of who may say this, nor of their SENT-BY. `forwarded`: a guest
 * passed it on; `handed-on`: a guest who wants me in their place (RFC 5546 §3.2.2.3); `third-party`: somebody who is not in it. `not-invited`: none of my
 * addresses is in it. `no-organizer`: nobody can be asked.
 */
const invitationWarnings = [
  ...(['sender-differs', 'signer-differs', 'forwarded', 'handed-on', 'third-party'] as const),
  ...(['not-invited', 'no-organizer'] as const),
] as const
const invitationWarning = z.enum(invitationWarnings)
export type InvitationWarning = z.infer<typeof invitationWarning>

/** How somebody answers. */
export const invitationAnswer = z.enum(['accepted', 'tentative', 'declined'])
export type InvitationAnswer = z.infer<typeof invitationAnswer>

const when = z.object({
  startMs: z.number(),
  endMs: z.number(),
  isAllDay: z.boolean(),
  zone: z.string().nullable(),
})

/** What differs between what is here and what came. */
const invitationChange = z.discriminatedUnion('what', [
  z.object({ what: z.literal('time'), before: when, after: when }),
  z.object({
    what: z.enum(['place', 'title', 'rule', 'description', 'status']),
    before: z.string(),
    after: z.string(),
  }),
  z.object({ what: z.literal('people'), added: z.array(z.string()), removed: z.array(z.string()) }),
])
export type InvitationChange = z.infer<typeof invitationChange>

const person = z.object({ address: z.string(), name: z.string() })

/** My last answer, and what became of the mail with it: null where none was to be sent, `gone` where it was taken back. */
const myAnswer = z.object({
  status: z.string(),
  comment: z.string(),
  atMs: z.number(),
  sending: z.union([outboxState, z.literal('gone')]).nullable(),
  outboxId: outboxId.nullable(),
})
export type MyAnswer = z.infer<typeof myAnswer>

/** One event or series that a mail is about. */
export const invitation = z.object({
  messageId,
  uid: z.string(),
  method: itipMethod,
  kind: invitationKind,
  refusal: invitationRefusal.nullable(),
  /** METHOD is another in MIME than in the body (RFC 6047 §2.4), two in it, or one that there is not: nothing is done with it. */
  problem: z.enum(['method-differs', 'method-unknown']).nullable(),
  /** `nothing`: taken in by itself; `click`: when the person wants it; `answer`: when they accept, decline ... */
  needs: z.enum(['nothing', 'click', 'answer']),
  title: z.string(),
  /** As the message has it; null where it does not say when. */
  event: shownEvent.nullable(),
  organizer: person.nullable(),
  me: z.enum(['organizer', 'guest']).nullable(),
  /** Which of my addresses is meant; null for none. */
  myAddress: z.string().nullable(),
  /** An answer can be given: I am invited, and it has not been called off. */
  canAnswer: z.boolean(),
  /** Guests may propose another time. */
  allowsCounter: z.boolean(),
  /** Null: the event or series; else instances of it. */
  instances: z.array(instanceId.nullable()),
  changes: z.array(invitationChange),
  /** Who answers, proposes or asks; empty where it is the organiser. */
  who: z.string(),
  /** How they answer, as iCalendar has it; empty where it is no answer. */
  whoStatus: z.string(),
  comment: z.string(),
  warnings: z.array(invitationWarning),
  /** The event that is here. */
  stored: z.object({ eventId, calendarId }).nullable(),
  /** What is here already is what this message brings. */
  isApplied: z.boolean(),
  myAnswer: myAnswer.nullable(),
  /** What the server of the calendar said of the answer that it sent; null where it sends none, or did not say yet. */
  delivery: z.object({ code: z.string(), isFailed: z.boolean() }).nullable(),
  /** Where it would be put. Null: there is no calendar that can be written to. */
  calendarId: calendarId.nullable(),
  /** What else takes place at that time, the first of it; of a series at its first instances. */
  conflicts: z.array(eventInstance),
})
export type Invitation = z.infer<typeof invitation>
