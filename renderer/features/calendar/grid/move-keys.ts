import type { KeyboardEvent } from 'react'
import type { ShownEvent } from '../event/shown'
import { useView } from '../state/view-state'
import type { View } from '../time/ranges'
import type { ZoneClock } from '../time/zone-clock'
import { eventAttribute, readingKey } from './grid-keys'
import { movedBy, resizedSpan, snapMinutes } from './moved-span'
import type { Moving } from './use-drag'

const hasHours = (view: View): boolean => view === 'day' || view === 'week' || view === 'workWeek'

/** Days and minutes that an arrow key moves by in a view; null for another key. */
function stepOf(
  view: View,
  key: string,
  isAllDay: boolean,
): Readonly<{ days: number; minutes: number }> | null {
  const up =
    hasHours(view) && !isAllDay
      ? { days: 0, minutes: snapMinutes }
      : { days: view === 'month' ? 7 : 1, minutes: 0 }
  switch (key) {
    case 'ArrowLeft':
      return { days: -1, minutes: 0 }
    case 'ArrowRight':
      return { days: 1, minutes: 0 }
    case 'ArrowDown':
      return up
    case 'ArrowUp':
      return { days: -up.days, minutes: -up.minutes }
    default:
      return null
  }
}

function lengthened(moving: Moving, step: Readonly<{ days: number; minutes: number }>, clock: ZoneClock) {
  const { span } = moving
  if (span.allDay) return resizedSpan(span, 'end', { day: span.last + step.days, minute: null }, clock)
  const end = movedBy(
    { allDay: false, startMs: span.endMs, endMs: span.endMs },
    step.days,
    step.minutes,
    clock,
  )
  if (end.allDay) return span
  return { ...span, endMs: Math.max(end.startMs, span.startMs + snapMinutes * 60_000) }
}

/**
 * Moving an event with the keyboard: Alt and an arrow moves it, with Shift its end; Enter drops it, Ctrl+Enter drops a copy, Escape lets
 * go of it as it was. True when the key was its.
 */
export function onMoveKey(
  event: KeyboardEvent<HTMLElement>,
  {
    moving,
    view,
    clock,
    find,
    show,
    drop,
  }: Readonly<{
    moving: Moving | null
    view: View
    clock: ZoneClock
    find: (key: string) => ShownEvent | undefined
    show: (moving: Moving | null) => void
    drop: (moving: Moving) => void
  }>,
): boolean {
  const key = (event.target as HTMLElement).getAttribute(eventAttribute)
  if (moving?.by === 'keyboard') {
    if (event.key === 'Escape') show(null)
    else if (event.key === 'Enter') drop({ ...moving, isCopy: event.ctrlKey || event.metaKey })
    if (event.key === 'Escape' || event.key === 'Enter') {
      if (moving.event !== null) useView.setState({ wanted: { event: moving.event.key } })
      return true
    }
  }
  if (!event.altKey || event.ctrlKey || event.metaKey || key === null || view === 'year' || view === 'agenda')
    return false
  const shown = find(key)
  if (shown === undefined || shown.isReadOnly) return false
  const now: Moving = moving ?? {
    event: shown,
    kind: 'move',
    span: shown.span,
    isCopy: false,
    by: 'keyboard',
  }
  const step = stepOf(view, readingKey(event), now.span.allDay)
  if (step === null) return false
  useView.setState({ wanted: { event: key } })
  show(
    event.shiftKey
      ? {
          ...now,
          kind: now.kind === 'move' && moving !== null ? 'move' : 'resize',
          span: lengthened(now, step, clock),
        }
      : { ...now, kind: 'move', span: movedBy(now.span, step.days, step.minutes, clock) },
  )
  return true
}
