import { any, asked, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about calendars old (`ipc/stale/stale.ts`). */
export const calendarStale = {
  'calendars.list': [any('calendar'), any('account')],
  'subscriptions.list': [any('calendar')],
  'calendars.waits': [any('calendar'), any('event')],
  'events.between': [any('event'), any('calendar')],
  'events.get': [{ ...any('event'), about: 'eventId' }],
  'events.source': [{ ...any('event'), about: 'eventId' }],
  'events.find': [any('event'), any('calendar')],
  'invitations.undelivered': [{ ...any('event'), about: 'eventId' }],
  'calendars.freeBusy': asked,
  'invitations.look': [
    { entity: 'message', kinds: ['body', 'place', 'gone'], about: 'messageId' },
    any('key'),
    any('invitation'),
    any('event'),
    any('calendar'),
    any('outbox'),
  ],
} as const satisfies Record<string, readonly StaleRule[]>
