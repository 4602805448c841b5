import { any, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about calendars old (`ipc/stale/stale.ts`). */
export const calendarStale = {
  'calendars.list': [any('calendar'), any('account')],
  'calendars.waits': [any('calendar'), any('event')],
  'events.between': [any('event'), any('calendar')],
  'events.get': [{ ...any('event'), about: 'eventId' }],
  'events.source': [{ ...any('event'), about: 'eventId' }],
  'events.find': [any('event'), any('calendar')],
} as const satisfies Record<string, readonly StaleRule[]>
