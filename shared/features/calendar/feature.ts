import type { SharedFeature } from '../../kit/shared-feature'
import { calendarCommands } from './commands'
import { calendarStale } from './stale'

export const calendar = {
  changes: {
    calendar: ['state'],
    /** Ids are of calendar objects. */
    event: ['state'],
  },
  stale: calendarStale,
  commands: calendarCommands,
} as const satisfies SharedFeature
