import type { CalendarId, CalendarSummary, EventId } from '../../../../../shared/features/calendar/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { StoredObject } from '../../../ports/calendar/calendar-store'
import type { Needs } from '../../../ports/parts'

/** The calendar a call names. Throws `not-found`. */
export function requireCalendar({ store }: Needs<never, 'calendars'>, id: CalendarId): CalendarSummary {
  const calendar = store.calendars.get(id)
  if (calendar === null) throw new SiegelError('not-found', { what: 'calendar' })
  return calendar
}

/** The same, and that it may be changed. Throws `calendar-read-only`. */
export function requireWritable(context: Needs<never, 'calendars'>, id: CalendarId): CalendarSummary {
  const calendar = requireCalendar(context, id)
  if (calendar.isReadOnly) throw new SiegelError('calendar-read-only', { name: calendar.name })
  return calendar
}

/** The event a call names. Throws `not-found`. */
export function requireEvent({ store }: Needs<never, 'calendars'>, id: EventId): StoredObject {
  const object = store.calendars.object(id)
  if (object === null) throw new SiegelError('not-found', { what: 'event' })
  return object
}
