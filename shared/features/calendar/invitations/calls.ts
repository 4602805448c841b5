import { z } from 'zod'
import type { Calls } from '../../../ipc/call'
import { messageId } from '../../../kit/ids'
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
} as const satisfies Calls
