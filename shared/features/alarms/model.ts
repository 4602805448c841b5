import { z } from 'zod'
import { calendarId, eventId } from '../calendar/model'
import { alarmNoticeChoices, quietHours } from './notices'

/** A reminder that is due and was not seen. */
export const dueAlarm = z.object({
  /** The event or the to-do. */
  id: eventId,
  calendarId,
  kind: z.enum(['event', 'todo']),
  title: z.string(),
  location: z.string(),
  /** When it was to be told. */
  triggerMs: z.number(),
  /** What it reminds of; null for a to-do without a time. */
  at: z
    .object({
      instance: z.number().nullable(),
      startMs: z.number(),
      endMs: z.number(),
      days: z.object({ from: z.string(), to: z.string() }).nullable(),
    })
    .nullable(),
  /** What it asked for beside being shown, in capitals (EMAIL, PROCEDURE …): that is never done. Null for a plain one. */
  refused: z.string().nullable(),
  /** It cannot be written into its calendar that it was seen: only this device knows. */
  isOnlyHere: z.boolean(),
})
export type DueAlarm = z.infer<typeof dueAlarm>

/**
 * From the engine to main: reminders have become due, or it is known when one will be. `title`: of the first, where the desktop may be told;
 * null where it may not.
 */
export const alarmNews = z.object({
  /** How many became due now, 0 where only `nextMs` changed. */
  fresh: z.number().int(),
  notices: z.enum(alarmNoticeChoices),
  quietHours: quietHours.nullable(),
  title: z.string().max(500).nullable(),
  /** When the next is due; null: never. */
  nextMs: z.number().nullable(),
})
export type AlarmNews = z.infer<typeof alarmNews>
