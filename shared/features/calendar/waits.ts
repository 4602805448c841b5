import { z } from 'zod'
import { collectionAnswer, collectionWaitFacts, collectionWaitKind } from '../../kit/collection-wait'
import { calendarId, eventId } from './model'

/** Something of a calendar on a server that waits for somebody, or is to be known. */
export const calendarWait = z.object({
  id: z.number().int().positive(),
  calendarId,
  what: collectionWaitKind,
  /** Null where it is about the calendar, or an event that is not here. */
  eventId: eventId.nullable(),
  /** Of that event; empty where it has none. */
  title: z.string(),
  /** The address of an object that could not be read. */
  href: z.string().nullable(),
  ...collectionWaitFacts.shape,
  answers: z.array(collectionAnswer),
  atMs: z.number(),
})
export type CalendarWait = z.infer<typeof calendarWait>
