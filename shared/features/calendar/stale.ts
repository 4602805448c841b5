import type { StaleBy } from '../../ipc/stale/stale-by'
import { any } from '../../ipc/stale/stale-by'

/** What makes answers about calendars old (`ipc/stale.ts`). */
export const calendarStale = {
  'calendars.list': [any('calendar'), any('account')],
  'events.between': [any('event'), any('calendar')],
  'events.get': [{ ...any('event'), about: 'eventId' }],
  'events.source': [{ ...any('event'), about: 'eventId' }],
  'events.find': [any('event'), any('calendar')],
} as const satisfies Record<string, readonly StaleBy[]>
