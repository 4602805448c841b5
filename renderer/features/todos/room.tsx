import './todos.css'
import { ListTodo } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventId } from '../../../shared/features/calendar/model'
import { useCommands } from '../../state/keys/use-commands'
import { useLiveQuery } from '../../state/live/use-live-query'
import { useUi } from '../../state/ui-store'
import { carriesMessages, usePlanDrop } from '../../state/use-plan-drop'
import { EmptyState } from '../../ui/feedback/empty-state'
import { linesOf, type TodoView } from './lines'
import { QuickAdd } from './quick-add'
import { Side } from './side'
import { TodoList } from './todo-list'
import { TodoPage } from './todo-page'
import { useTodoChanges } from './use-changes'
import { useClock } from './use-clock'

/** To-dos: views and lists, the lines of the one that is chosen, and a page for each; in a small window list and page take turns. */
export function TodosRoom() {
  const { t } = useTranslation('todos')
  const clock = useClock()
  const [view, setView] = useState<TodoView>({ kind: 'today' })
  const [shown, setShown] = useState<EventId | null>(null)
  const planDrop = usePlanDrop()
  const changes = useTodoChanges()
  const field = useRef<HTMLInputElement>(null)
  const { data } = useLiveQuery('todos.list', { zone: clock.zone, calendarId: null })
  const calendars = useLiveQuery('calendars.list', {}).data ?? []
  const usual = useLiveQuery('todos.usual', {}).data?.calendarId
  const all = data?.todos ?? []
  const lines = useMemo(() => linesOf(all, view, clock), [all, view, clock])
  const listed = view.kind === 'list' ? calendars.find(({ id }) => id === view.calendarId) : undefined
  const target = listed !== undefined && !listed.isReadOnly ? listed.id : usual
  const show = (next: TodoView) => {
    setView(next)
    setShown(null)
  }
  useCommands({
    todoNew: () => field.current?.focus(),
    todoToday: () => show({ kind: 'today' }),
    todoPlanned: () => show({ kind: 'planned' }),
    todoAll: () => show({ kind: 'all' }),
    todoDone: () => show({ kind: 'done' }),
  })
  // Found in another room.
  const pointed = useUi(state => state.pointed)
  useEffect(() => {
    if (pointed?.kind !== 'todo') return
    setView({ kind: 'all' })
    setShown(pointed.id)
    useUi.setState({ pointed: null })
  }, [pointed])
  // What was deleted, here or elsewhere, is shown no more.
  const isGone = data !== undefined && shown !== null && !all.some(({ id }) => id === shown)
  useEffect(() => {
    if (isGone) setShown(null)
  }, [isGone])
  return (
    <main className="todos" aria-label={t('title')} data-front={shown === null ? 'list' : 'page'}>
      <Side
        {...{ all, calendars, view, clock }}
        onView={show}
        onMove={(id, calendarId) => {
          if (all.find(todo => todo.id === id)?.calendarId !== calendarId) void changes.move(id, calendarId)
        }}
      />
      {/* By keyboard a message's own command does the same as dropping it here. */}
      <section
        className="todos-main"
        aria-label={t('list')}
        data-pane
        tabIndex={-1}
        onDragOver={event => {
          if (!carriesMessages(event)) return
          event.preventDefault()
          event.dataTransfer.dropEffect = 'move'
        }}
        onDrop={event => {
          if (!carriesMessages(event)) return
          planDrop(event, view.kind === 'today' ? { kind: 'todo', day: clock.today } : { kind: 'todo' })
        }}
      >
        <QuickAdd
          target={target}
          calendars={calendars}
          clock={clock}
          // Of the day that is looked at, unless another one is said.
          day={view.kind === 'today' ? clock.today : null}
          inputRef={field}
        />
        {data?.isCut === true ? <p className="todos-note">{t('isCut')}</p> : null}
        <TodoList
          lines={lines}
          isLoaded={data !== undefined}
          view={view}
          clock={clock}
          calendars={calendars}
          shown={shown}
          onShow={setShown}
        />
      </section>
      <section className="todos-page scroll" aria-label={t('choose')} data-pane tabIndex={-1}>
        {shown === null || isGone ? (
          <EmptyState icon={ListTodo} title={t('choose')}>
            {t('chooseText')}
          </EmptyState>
        ) : (
          <TodoPage
            key={shown}
            id={shown}
            all={all}
            calendars={calendars}
            clock={clock}
            onShow={setShown}
            onLeave={() => setShown(null)}
          />
        )}
      </section>
    </main>
  )
}
