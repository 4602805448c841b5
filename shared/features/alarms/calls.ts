import { z } from 'zod'
import { type Calls, done, nothing } from '../../ipc/call'
import { eventId } from '../calendar/model'
import { dueAlarm } from './model'

const ids = z.array(eventId).min(1).max(1000)

/** Reminders of events and to-dos that are due. */
export const alarmCalls = {
  /** The latest first. Looks first at what may have become due since. */
  'alarms.due': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.object({ alarms: z.array(dueAlarm), isCut: z.boolean() }),
  },
  /** Seen, on every device. What is not due is left as it is. */
  'alarms.dismiss': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids }),
    out: done,
  },
  /** Reminds again at that time. */
  'alarms.snooze': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ids, untilMs: z.number().int().min(0).max(4e12) }),
    out: done,
  },
} as const satisfies Calls
