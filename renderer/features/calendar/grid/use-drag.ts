import { type PointerEvent, useEffect, useRef, useState } from 'react'
import type { ShownEvent } from '../event/shown'
import type { Span } from '../layout/placed'
import type { GridFocus } from '../state/view-state'
import type { ZoneClock } from '../time/zone-clock'
import { draggedSpan, drawnSpan, type Place, resizedSpan, sameSpan } from './moved-span'

/** An event on its way, or one that is being drawn (`event` null), with where it would lie. */
export type Moving = Readonly<{
  event: ShownEvent | null
  kind: 'move' | 'resize' | 'create'
  span: Span
  isCopy: boolean
  by: 'pointer' | 'keyboard'
}>

/** A hand that holds still is not quite still. */
const slackPx = 4
/** So near to an edge of what scrolls the pointer pulls it along. */
const edgePx = 28

/** The place under the pointer: cells say their day, and those of hours their hour. */
function placeAt(x: number, y: number): Place | null {
  for (const element of document.elementsFromPoint(x, y)) {
    if (!(element instanceof HTMLElement) || element.dataset.day === undefined) continue
    const day = Number(element.dataset.day)
    if (element.dataset.hour === undefined) return { day, minute: null }
    const { top, height } = element.getBoundingClientRect()
    return { day, minute: Number(element.dataset.hour) * 60 + ((y - top) / height) * 60 }
  }
  return null
}

function scrollAlong(x: number, y: number): void {
  const scroller = document.elementFromPoint(x, y)?.closest('.hours')
  if (!scroller) return
  const { top, bottom } = scroller.getBoundingClientRect()
  const head = scroller.querySelector('.hours-top')?.getBoundingClientRect().height ?? 0
  if (y > bottom - edgePx) scroller.scrollBy({ top: 12 })
  // The head lies over the hours, and whole days are dropped there.
  else if (y > top + head && y < top + head + edgePx) scroller.scrollBy({ top: -12 })
}

type Held = Readonly<{
  event: ShownEvent | null
  edge: 'start' | 'end' | null
  from: Place
  x: number
  y: number
}>

/** Dragging with the pointer. Escape lets go of it as it was; Ctrl (on a Mac Alt) leaves the event where it is and drops a copy. */
export function useDrag({ clock, onDrop }: Readonly<{ clock: ZoneClock; onDrop: (moving: Moving) => void }>) {
  const [moving, setMoving] = useState<Moving | null>(null)
  const held = useRef<Held | null>(null)
  const latest = useRef<Moving | null>(null)
  const drop = useRef(onDrop)
  drop.current = onDrop
  /** The click that ends a drag is none. */
  const wasDragged = useRef(false)

  const show = (next: Moving | null) => {
    latest.current = next
    setMoving(next)
  }
  useEffect(() => {
    const update = (next: Moving | null) => {
      const now = latest.current
      if (now !== null && next !== null && sameSpan(now.span, next.span) && now.isCopy === next.isCopy) return
      latest.current = next
      setMoving(next)
    }
    const onMove = (event: globalThis.PointerEvent) => {
      const { current } = held
      if (current === null) return
      if (
        latest.current === null &&
        Math.hypot(event.clientX - current.x, event.clientY - current.y) < slackPx
      )
        return
      wasDragged.current = true
      scrollAlong(event.clientX, event.clientY)
      const place = placeAt(event.clientX, event.clientY)
      if (place === null) return
      const { event: shown, edge, from } = current
      if (shown === null) {
        update({
          event: null,
          kind: 'create',
          span: drawnSpan(from, place, clock),
          isCopy: false,
          by: 'pointer',
        })
        return
      }
      const span =
        edge === null
          ? draggedSpan(shown.span, from, place, clock)
          : resizedSpan(shown.span, edge, place, clock)
      const isCopy = edge === null && (event.ctrlKey || event.metaKey)
      update({ event: shown, kind: edge === null ? 'move' : 'resize', span, isCopy, by: 'pointer' })
    }
    const release = () => {
      held.current = null
      update(null)
    }
    const onUp = () => {
      const dropped = latest.current
      if (held.current === null) return
      release()
      if (dropped !== null && dropped.by === 'pointer') drop.current(dropped)
      // After the click that follows.
      setTimeout(() => {
        wasDragged.current = false
      })
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || held.current === null || latest.current === null) return
      event.preventDefault()
      event.stopPropagation()
      release()
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('pointercancel', release)
    addEventListener('keydown', onKey, true)
    return () => {
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('pointercancel', release)
      removeEventListener('keydown', onKey, true)
    }
  }, [clock])

  return {
    moving,
    show,
    wasDragged: () => wasDragged.current,
    /** The pointer went down on an event. */
    grab: (event: ShownEvent, pointer: PointerEvent<HTMLElement>, edge: 'start' | 'end' | null) => {
      if (pointer.button !== 0 || event.isReadOnly) return
      const from = placeAt(pointer.clientX, pointer.clientY)
      if (from !== null) held.current = { event, edge, from, x: pointer.clientX, y: pointer.clientY }
    },
    /** The pointer went down on a place of the grid. */
    press: (pointer: PointerEvent<HTMLElement>, _place: GridFocus) => {
      if (pointer.button !== 0 || pointer.target !== pointer.currentTarget) return
      const from = placeAt(pointer.clientX, pointer.clientY)
      if (from !== null)
        held.current = { event: null, edge: null, from, x: pointer.clientX, y: pointer.clientY }
    },
  }
}
