import './room.css'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { CalendarId } from '../../../shared/features/calendar/model'
import { useHost } from '../../host/host-context'
import { useFailureWords } from '../../i18n/use-failure-words'
import { useCommands } from '../../state/keys/use-commands'
import { runCommand } from '../../state/run-command'
import { useMinute } from '../../state/time/use-minute'
import { showToast } from '../../state/toasts'
import { openRoom, useUi } from '../../state/ui-store'
import { ContextMenu } from '../../ui/actions/menu'
import { Banner } from '../../ui/feedback/banner'
import { Editor, type EditorTarget } from './editor/editor'
import { fieldsOf, formOf, newForm } from './editor/form'
import { EventCard } from './event/card'
import { useEventChanges } from './event/changes'
import { drawnEvent } from './event/drawn'
import type { EventHandlers } from './event/event-button'
import { eventMenu } from './event/event-menu'
import { titleOf } from './event/event-name'
import type { ShownEvent } from './event/shown'
import { whenFields } from './event/when-fields'
import { FindDialog } from './find/find-dialog'
import { GoToDialog } from './find/go-to-dialog'
import { useCalendarFormat } from './format'
import { onMoveKey } from './grid/move-keys'
import { sameSpan, usualSpan } from './grid/moved-span'
import { type Moving, useDrag } from './grid/use-drag'
import { useMessageDrop } from './grid/use-message-drop'
import { Header } from './header'
import { daysOf, type Span } from './layout/placed'
import { QuickDialog } from './quick/quick-dialog'
import { quickForm, quickSpan } from './quick/quick-span'
import { SidePane } from './side/side-pane'
import { allCalendarActions, type RoomActions } from './state/actions'
import { useRemembered } from './state/remembered'
import { type Calendars, useCalendars, useEvents, useNeighbours } from './state/use-events'
import { useStable } from './state/use-stable'
import { useWhenKnown } from './state/use-when-known'
import { type GridFocus, showDay, startAt, useView } from './state/view-state'
import { isKnownZone } from './time/known-zone'
import { daysShown, rangeOf } from './time/ranges'
import { useTodoChanges, useTodos } from './todos/use-todos'
import { AgendaView } from './views/agenda-view'
import { HoursView } from './views/hours-view'
import { MonthView } from './views/month-view'
import type { ViewProps } from './views/view-props'
import { YearView } from './views/year-view'

const viewOf = {
  day: HoursView,
  workWeek: HoursView,
  week: HoursView,
  month: MonthView,
  year: YearView,
  agenda: AgendaView,
}

const noCalendars: Calendars = new Map()

const isTyped = /^[\p{L}\p{N}]$/u

/** Letters that are no command begin a new event: typing "Zahnarzt morgen" into a calendar is enough. */
function useTyping(onText: (text: string) => void): void {
  const latest = useRef(onText)
  latest.current = onText
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey)
        return
      const target = event.target instanceof Element ? event.target : document.body
      if (!isTyped.test(event.key) || target.closest('.calendar-main') === null) return
      if (target.closest('input, textarea, [role=dialog], [role=menu], [role=listbox]') !== null) return
      event.preventDefault()
      latest.current(event.key)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Shown where it is on its way to, or beside itself where a copy is. */
function withMoving(
  events: readonly ShownEvent[],
  moving: Moving | null,
  drawn: ShownEvent | null,
): readonly ShownEvent[] {
  if (moving === null) return events
  if (moving.event === null) return drawn === null ? events : [...events, { ...drawn, span: moving.span }]
  const { key } = moving.event
  const moved = { ...moving.event, span: moving.span }
  return moving.isCopy
    ? [...events, { ...moved, key: `${key} copy` }]
    : events.map(each => (each.key === key ? moved : each))
}

