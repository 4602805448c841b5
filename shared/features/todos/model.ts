import { z } from 'zod'
import { calendarId, eventId, eventWhen } from '../calendar/model'

const shortText = z.string().max(5_000)

/** A Message-ID without its angle brackets, as `mid:` addresses name a message (RFC 2392). */
const messageName = z.string().min(1).max(998)

/** What a person says of a to-do. Missing: as it is, or as usual for a new one. */
export const todoFields = z.strictObject({
  title: shortText.optional(),
  notes: z.string().max(100_000).optional(),
  /** A day alone, or a day and a time; null for none. */
  due: eventWhen.nullable().optional(),
  start: eventWhen.nullable().optional(),
  /** 0: none; 1 is the highest, 9 the lowest (RFC 5545 §3.8.1.9). */
  priority: z.number().int().min(0).max(9).optional(),
  percent: z.number().int().min(0).max(100).optional(),
  /** The value of an RRULE; null for none. Only beside a time. */
  rule: z.string().max(2_000).nullable().optional(),
  categories: z.array(z.string().min(1).max(200)).max(100).optional(),
  /** How long before it is due somebody is reminded, as DURATION. */
  alarms: z.array(z.string().max(40)).max(50).optional(),
  /** The to-do that this one is a part of; null for none. */
  parent: eventId.nullable().optional(),
  /** The message that it comes from. */
  message: messageName.nullable().optional(),
})
export type TodoFields = z.infer<typeof todoFields>

const todoStatus = z.enum(['open', 'started', 'done', 'cancelled'])

export const todo = z.object({
  /** The calendar object that it is. */
  id: eventId,
  calendarId,
  uid: z.string(),
  /** The to-do of the same calendar that it is a part of; null also where that is not there. */
  parent: eventId.nullable(),
  title: z.string(),
  /** Of a series: of the one that is to be done next. */
  due: eventWhen.nullable(),
  start: eventWhen.nullable(),
  /** The instant as a reader in a zone sees it; of a day its beginning. */
  dueMs: z.number().nullable(),
  startMs: z.number().nullable(),
  priority: z.number().int(),
  percent: z.number().int(),
  status: todoStatus,
  doneMs: z.number().nullable(),
  rule: z.string().nullable(),
  hasAlarm: z.boolean(),
  hasNotes: z.boolean(),
  message: z.string().nullable(),
})
export type Todo = z.infer<typeof todo>

export const todoDetail = todo.extend({
  notes: z.string(),
  /** The notes were longer than what is shown. */
  isCut: z.boolean(),
  categories: z.array(z.string()),
  /** Before it is due, as DURATION; null for one at a time of its own. */
  alarms: z.array(z.string().nullable()),
})
export type TodoDetail = z.infer<typeof todoDetail>
