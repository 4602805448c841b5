import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import type { CalendarStore } from '../../../ports/calendar/calendar-store'
import type { TodoFacts } from '../../../ports/calendar/todos'
import type { StoreContext } from '../../../store/context'
import { sql } from '../../../store/sql'
import type { ObjectIndex } from './object-index'

/** To-dos, of the index alone. */
export const createTodoViews = (
  { database: { read } }: StoreContext,
  index: ObjectIndex,
): Pick<CalendarStore, 'todos'> => ({
  todos: calendarId => {
    index.complete()
    return read
      .all<{ id: number; calendar: number; plain: string }>(sql`
        SELECT o.id, o.calendar, e.plain FROM calendar_objects o JOIN calendar_events e ON e.object = o.id
        WHERE o.kind = 'VTODO' AND o.state <> 'deleted' AND e.plain IS NOT NULL
          AND (${calendarId} IS NULL OR o.calendar = ${calendarId})`)
      .map(({ id, calendar, plain }) => ({
        id: id as EventId,
        calendarId: calendar as CalendarId,
        // Written by this program, in this store.
        facts: JSON.parse(plain) as TodoFacts,
      }))
  },
})
