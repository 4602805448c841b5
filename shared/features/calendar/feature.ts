import type { SharedFeature } from '../../kit/shared-feature'
import { calendarStale } from './stale'

export const calendar = {
  changes: {
    calendar: ['state'],
    /** Ids are of calendar objects. */
    event: ['state'],
  },
  stale: calendarStale,
} as const satisfies SharedFeature
