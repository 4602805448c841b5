import './event.css'
import { Ban, Check, CircleHelp, CircleX, MailQuestionMark, Repeat } from 'lucide-react'
import type { CSSProperties, PointerEvent } from 'react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon, type IconShape } from '../../../ui/actions/icon'
import { classNames } from '../../../ui/tokens/class-names'
import type { CalendarFormat } from '../format'
import { isAboveHours } from '../layout/placed'
import { useView } from '../state/view-state'
import { isOver } from '../todos/shown-todo'
import { eventName, titleOf } from './event-name'
import type { ShownEvent, Standing } from './shown'

const marks: Readonly<Record<Standing, IconShape | null>> = {
  normal: null,
  tentative: CircleHelp,
  cancelled: CircleX,
  declined: Ban,
  unanswered: MailQuestionMark,
}

export type EventHandlers = Readonly<{
  onOpen: (event: ShownEvent) => void
  onMenu: (event: ShownEvent, x: number, y: number) => void
  /** A to-do is done, or open again. */
  onTick: (event: ShownEvent) => void
  /** The pointer went down on it, perhaps to drag it. `edge`: which end it took hold of. */
  onGrab: (event: ShownEvent, pointer: PointerEvent<HTMLElement>, edge: 'start' | 'end' | null) => void
}>

/** An event in a grid: a bar over days, or a block among hours. */
export const EventButton = memo(function EventButton({
  event,
  shape,
  format,
  handlers,
  style,
  time = null,
  until = null,
  fromBefore = false,
  goesOn = false,
  isMoving = false,
}: Readonly<{
  event: ShownEvent
  shape: 'bar' | 'block' | 'line'
  format: CalendarFormat
  handlers: EventHandlers
  style: CSSProperties
  /** When it begins. Before the title, in a block below it. */
  time?: string | null
  /** When it ends; left out in a block too narrow for both. */
  until?: string | null
  fromBefore?: boolean
  goesOn?: boolean
  isMoving?: boolean
}>) {
  const { t } = useTranslation('calendar')
  const mark = marks[event.standing]
  const said =
    time === null ? null : (
      <span className="event-time numerals" aria-hidden="true">
        {time}
        {until === null ? null : <span className="event-until"> – {until}</span>}
      </span>
    )
  const isSolid = isAboveHours(event.span) || shape === 'block'
  return (
    <button
      type="button"
      tabIndex={-1}
      data-event={event.key}
      className={classNames(
        'event',
        `event-${shape}`,
        isSolid ? 'event-solid' : 'event-open',
        `event-${event.standing}`,
        fromBefore && 'event-from-before',
        goesOn && 'event-goes-on',
        isMoving && 'event-moving',
        event.todo !== undefined && 'event-todo',
        event.todo !== undefined && isOver(event.todo) && 'event-done',
      )}
      style={{ ...style, '--colour': event.colour } as CSSProperties}
      onFocus={() => useView.setState({ eventKey: event.key })}
      {...(event.todo === undefined ? {} : { 'aria-keyshortcuts': 'Space' })}
      onClick={pressed => {
        const isTick = pressed.target instanceof Element && pressed.target.closest('[data-tick]') !== null
        if (isTick && !event.isReadOnly) handlers.onTick(event)
        else handlers.onOpen(event)
      }}
      onKeyDown={pressed => {
        if (event.todo === undefined || event.isReadOnly || pressed.key !== ' ') return
        // A button would be pressed by it.
        pressed.preventDefault()
        handlers.onTick(event)
      }}
      onContextMenu={pressed => {
        pressed.preventDefault()
        const { left, bottom } = pressed.currentTarget.getBoundingClientRect()
        // The menu key has no pointer.
        const isKey = pressed.clientX === 0 && pressed.clientY === 0
        handlers.onMenu(event, isKey ? left : pressed.clientX, isKey ? bottom : pressed.clientY)
      }}
      onPointerDown={pointer => {
        const edge = (pointer.target as HTMLElement).getAttribute('data-edge')
        handlers.onGrab(event, pointer, edge === 'start' || edge === 'end' ? edge : null)
      }}
    >
      {/* What is seen is cut where there is no room, and says nothing of the day. */}
      <span className="spoken">{eventName(event, t, format)}</span>
      {event.todo === undefined ? null : (
        <span className="event-tick" data-tick aria-hidden="true">
          {isOver(event.todo) ? <Icon of={Check} size={10} /> : null}
        </span>
      )}
      <span className="event-words">
        {mark === null ? null : <Icon of={mark} size={12} className="event-mark" />}
        {shape === 'block' ? null : said}
        <span className="event-title" dir="auto" aria-hidden="true">
          {/* With the first word, so that no small block cuts it off. */}
          {event.instance.isRepeating && shape === 'block' ? (
            <Icon of={Repeat} size={11} className="event-repeats" />
          ) : null}
          {titleOf(event, t)}
        </span>
        {shape === 'block' ? said : null}
        {shape === 'block' && event.instance.location !== '' ? (
          <span className="event-place" dir="auto" aria-hidden="true">
            {event.instance.location}
          </span>
        ) : null}
      </span>
      {event.isReadOnly || fromBefore || event.todo !== undefined ? null : (
        <span className="event-edge" data-edge="start" />
      )}
      {event.isReadOnly || goesOn || event.todo !== undefined ? null : (
        <span className="event-edge" data-edge="end" />
      )}
    </button>
  )
})
