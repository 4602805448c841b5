import { countsNone, type StoreCheck } from '../../../store/care'

/** What must be true of calendars in the store, for the doctor. */
export const calendarChecks: readonly StoreCheck[] = [
  countsNone(
    'calendar-index',
    'SELECT count(*) FROM calendar_events e WHERE NOT EXISTS (SELECT 1 FROM calendar_objects o WHERE o.id = e.object)',
    'rows of the calendar index without their object',
  ),
]
