import type { KeyboardEvent } from 'react'
import { type GridFocus, moveFocus, useView } from '../state/view-state'
import type { Day } from '../time/day'

/** The attribute of an event's button that holds its key. */
export const eventAttribute = 'data-event'

const eventButton = (grid: Element, key: string): HTMLElement | null =>
  grid.querySelector<HTMLElement>(`[${eventAttribute}="${CSS.escape(key)}"]`)

/** The cell that is a stop of the Tab key. */
export const stopOf = (grid: Element): HTMLElement | null =>
  grid.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')

/** Takes the keyboard where it is wanted, once that is drawn. */
export function goWhereWanted(grid: Element): void {
  const { wanted } = useView.getState()
  if (wanted === null) return
  const target = wanted === 'cell' ? stopOf(grid) : eventButton(grid, wanted.event)
  if (target === null) return
  // What stays at the top while the hours pass below is seen in any case: to go there scrolls nothing away.
  const isStuck = target.closest('.hours-top') !== null
  target.focus({ preventScroll: true })
  if (!isStuck) target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  useView.setState({ wanted: null })
}

export type GridMoves = Readonly<{
  /** Days of the grid, in order. */
  days: readonly Day[]
  /** Arrow keys: where a key leads from a place, null for a key that leads nowhere. */
  step: (focus: GridFocus, key: string) => GridFocus | null
  /** Keys of the events that lie on the place. */
  eventsAt: (focus: GridFocus) => readonly string[]
  /** Keys of all events shown, in the order in which the arrows go through them. */
  order: readonly string[]
  /** Enter on a place without events. */
  onEmpty: (focus: GridFocus) => void
}>

/** Left and right as they are seen: in writing from right to left the next day lies left. */
export function readingKey(event: Pick<KeyboardEvent, 'key' | 'currentTarget'>): string {
  if (getComputedStyle(event.currentTarget as Element).direction !== 'rtl') return event.key
  return event.key === 'ArrowLeft' ? 'ArrowRight' : event.key === 'ArrowRight' ? 'ArrowLeft' : event.key
}

/** What the keyboard does in a grid: arrows move, Enter goes in, Escape out again. True when the key was its. */
export function onGridKey(event: KeyboardEvent<HTMLElement>, moves: GridMoves): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false
  const target = event.target as HTMLElement
  const grid = event.currentTarget
  const key = readingKey(event)
  const shown = target.getAttribute(eventAttribute)
  if (shown !== null) {
    if (key === 'Escape') {
      useView.setState({ eventKey: null, wanted: 'cell' })
      stopOf(grid)?.focus()
      return true
    }
    const offset =
      key === 'ArrowDown' || key === 'ArrowRight' ? 1 : key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 0
    if (offset === 0) return false
    const keys = moves.order.filter(each => eventButton(grid, each) !== null)
    const next = keys[keys.indexOf(shown) + offset]
    if (next !== undefined) eventButton(grid, next)?.focus()
    return true
  }
  if (target.getAttribute('role') !== 'gridcell') return false
  const { focus } = useView.getState()
  if (key === 'Enter') {
    const [first] = moves.eventsAt(focus)
    const button = first === undefined ? null : eventButton(grid, first)
    if (button === null) moves.onEmpty(focus)
    else button.focus()
    return true
  }
  const next = moves.step(focus, key)
  if (next === null) return false
  moveFocus(next, moves.days.includes(next.day))
  return true
}
