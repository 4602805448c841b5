import type { KeyboardEvent } from 'react'

/** Pixels an arrow key scrolls, as browsers do. */
const linePx = 40
/** Pixels left over from the page before, so that the eye finds its place. */
const overlapPx = 32

/** Controls that use these keys themselves. */
const ownKeys =
  'input, textarea, select, [contenteditable=true], [role=listbox], [role=menu], [role=tree], [role=radiogroup], [role=tablist], [role=grid], [role=slider], [aria-haspopup=listbox]'

/**
 * Scrolls what is around the focus, or the part of a dialog that is long while the focus is on a button at its foot: there the
 * browser scrolls nothing.
 */
export function scrollByKeys(event: KeyboardEvent, body: HTMLElement | null): void {
  // In a very low window the dialog scrolls whole.
  const scroller = body !== null && getComputedStyle(body).overflowY === 'visible' ? body.parentElement : body
  if (scroller === null || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  const target = event.target instanceof Element ? event.target : null
  if (target === null || !event.currentTarget.contains(target) || target.closest(ownKeys) !== null) return
  const page = scroller.clientHeight - overlapPx
  const isOnButton = target.closest('button, a, [role=button]') !== null
  const by: Readonly<Record<string, number>> = {
    ArrowDown: linePx,
    ArrowUp: -linePx,
    PageDown: page,
    PageUp: -page,
    Home: -scroller.scrollHeight,
    End: scroller.scrollHeight,
    // On a button it is a press.
    ...(isOnButton ? {} : { ' ': event.shiftKey ? -page : page }),
  }
  const top = by[event.key]
  if (top === undefined) return
  const before = scroller.scrollTop
  scroller.scrollBy({ top, behavior: 'instant' })
  if (scroller.scrollTop === before) return
  event.preventDefault()
  event.stopPropagation()
}
