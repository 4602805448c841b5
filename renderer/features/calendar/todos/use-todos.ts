import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventWhen } from '../../../../shared/features/calendar/model'
import type { Todo } from '../../../../shared/features/todos/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { showToast, type UndoableVerb } from '../../../state/toasts'
import type { ShownEvent } from '../event/shown'
import type { CalendarFormat } from '../format'
import { daysOf } from '../layout/placed'
import type { Calendars } from '../state/use-events'
import type { DayRange } from '../time/ranges'
import { isOver, shownTodo } from './shown-todo'

/** To-dos that are due on some days, of the calendars that are shown, those that are done as well. */
export function useTodos(
  range: DayRange,
  { clock }: CalendarFormat,
  calendars: Calendars,
): readonly ShownEvent[] {
  const { data } = useLiveQuery('todos.list', { zone: clock.zone, calendarId: null })
  return useMemo(
    () =>
      (data?.todos ?? [])
        .filter(({ calendarId }) => calendars.get(calendarId)?.isVisible ?? true)
        .flatMap(todo => shownTodo(todo, calendars) ?? [])
        .filter(({ span }) => {
          const { first } = daysOf(span, clock)
          return first >= range.first && first < range.end
        }),
    [data, calendars, clock, range.first, range.end],
  )
}

/** What is done to a to-do where it stands in the calendar; each can be taken back. */
export function useTodoChanges(zone: string) {
  const { t } = useTranslation('calendar')
  const host = useHost()
  const offer = (what: UndoableVerb, done: Readonly<{ ids: readonly unknown[]; undoId: number | null }>) => {
    if (done.undoId !== null) showToast({ kind: 'undo', what, count: done.ids.length, undoId: done.undoId })
  }
  return {
    toggle: async (todo: Todo): Promise<void> => {
      const isDone = !isOver(todo)
      const done = await runCommand(host, 'todos.done', { ids: [todo.id], isDone, zone })
      if (done === null) return
      offer(isDone ? 'todo-done' : 'todo-open', done)
      if (done.moved > 0) showToast({ kind: 'notice', text: t('todo.next'), action: null })
    },
    dueAt: async (todo: Todo, due: EventWhen): Promise<boolean> => {
      const done = await runCommand(host, 'todos.change', { id: todo.id, fields: { due }, zone })
      if (done !== null) offer('todo-move', done)
      return done !== null
    },
    remove: async (todo: Todo): Promise<void> => {
      const done = await runCommand(host, 'todos.remove', { ids: [todo.id] })
      if (done !== null) offer('todo-delete', done)
    },
  }
}
