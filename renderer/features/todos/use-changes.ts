import { useTranslation } from 'react-i18next'
import type { CalendarId, EventId } from '../../../shared/features/calendar/model'
import type { Todo, TodoFields } from '../../../shared/features/todos/model'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { showToast, type UndoableVerb } from '../../state/toasts'
import { isOver } from './lines'
import { ownZone } from './use-clock'

/** What is done to to-dos; each can be taken back. */
export function useTodoChanges() {
  const { t } = useTranslation('todos')
  const host = useHost()
  const offer = (what: UndoableVerb, count: number, undoId: number | null) => {
    if (undoId !== null) showToast({ kind: 'undo', what, count, undoId })
  }
  return {
    /** The id of the new one; null after a failure. Adding is its own answer: it offers nothing. */
    add: async (calendarId: CalendarId, fields: TodoFields): Promise<EventId | null> => {
      const done = await runCommand(host, 'todos.add', { calendarId, fields })
      return done?.ids[0] ?? null
    },
    change: async (id: EventId, fields: TodoFields): Promise<boolean> =>
      (await runCommand(host, 'todos.change', { id, fields, zone: ownZone() })) !== null,
    toggle: async (todo: Todo): Promise<void> => {
      const isDone = !isOver(todo)
      const done = await runCommand(host, 'todos.done', { ids: [todo.id], isDone, zone: ownZone() })
      if (done === null) return
      offer(isDone ? 'todo-done' : 'todo-open', done.ids.length, done.undoId)
      if (done.moved > 0) showToast({ kind: 'notice', text: t('next', { count: done.moved }), action: null })
    },
    /** Its id in the other list; null after a failure. */
    move: async (id: EventId, calendarId: CalendarId): Promise<EventId | null> => {
      const done = await runCommand(host, 'todos.move', { ids: [id], calendarId, zone: ownZone() })
      if (done === null) return null
      offer('todo-move', done.ids.length, done.undoId)
      return done.ids[0] ?? null
    },
    remove: async (id: EventId): Promise<boolean> => {
      const done = await runCommand(host, 'todos.remove', { ids: [id] })
      if (done === null) return false
      offer('todo-delete', done.ids.length, done.undoId)
      return true
    },
  }
}
