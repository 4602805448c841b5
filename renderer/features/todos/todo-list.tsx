import { Bell, Check, Mail, Repeat, StickyNote } from 'lucide-react'
import type { DragEvent, KeyboardEvent } from 'react'
import { Button as AriaButton, GridList, GridListItem } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { CalendarSummary, EventId } from '../../../shared/features/calendar/model'
import type { Todo } from '../../../shared/features/todos/model'
import { useFormat } from '../../i18n/use-format'
import { Icon } from '../../ui/actions/icon'
import { EmptyState } from '../../ui/feedback/empty-state'
import { withoutControls } from '../../ui/fields/text-direction'
import { holdTodo } from './dragged'
import {
  isLate,
  isOver,
  priorityName,
  sameGroup,
  type TodoGroup,
  type TodoLine,
  type TodoView,
} from './lines'
import { useTodoChanges } from './use-changes'
import type { TodoClock } from './use-clock'

const rowOf = (target: EventTarget): Element | null =>
  target instanceof Element ? target.closest('[role=row]') : null
const keyOfRow = (target: EventTarget): string | null => rowOf(target)?.getAttribute('data-key') ?? null

/** A press of the library leaves what can be dragged to the browser. */
const isDraggable = (row: HTMLElement | null): void => row?.setAttribute('draggable', 'true')

/** The lines of a view. Arrow keys go through them, Space says that one is done, Enter opens its page, Delete takes it away. */
export function TodoList({
  lines,
  isLoaded,
  view,
  clock,
  calendars,
  shown,
  onShow,
}: Readonly<{
  lines: readonly TodoLine[]
  isLoaded: boolean
  view: TodoView
  clock: TodoClock
  calendars: readonly CalendarSummary[]
  shown: EventId | null
  onShow: (id: EventId) => void
}>) {
  const { t } = useTranslation('todos')
  const changes = useTodoChanges()
  const colours = new Map(calendars.map(({ id, colour }) => [id, colour]))
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rowOf(event.target)
    const line = lines.find(({ todo }) => String(todo.id) === keyOfRow(event.target))
    if (line === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    // The button of a line does by itself what Space does.
    const isInside = event.target !== row
    if (event.key === ' ' && !isInside) void changes.toggle(line.todo)
    else if (event.key === 'Delete') void changes.remove(line.todo.id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const headingOf = (group: TodoGroup): string =>
    group === 'overdue'
      ? t('overdue')
      : group === 'someday'
        ? t('someday')
        : group === 'none'
          ? ''
          : clock.dayHeading(group.day)
  if (lines.length === 0)
    return isLoaded ? (
      <EmptyState title={t(`empty.${view.kind}`)}>
        {view.kind === 'done' ? undefined : t('emptyText')}
      </EmptyState>
    ) : null
  const onDragStart = (event: DragEvent) => {
    const line = lines.find(({ todo }) => String(todo.id) === keyOfRow(event.target))
    if (line !== undefined) holdTodo(event, line.todo.id)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard a to-do's page moves it into another list.
    <div className="todos-scroll scroll" onKeyDownCapture={onKeyDown} onDragStart={onDragStart}>
      <p className="spoken" role="status">
        {t('count', { count: lines.length })}
      </p>
      <GridList
        aria-label={t('list')}
        className="todos-lines"
        items={lines.map((line, at) => ({ line, at, id: String(line.todo.id) }))}
        dependencies={[lines, clock, colours, shown]}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={shown === null ? [] : [String(shown)]}
        onSelectionChange={keys => {
          const [key] = keys === 'all' ? [] : [...keys]
          const line = lines.find(({ todo }) => String(todo.id) === key)
          if (line !== undefined && line.todo.id !== shown) onShow(line.todo.id)
        }}
        onAction={key => {
          const line = lines.find(({ todo }) => String(todo.id) === key)
          if (line !== undefined) onShow(line.todo.id)
        }}
      >
        {({ line, at }) => {
          const before = lines[at - 1]
          const isFirst = before === undefined || !sameGroup(before.group, line.group)
          const heading = isFirst ? headingOf(line.group) : ''
          return (
            <GridListItem
              id={String(line.todo.id)}
              ref={isDraggable}
              textValue={line.todo.title || t('untitled')}
              className="todos-line"
              style={{ paddingInlineStart: 12 + line.depth * 24 }}
            >
              {heading === '' ? null : <span className="todos-heading">{heading}</span>}
              <Row
                line={line}
                clock={clock}
                colour={view.kind === 'list' ? undefined : colours.get(line.todo.calendarId)}
                onToggle={() => void changes.toggle(line.todo)}
              />
            </GridListItem>
          )
        }}
      </GridList>
    </div>
  )
}

/** The round box that says whether it is done. */
export function DoneBox({ todo, onToggle }: Readonly<{ todo: Todo; onToggle: () => void }>) {
  const { t } = useTranslation('todos')
  const title = withoutControls(todo.title) || t('untitled')
  return (
    <AriaButton
      aria-label={t(isOver(todo) ? 'reopen' : 'complete', { title })}
      className={`todo-box todo-priority-${priorityName(todo.priority)}`}
      data-done={isOver(todo)}
      onPress={onToggle}
    >
      <Icon of={Check} size={14} />
    </AriaButton>
  )
}

function Row({
  line: { todo, parts },
  clock,
  colour,
  onToggle,
}: Readonly<{ line: TodoLine; clock: TodoClock; colour: string | undefined; onToggle: () => void }>) {
  const { t } = useTranslation('todos')
  const format = useFormat()
  const late = isLate(todo, clock.nowMs, clock.today)
  const facts = [
    todo.due === null || isOver(todo) ? null : (
      <span key="due" className={late ? 'todo-late' : undefined}>
        {clock.when(todo.due, todo.dueMs)}
        {late ? <span className="spoken"> ({t('late')})</span> : null}
      </span>
    ),
    todo.status === 'cancelled' ? <span key="off">{t('cancelled')}</span> : null,
    todo.percent === 0 || isOver(todo) ? null : (
      <span key="percent">{t('percentDone', { percent: format.percent(todo.percent / 100) })}</span>
    ),
    parts.count === 0 ? null : (
      <span key="parts">{t('parts', { done: parts.done, count: parts.count })}</span>
    ),
  ].filter(each => each !== null)
  const signs = [
    { is: todo.rule !== null, icon: Repeat, label: t('repeats') },
    { is: todo.hasAlarm && !isOver(todo), icon: Bell, label: t('remind') },
    { is: todo.hasNotes, icon: StickyNote, label: t('hasNotes') },
    { is: todo.message !== null, icon: Mail, label: t('fromMessage') },
  ].filter(({ is }) => is)
  return (
    <div className="todo-row" data-done={isOver(todo)}>
      <DoneBox todo={todo} onToggle={onToggle} />
      <div className="todo-row-words">
        <span className="todo-row-title" dir="auto">
          {withoutControls(todo.title) || t('untitled')}
        </span>
        {facts.length === 0 && signs.length === 0 ? null : (
          <span className="todo-row-facts">
            {facts}
            {signs.map(({ icon, label }) => (
              <span key={label} className="todo-sign">
                <Icon of={icon} size={14} />
                <span className="spoken">{label}</span>
              </span>
            ))}
          </span>
        )}
      </div>
      {priorityName(todo.priority) === 'none' ? null : (
        <span className="spoken">
          {t('priority.label')}: {t(`priority.${priorityName(todo.priority)}`)}
        </span>
      )}
      {colour === undefined ? null : <span className="todos-dot" style={{ background: colour }} />}
    </div>
  )
}
