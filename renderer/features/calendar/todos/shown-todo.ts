import type { CalendarId, CalendarSummary } from '../../../../shared/features/calendar/model'
import type { Todo } from '../../../../shared/features/todos/model'
import { drawnEvent } from '../event/drawn'
import type { ShownEvent } from '../event/shown'
import { dayFromIso } from '../time/day'

export const isOver = ({ status }: Todo): boolean => status === 'done' || status === 'cancelled'

/** A to-do on the day, or at the time, at which it is due; null where it is not due at any. */
export function shownTodo(
  todo: Todo,
  calendars: ReadonlyMap<CalendarId, CalendarSummary>,
): ShownEvent | null {
  const { due, dueMs } = todo
  if (due === null || dueMs === null) return null
  const day = due.at.includes('T') ? null : dayFromIso(due.at)
  const calendar = calendars.get(todo.calendarId)
  return {
    ...drawnEvent,
    key: `todo ${todo.id}`,
    title: todo.title,
    span:
      day === null
        ? { allDay: false, startMs: dueMs, endMs: dueMs }
        : { allDay: true, first: day, last: day },
    colour: calendar?.colour ?? drawnEvent.colour,
    standing: todo.status === 'cancelled' ? 'cancelled' : 'normal',
    isReadOnly: calendar?.isReadOnly ?? true,
    instance: {
      ...drawnEvent.instance,
      id: todo.id,
      calendarId: todo.calendarId,
      uid: todo.uid,
      title: todo.title,
      zone: day === null ? due.zone : null,
      isRepeating: todo.rule !== null,
    },
    todo,
  }
}
