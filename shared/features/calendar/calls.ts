import { z } from 'zod'
import { type Calls, done, filePath, nothing } from '../../ipc/call'
import { collectionStep, stepProblem } from '../../kit/collection-step'
import { collectionAnswer } from '../../kit/collection-wait'
import { accountId } from '../../kit/ids'
import { outboxItem } from '../writing/model'
import {
  calendarColour,
  calendarId,
  calendarSummary,
  calendarSyncNote,
  eventDetail,
  eventFields,
  eventId,
  eventInstance,
  eventScope,
  instanceId,
} from './model'
import { calendarWait } from './waits'

const name = z.string().trim().min(1).max(200)
const zone = z.string().min(1).max(100)

/** What a change of events answers. */
const changedEvents = z.object({
  /** What is there now of what was changed: two where a series was divided, none where all of it went. */
  eventIds: z.array(eventId),
  /** Instances that had been changed by themselves and have no place any more. */
  dropped: z.number().int(),
  /** Of `undo.last`; null where it cannot be taken back. */
  undoId: z.number().int().nullable(),
  /** What guests were sent: one each. */
  mails: z.array(outboxItem),
})

/** Guests of an event of mine are told of it by mail; null: they are not. */
const tells = z
  .strictObject({
    /** Of the few words in the mail. */
    language: z.enum(['en', 'de']),
    comment: z.string().max(5_000).default(''),
    /** Also where it should be encrypted and cannot be. */
    inClear: z.boolean().default(false),
  })
  .nullable()
  .default(null)

/** Which instances of an event: the whole where `instance` is null. */
const place = {
  eventId,
  instance: instanceId.nullable(),
  scope: eventScope,
  /** In which floating times are seen. */
  zone,
}

/** An event of a file that was not taken. */
const notTaken = z.object({ title: z.string(), reason: z.enum(['too-large', 'no-start', 'other-kind']) })

/** Calendars, and the events in them. */
export const calendarCalls = {
  'calendars.list': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(calendarSummary),
  },
  'calendars.addLocal': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ name, colour: calendarColour.nullable() }),
    out: calendarSummary,
  },
  'calendars.change': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      calendarId,
      name: name.optional(),
      colour: calendarColour.optional(),
      isVisible: z.boolean().optional(),
    }),
    out: calendarSummary,
  },
  /** With all events in it; only one that is on this machine. */
  'calendars.remove': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ calendarId }),
    out: done,
  },
  /** What takes place between two instants, repeats written out, sorted by start. `isCut`: there is more than is told. */
  /**
   * Finds the calendars of an account (null: of all that have such a service), brings changes there and fetches what changed there. What fails is in `problems`. With
   * `removesMany` also what was asked about: more than a third of a calendar is gone there.
   */
  'calendars.sync': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId: accountId.nullable(), removesMany: z.boolean().optional() }),
    out: z.object({
      calendars: z.array(collectionStep.extend({ calendarId })),
      notes: z.array(calendarSyncNote),
      problems: z.array(stepProblem.extend({ calendarId: calendarId.nullable() })),
    }),
  },
  /** What of calendars on servers waits for somebody, or is to be known; newest first. */
  'calendars.waits': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(calendarWait) },
  /**
   * Answers one of them with one of its `answers`. What is about objects on the server is done with the next pass. Throws `not-found` where it no
   * longer waits, `unsupported` for an answer that it does not have.
   */
  'calendars.answer': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ waitId: z.number().int().positive(), answer: collectionAnswer }),
    out: done,
  },
  'events.between': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      fromMs: z.number().int(),
      toMs: z.number().int(),
      zone,
      /** Null: of all calendars. */
      calendarIds: z.array(calendarId).max(500).nullable(),
    }),
    out: z.object({ events: z.array(eventInstance), isCut: z.boolean() }),
  },
  'events.get': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ eventId, instance: instanceId.nullable(), zone }),
    out: eventDetail,
  },
  /** The object as it is kept. */
  'events.source': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ eventId }),
    out: z.object({ text: z.string() }),
  },
  /** Events in which all words stand, a series once. */
  'events.find': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ text: z.string().max(500), zone, limit: z.number().int().min(1).max(1000) }),
    out: z.array(eventInstance),
  },
  'events.add': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ calendarId, fields: eventFields, tells }),
    out: changedEvents,
  },
  'events.change': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ...place, fields: eventFields, tells }),
    out: changedEvents,
  },
  'events.remove': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ...place, tells }),
    out: changedEvents,
  },
  /** Into another calendar, the whole of it: what repeats, with all of its instances. */
  'events.move': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ eventId, calendarId }),
    out: changedEvents,
  },
  /** Takes an iCalendar file. What is there under the same UID becomes what the file has. */
  'calendars.import': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ calendarId, path: filePath }),
    out: z.object({
      added: z.number().int(),
      changed: z.number().int(),
      /** There already, byte for byte. */
      unchanged: z.number().int(),
      notTaken: z.array(notTaken),
      notTakenCount: z.number().int(),
      undoId: z.number().int().nullable(),
    }),
  },
  /** Writes all of a calendar as one file; never overwrites. */
  'calendars.export': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ calendarId, path: filePath }),
    out: z.object({ exported: z.number().int() }),
  },
} as const satisfies Calls
