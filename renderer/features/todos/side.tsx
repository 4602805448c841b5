import { CalendarClock, CheckCheck, Inbox, Sun } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarId, CalendarSummary, EventId } from '../../../shared/features/calendar/model'
import type { Todo } from '../../../shared/features/todos/model'
import { useFormat } from '../../i18n/use-format'
import { Icon, type IconShape } from '../../ui/actions/icon'
import { carriesTodo, droppedTodo } from './dragged'
import { countOf, type TodoView } from './lines'
import { useListName } from './list-name'
import type { TodoClock } from './use-clock'

const views: readonly Readonly<{ kind: 'today' | 'planned' | 'all' | 'done'; icon: IconShape }>[] = [
  { kind: 'today', icon: Sun },
  { kind: 'planned', icon: CalendarClock },
  { kind: 'all', icon: Inbox },
  { kind: 'done', icon: CheckCheck },
]

/** What can be looked at: by when, and the calendars that have to-dos or take some. */
export function Side({
  all,
  calendars,
  view,
  clock,
  onView,
  onMove,
}: Readonly<{
  all: readonly Todo[]
  calendars: readonly CalendarSummary[]
  view: TodoView
  clock: TodoClock
  onView: (view: TodoView) => void
  /** A line was let go of over a list. */
  onMove: (id: EventId, calendarId: CalendarId) => void
}>) {
  const { t } = useTranslation('todos')
  const nameOf = useListName()
  const lists = calendars.filter(
    ({ id, isReadOnly }) => !isReadOnly || all.some(({ calendarId }) => calendarId === id),
  )
  return (
    <nav className="todos-side scroll" aria-label={t('views')} data-pane tabIndex={-1}>
      <ul className="todos-views">
        {views.map(({ kind, icon }) => (
          <SideLine
            key={kind}
            label={t(`view.${kind}`)}
            mark={<Icon of={icon} />}
            count={kind === 'done' ? 0 : countOf(all, { kind }, clock)}
            isCurrent={view.kind === kind}
            onPress={() => onView({ kind })}
          />
        ))}
      </ul>
      <h2 className="todos-side-title">{t('lists')}</h2>
      <ul className="todos-views">
        {lists.map(calendar => (
          <SideLine
            key={calendar.id}
            label={nameOf(calendar)}
            mark={<span className="todos-dot" style={{ background: calendar.colour }} />}
            count={countOf(all, { kind: 'list', calendarId: calendar.id }, clock)}
            isCurrent={view.kind === 'list' && view.calendarId === calendar.id}
            onPress={() => onView({ kind: 'list', calendarId: calendar.id })}
            {...(calendar.isReadOnly ? {} : { onTodo: (id: EventId) => onMove(id, calendar.id) })}
          />
        ))}
      </ul>
    </nav>
  )
}

function SideLine({
  label,
  mark,
  count,
  isCurrent,
  onPress,
  onTodo,
}: Readonly<{
  label: string
  mark: React.ReactNode
  count: number
  isCurrent: boolean
  onPress: () => void
  /** Takes a to-do that is let go of over it. */
  onTodo?: (id: EventId) => void
}>) {
  const { t } = useTranslation('todos')
  const format = useFormat()
  const [isOver, setOver] = useState(false)
  return (
    <li
      onDragOver={event => {
        if (onTodo === undefined || !carriesTodo(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        setOver(false)
        const id = droppedTodo(event)
        if (onTodo === undefined || id === null) return
        event.preventDefault()
        onTodo(id)
      }}
    >
      <button
        type="button"
        className={isOver ? 'todos-view todos-view-over' : 'todos-view'}
        {...(isCurrent ? { 'aria-current': 'page' as const, 'data-pane-stop': true } : {})}
        onClick={onPress}
      >
        <span className="todos-view-mark">{mark}</span>
        <span className="clip" dir="auto">
          {label}
        </span>
        {count === 0 ? null : (
          <span className="todos-view-count">
            <span aria-hidden="true">{format.wholeNumber(count)}</span>
            <span className="spoken">{t('count', { count })}</span>
          </span>
        )}
      </button>
    </li>
  )
}
