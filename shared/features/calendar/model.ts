import { z } from 'zod'
import { stepNoteKind } from '../../kit/collection-step'
import { accountId } from '../../kit/ids'

/** A calendar: row id in the store. */
export const calendarId = z.number().int().positive().brand<'CalendarId'>()
export type CalendarId = z.infer<typeof calendarId>

/** A calendar object, which is an event or a whole series with its changed instances: row id in the store, never reused. */
export const eventId = z.number().int().positive().brand<'EventId'>()
export type EventId = z.infer<typeof eventId>

/** What was decided while a calendar was brought into step, each time with nothing lost. `second` is the event that was made of what was written here. */
export const calendarSyncNote = z.object({
  calendarId,
  eventId,
  kind: stepNoteKind,
  second: eventId.nullable(),
})

/** A colour of a calendar: `#` and six hex digits. */
export const calendarColour = z.string().regex(/^#[0-9a-f]{6}$/)

export const calendarSummary = z.object({
  id: calendarId,
  /** Null: on this machine only. */
  accountId: accountId.nullable(),
  /** Empty for the first calendar until it is given a name: it is called "Personal" in the language of whoever looks. */
  name: z.string(),
  colour: z.string(),
  isReadOnly: z.boolean(),
  /** Whose it is, where that is somebody else. */
  owner: z.string(),
  isVisible: z.boolean(),
  /** Made of the birthdays and anniversaries of contacts; without a name it is called so in the language of whoever looks. */
  isOfPeople: z.boolean().optional(),
  /** Read from an address: see `subscriptions.list`. */
  isSubscribed: z.boolean().optional(),
  /** Its server tells guests by itself (RFC 6638). */
  schedules: z.boolean().optional(),
  eventCount: z.number().int(),
})
export type CalendarSummary = z.infer<typeof calendarSummary>

/** What the wall shows: a day, or a day and a time to the second. */
const wallTime = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/)

/**
 * A time of an event. A day alone is all-day and has no zone. `zone`: a name of the tz database or `UTC`; null for a time that is
 * the same on every clock (floating).
 */
export const eventWhen = z.strictObject({ at: wallTime, zone: z.string().max(100).nullable() })
export type EventWhen = z.infer<typeof eventWhen>

const longText = z.string().max(100_000)
const shortText = z.string().max(5_000)
/** A DURATION as iCalendar has it: P1D, PT1H30M. */
const durationText = z.string().max(40)

const eventGuest = z.strictObject({ address: z.string().min(3).max(320), name: z.string().max(500) })

const eventStatus = z.enum(['confirmed', 'tentative', 'cancelled'])
const eventPrivacy = z.enum(['public', 'private', 'confidential'])

/** What a person says of an event. Missing: as it is, or as usual for a new one. */
export const eventFields = z.strictObject({
  title: shortText.optional(),
  start: eventWhen.optional(),
  /** The first moment (or day) that no longer belongs to it; null for one without a length. Not beside `duration`. */
  end: eventWhen.nullable().optional(),
  duration: durationText.optional(),
  /** The value of an RRULE; null for none. */
  rule: z.string().max(2_000).nullable().optional(),
  location: shortText.optional(),
  description: longText.optional(),
  status: eventStatus.optional(),
  /** It takes no time of whoever has it. */
  isTransparent: z.boolean().optional(),
  privacy: eventPrivacy.optional(),
  categories: z.array(z.string().min(1).max(200)).max(100).optional(),
  url: shortText.optional(),
  attendees: z.array(eventGuest).max(1000).optional(),
  /** Addresses at which people meet (RFC 7986 §5.11): all of them. */
  conferences: z.array(shortText.min(1)).max(20).optional(),
  /** What belongs to it, by address alone: all of them. Nothing is fetched, and what is inside of the object stays. */
  attachments: z
    .array(z.strictObject({ url: shortText.min(1), name: z.string().max(300) }))
    .max(100)
    .optional(),
  /** How long the way there takes, as DURATION: of me alone, guests are not sent it. Null: none. */
  travel: durationText.nullable().optional(),
  /** How long before its start somebody is reminded, as DURATION. */
  alarms: z.array(durationText).max(50).optional(),
})
export type EventFields = z.infer<typeof eventFields>

/** What of a series a change is about. */
export const eventScope = z.enum(['this', 'following', 'all'])
export type EventScope = z.infer<typeof eventScope>

/** Which instance: the instant of its original start; for an all-day series that day's midnight as in UTC. */
export const instanceId = z.number().int()

const eventNote = z.enum(['zone-differs', 'zone-unknown', 'no-start', 'bad-end', 'bad-rule'])

const attendee = z.object({ address: z.string(), name: z.string(), status: z.string(), role: z.string() })

/** One event as it takes place once. */
export const eventInstance = z.object({
  id: eventId,
  calendarId,
  uid: z.string(),
  /** Null where it does not repeat. */
  instance: instanceId.nullable(),
  title: z.string(),
  startMs: z.number(),
  /** The first moment that no longer belongs to it. */
  endMs: z.number(),
  /** The days of an all-day event, `to` no longer one of them; null for one with times. */
  days: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** Of its start: a name of the tz database, `UTC`, the name of a zone that only it describes; null for floating and all-day. */
  zone: z.string().nullable(),
  /** Where its end is in another zone. */
  endZone: z.string().nullable(),
  location: z.string(),
  status: eventStatus,
  isTransparent: z.boolean(),
  privacy: eventPrivacy,
  /** It is one of a series. */
  isRepeating: z.boolean(),
  /** This instance was changed by itself. */
  isChanged: z.boolean(),
  hasAlarm: z.boolean(),
  /** How long the way there takes, before its start; absent for none. */
  travelMs: z.number().optional(),
  attendees: z.array(attendee),
  notes: z.array(eventNote),
})
export type EventInstance = z.infer<typeof eventInstance>

/** All that is shown of one event. */
export const eventDetail = eventInstance.extend({
  description: z.string(),
  /** A text was longer than what is shown. */
  isCut: z.boolean(),
  organizer: attendee.nullable(),
  /** The value of its RRULE, as it is written; null where it has none. */
  rule: z.string().nullable(),
  alarms: z.array(
    z.object({
      action: z.string(),
      /** How long before (as DURATION); null for one at a fixed time. */
      before: z.string().nullable(),
      fromEnd: z.boolean(),
      atMs: z.number().nullable(),
    }),
  ),
  categories: z.array(z.string()),
  /** As they stand in the object. Nothing is fetched; only https addresses may be offered to be opened. */
  url: z.string(),
  conferences: z.array(z.string()),
  attachments: z.array(z.object({ url: z.string(), name: z.string() })),
  sequence: z.number().int(),
  /** No instance of its series comes before it. */
  isFirst: z.boolean(),
})
export type EventDetail = z.infer<typeof eventDetail>

/** The same of an event that is in no calendar. */
export const shownEvent = eventDetail.omit({ id: true, calendarId: true })
export type ShownEvent = z.infer<typeof shownEvent>