type Front =
  | Readonly<{ kind: 'goTo' | 'find' }>
  | Readonly<{ kind: 'quick'; text: string }>
  | Readonly<{ kind: 'card'; event: ShownEvent; anchor: Element }>
  | Readonly<{ kind: 'menu'; event: ShownEvent; x: number; y: number }>
  | Readonly<{ kind: 'editor'; target: EditorTarget }>

/** As it was left; what there is to remember is in the store, and there at once. */
export function CalendarRoom() {
  return useRemembered() ? <OpenRoom /> : null
}

function OpenRoom() {
  const { t } = useTranslation(['calendar', 'common'])
  const { t: plain } = useTranslation('calendar')
  const host = useHost()
  const words = useFailureWords()
  const format = useCalendarFormat()
  const { clock, weeks } = format
  const nowMs = useMinute(null)
  const today = clock.dayAt(nowMs)
  useState(() => startAt(today))
  const { view, day, isSideOpen } = useView(
    useShallow(state => ({ view: state.view, day: state.day, isSideOpen: state.isSideOpen })),
  )
  // Whoever comes here stands in the grid at once.
  useEffect(() => useView.setState({ wanted: 'cell' }), [])
  const range = useMemo(() => rangeOf(view, day, weeks), [view, day, weeks])
  const days = useMemo(() => daysShown(view, range, weeks), [view, range, weeks])
  const known = useCalendars()
  const calendars = known ?? noCalendars
  const { events: real, isCut, failure } = useEvents(range, format, calendars)
  const todos = useTodos(range, format, calendars)
  const todoChanges = useTodoChanges(clock.zone)
  // A year has room for no more than how many there are.
  const events = useMemo(() => (view === 'year' ? real : [...real, ...todos]), [view, real, todos])
  useNeighbours(view, day, format)
  const [front, setFront] = useState<Front | null>(null)
  const [said, setSaid] = useState('')
  const { changes, scopeQuestion } = useEventChanges(clock.zone)
  const close = () => setFront(null)
  const find = (key: string) => events.find(each => each.key === key)
  const writable = [...calendars.values()].filter(each => !each.isReadOnly)
  const calendarId = (writable.find(each => each.isVisible) ?? writable[0])?.id ?? null

  const edit = (target: EditorTarget) => setFront({ kind: 'editor', target })
  const sayNowhere = () => showToast({ kind: 'notice', text: t('calendar:editor.nowhere'), action: null })
  const whenKnown = useWhenKnown(known !== null)
  const whereNew = useRef(calendarId)
  whereNew.current = calendarId
  const create = (span: Span, inside: CalendarId | null = null) =>
    whenKnown(() => {
      const isWritable = inside !== null && calendars.get(inside)?.isReadOnly === false
      const into = isWritable ? inside : whereNew.current
      if (into === null) sayNowhere()
      else edit({ form: newForm(span, into, clock), existing: null })
    })
  const createAt = ({ day: at, hour }: GridFocus, inside: CalendarId | null = null) =>
    create(usualSpan({ day: at, minute: hour === null ? null : hour * 60 }, clock), inside)
  const loadDetail = ({ instance: { id, instance } }: ShownEvent) =>
    runCommand(host, 'events.get', { eventId: id, instance, zone: clock.zone })

  const editEvent = async (event: ShownEvent) => {
    const detail = await loadDetail(event)
    if (detail !== null) edit({ form: formOf(detail, event.span, clock), existing: { event, detail } })
  }

  /** What was dropped is shown there until the engine says so. */
  const [settling, setSettling] = useState<Moving | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the events are what the engine says.
  useEffect(() => setSettling(null), [events])
  const zoneFor = ({ instance: { zone } }: ShownEvent, span: Span, before: Span): string | null => {
    if (span.allDay) return null
    if (before.allDay) return clock.zone
    return zone === null || isKnownZone(zone) ? zone : clock.zone
  }
  const drop = async (moving: Moving) => {
    const { event, span, kind, isCopy } = moving
    if (event === null) {
      create(span)
      return
    }
    const title = titleOf(event, plain)
    if (event.todo !== undefined) {
      if (kind === 'resize' || sameSpan(span, event.span)) return
      setSettling(moving)
      useView.setState({ wanted: { event: event.key } })
      const due = whenFields(span, zoneFor(event, span, event.span), clock).start
      if (due !== undefined && (await todoChanges.dueAt(event.todo, due)))
        setSaid(t('calendar:said.moved', { title, when: format.when(span) }))
      else setSettling(null)
      return
    }
    if (isCopy) {
      const detail = await loadDetail(event)
      if (detail === null) return
      const form = formOf(detail, event.span, clock)
      const copy = { ...form, span, zone: zoneFor(event, span, event.span), repeat: 'none' as const }
      if (await changes.add(form.calendarId, fieldsOf(copy, null, clock)))
        setSaid(t('calendar:said.copied', { title, when: format.when(span) }))
      return
    }
    if (sameSpan(span, event.span)) return
    setSettling(moving)
    useView.setState({ wanted: { event: event.key } })
    const fields = whenFields(span, zoneFor(event, span, event.span), clock)
    if (await changes.change(event, fields, { verb: 'move' }))
      setSaid(
        t(kind === 'resize' ? 'calendar:said.resized' : 'calendar:said.moved', {
          title,
          when: format.when(span),
        }),
      )
    else setSettling(null)
  }
  const drag = useDrag({ clock, onDrop: moving => void drop(moving) })
  const moving = drag.moving ?? settling
  const shown = useMemo(() => withMoving(events, moving, drawnEvent), [events, moving])

  const room: RoomActions = {
    today: () => today,
    goTo: () => setFront({ kind: 'goTo' }),
    find: () => setFront({ kind: 'find' }),
    quick: text =>
      whenKnown(() => {
        if (whereNew.current === null) sayNowhere()
        else setFront({ kind: 'quick', text })
      }),
  }
  const remove = (event: ShownEvent) => {
    if (!event.isReadOnly) void (event.todo ? todoChanges.remove(event.todo) : changes.remove(event))
    else setSaid(t('calendar:said.readOnly'))
  }
  useCommands({
    ...Object.fromEntries(allCalendarActions.map(({ command, run }) => [command, () => run(room)])),
    delete: () => {
      const { eventKey } = useView.getState()
      const event = eventKey === null ? undefined : find(eventKey)
      if (event !== undefined) remove(event)
    },
    back: () => useView.setState({ isSideOpen: false }),
  })
  useTyping(text => room.quick(text))

  const title = format.heading(view, day, range)
  const count = t('calendar:events', { count: events.length })
  useEffect(() => setSaid(t('calendar:said.shown', { title, events: count })), [t, title, count])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isHandled = onMoveKey(event, {
      moving: drag.moving,
      view,
      clock,
      find,
      show: next => {
        drag.show(next)
        if (next === null || next.event === null) setSaid(t('calendar:said.cancelled'))
        else
          setSaid(
            t('calendar:said.moving', { title: titleOf(next.event, plain), when: format.when(next.span) }),
          )
      },
      drop: next => {
        drag.show(null)
        void drop(next)
      },
    })
    if (!isHandled) return
    event.preventDefault()
    event.stopPropagation()
  }
  const messageDrop = useMessageDrop()
  const handlers = useStable<EventHandlers>({
    onOpen: event => {
      if (drag.wasDragged()) return
      if (event.todo !== undefined) {
        useUi.setState({ pointed: { kind: 'todo', id: event.todo.id } })
        openRoom('todos')
        return
      }
      const anchor = document.querySelector(`[data-event="${CSS.escape(event.key)}"]`)
      if (anchor !== null) setFront({ kind: 'card', event, anchor })
    },
    onTick: event => {
      if (event.todo !== undefined) void todoChanges.toggle(event.todo)
    },
    onMenu: (event, x, y) => setFront({ kind: 'menu', event, x, y }),
    onGrab: drag.grab,
  })
  const isBeside = useView(state => state.isBeside)
  const beside = useMemo(() => {
    const visible = [...calendars.values()].filter(each => each.isVisible)
    return view === 'day' && isBeside && visible.length > 1 ? visible : null
  }, [calendars, view, isBeside])
  const View = viewOf[view]
  const props: ViewProps = {
    range,
    days,
    events: shown,
    beside,
    today,
    nowMs,
    format,
    label: title,
    handlers,
    onCreate: createAt,
    onPress: drag.press,
    movingKey: moving?.event?.key ?? null,
  }
  return (
    <div className="calendar-bounds">
      <main className="calendar" data-side={isSideOpen ? 'open' : 'closed'} aria-label={t('calendar:title')}>
        <SidePane calendars={calendars} range={range} format={format} />
        {isSideOpen ? (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape does the same for the keyboard.
          <div className="calendar-veil" onClick={() => useView.setState({ isSideOpen: false })} />
        ) : null}
        <div className="calendar-main" data-pane tabIndex={-1} onKeyDownCapture={onKeyDown} {...messageDrop}>
          <Header title={title} room={room} />
          {failure === null ? null : (
            <Banner tone="danger" title={words(failure).what}>
              {words(failure).why} {words(failure).fix}
            </Banner>
          )}
          {isCut ? <Banner>{t('calendar:isCut')}</Banner> : null}
          <div className="calendar-view-bounds">
            <View {...props} />
          </div>
          <p role="status" aria-live="polite" className="spoken">
            {said}
          </p>
        </div>
      </main>
      {front?.kind === 'card' ? (
        <EventCard
          event={front.event}
          anchor={front.anchor}
          calendars={calendars}
          format={format}
          onEdit={() => void editEvent(front.event)}
          onDelete={() => {
            close()
            remove(front.event)
          }}
          onClose={close}
        />
      ) : null}
      <ContextMenu
        label={t('calendar:menu.label')}
        place={front?.kind === 'menu' ? { x: front.x, y: front.y } : null}
        onClose={() => setFront(now => (now?.kind === 'menu' ? null : now))}
        entries={
          front?.kind === 'menu'
            ? eventMenu(front.event, plain, {
                open: handlers.onOpen,
                edit: event => void editEvent(event),
                tick: handlers.onTick,
                remove,
              })
            : []
        }
      />
      {front?.kind === 'editor' ? (
        <Editor
          target={front.target}
          calendars={calendars}
          today={today}
          format={format}
          changes={changes}
          onClose={close}
        />
      ) : null}
      {front?.kind === 'quick' && calendarId !== null ? (
        <QuickDialog
          text={front.text}
          calendars={calendars}
          usual={calendarId}
          nowMs={nowMs}
          format={format}
          onClose={close}
          onAdd={({ calendarId: into, fields, reading }) => {
            close()
            void changes.add(into, fields).then(isAdded => {
              if (isAdded) showDay(daysOf(quickSpan(reading, clock), clock).first)
            })
          }}
          onEdit={({ calendarId: into, reading }) =>
            edit({ form: quickForm(reading, into, clock), existing: null })
          }
        />
      ) : null}
      {front?.kind === 'goTo' ? (
        <GoToDialog
          today={today}
          format={format}
          onClose={close}
          onGo={to => {
            close()
            showDay(to)
            useView.setState({ wanted: 'cell' })
          }}
        />
      ) : null}
      {front?.kind === 'find' ? (
        <FindDialog
          format={format}
          calendars={calendars}
          onClose={close}
          onGo={event => {
            close()
            showDay(daysOf(event.span, clock).first, view === 'year' ? 'month' : view)
            useView.setState({ wanted: { event: event.key } })
          }}
        />
      ) : null}
      {scopeQuestion}
    </div>
  )
}
