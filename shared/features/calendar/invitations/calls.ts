import { z } from 'zod'
import type { Calls } from '../../../ipc/call'
import { accountId, messageId } from '../../../kit/ids'
import { outboxItem } from '../../writing/model'
import { calendarId, eventId, eventWhen } from '../model'
import { invitation, invitationAnswer } from './model'

const zone = z.string().min(1).max(100)
const comment = z.string().max(5_000).default('')
const address = z.string().trim().min(3).max(320)

/** Which event of which mail. */
const which = { messageId, uid: z.string().min(1).max(1_000), zone }

/** Of the few words in the mail; what the person writes stands beside them. */
const language = z.enum(['en', 'de']).default('en')

/** Also where the mail should be encrypted and cannot be. */
const inClear = z.boolean().default(false)

const answering = {
  ...which,
  /** Where an event that is in no calendar yet is put; null: as `look` proposes. */
  calendarId: calendarId.nullable().default(null),
  comment,
  language,
  inClear,
  /** Also where the server of the calendar sends answers by itself: it could not deliver this one. */
  byMail: z.boolean().default(false),
}

/** What an answer comes to: the event that is there then, and the mail with it. */
const answered = z.object({
  eventId: eventId.nullable(),
  /** Null where no mail is needed. */
  mail: outboxItem.nullable(),
  /** Of `undo.last`; null where nothing of the calendar changed. */
  undoId: z.number().int().nullable(),
})

/** Invitations in mail (RFC 5546 over RFC 6047). */
export const invitationCalls = {
  /** What a mail asks for, an event each; empty where it asks nothing. Changes nothing. */
  'invitations.look': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId, zone }),
    out: z.array(invitation),
  },
  /** Takes in what needs no word of the person: answers of guests, and what changes of an event that was answered. */
  'invitations.takeIn': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId, zone }),
    out: z.object({ eventIds: z.array(eventId) }),
  },
  /** Puts the event into a calendar with the answer in it, and sends the answer to who invites. */
  'invitations.respond': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ...answering, answer: invitationAnswer }),
    out: answered,
  },
  /** Proposes another time; nothing changes here. */
  'invitations.counter': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ...answering, start: eventWhen, end: eventWhen }),
    out: answered,
  },
  /** Hands the invitation on to somebody else, who is sent it. */
  'invitations.delegate': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ...answering, to: address }),
    out: answered,
  },
  /** Does what the mail brings where that waits for a click: a copy, what a doubtful sender says, a proposed time. */
  'invitations.apply': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ...which, calendarId: calendarId.nullable().default(null), language, inClear }),
    out: answered,
  },
  /** Keeps the time of an event of mine, and says so to the guest who proposed another (RFC 5546 §3.2.8). Throws `invitation-unusable`. */
  'invitations.declineCounter': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ...which, comment, language, inClear }),
    out: answered,
  },
  /** Guests of an event of mine whom the server of its calendar could not reach (RFC 6638), with its codes. */
  'invitations.undelivered': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ eventId }),
    out: z.array(z.object({ address: z.string(), code: z.string() })),
  },
  /** Sends them the invitation by mail; with `everybody` all guests, also those who were told already. */
  'invitations.sendByMail': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ eventId, zone, comment, language, inClear, everybody: z.boolean().default(false) }),
    out: z.object({ mails: z.array(outboxItem) }),
  },
  /**
   * When people are not free: of my own addresses what is in my calendars, of others as the server of an account says (RFC 6638 §5). `accountId` null: the first
   * that can be asked. `exceptUid`: this event takes no time of mine. Throws `not-found` where nobody can be asked of others.
   */
  'calendars.freeBusy': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      accountId: accountId.nullable(),
      addresses: z.array(address).min(1).max(100),
      fromMs: z.number().int(),
      toMs: z.number().int(),
      /** In which my all-day and floating events are seen. */
      zone: zone.default('UTC'),
      exceptUid: z.string().max(1_000).nullable().default(null),
    }),
    out: z.array(
      z.object({
        address: z.string(),
        /** What the server said: a code of RFC 6638 §3.2.9; empty where it said nothing of that person. */
        status: z.string(),
        /** False: nothing is known of that person. */
        isKnown: z.boolean(),
        busy: z.array(
          z.object({
            startMs: z.number(),
            endMs: z.number(),
            kind: z.enum(['busy', 'tentative', 'unavailable']),
          }),
        ),
      }),
    ),
  },
} as const satisfies Calls
