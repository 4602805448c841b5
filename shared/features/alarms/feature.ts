import type { SharedFeature } from '../../kit/shared-feature'
import { alarmStale } from './stale'

export const alarms = {
  changes: {
    /** Reminders became due, or were seen. */
    alarm: ['state'],
  },
  stale: alarmStale,
} as const satisfies SharedFeature
