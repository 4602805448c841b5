import { commandRegistry } from './command-registry'
import { KeyMatcher } from './key-matcher'
import { WritingPause } from './writing-pause'

export const isMac = navigator.platform.startsWith('Mac')

/** `MouseEvent.button` of the one that goes back. */
const backButton = 3

const isField = (target: Element): boolean =>
  target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]') !==
  null

/**
 * Parts of the page that use plain keys themselves: dialogs, menus, lists in popovers, and whatever says
 * `data-keys="own"` (a draft window). There only commands that also work while typing are heard.
 */
const usesOwnKeys = (target: Element): boolean =>
  target.closest('[role=dialog], [role=alertdialog], [role=menu], [data-keys=own]') !== null

/** Hears the keyboard for the whole page; `room` says which is shown. Returns the function that stops it. */
export function listenToKeys(room: () => string): () => void {
  const matcher = new KeyMatcher()
  const pause = new WritingPause()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const target = event.target instanceof Element ? event.target : document.body
    const inField = isField(target) || usesOwnKeys(target)
    const nowMs = performance.now()
    if (pause.swallows(event, inField, nowMs)) {
      event.preventDefault()
      return
    }
    // Enter and Space belong to the button under the focus.
    if (
      !inField &&
      (event.key === 'Enter' || event.key === ' ') &&
      target.closest('button, a, [role=button]')
    )
      return
    const found = matcher.match(event, inField, isMac, nowMs, room())
    if (found === null) return
    if (found === 'waiting') {
      event.preventDefault()
      return
    }
    if (!commandRegistry.run(found)) return
    event.preventDefault()
    pause.ran(found, nowMs)
  }
  // The pointer's button for going back does what the key does.
  const onMouseUp = (event: MouseEvent) => {
    if (event.button === backButton && commandRegistry.run('back')) event.preventDefault()
  }
  const onFocusIn = ({ target }: FocusEvent) => {
    if (target instanceof Element && target.closest('[data-keys=own]') !== null) pause.end()
  }
  addEventListener('keydown', onKeyDown)
  addEventListener('focusin', onFocusIn)
  addEventListener('mouseup', onMouseUp)
  return () => {
    removeEventListener('keydown', onKeyDown)
    removeEventListener('focusin', onFocusIn)
    removeEventListener('mouseup', onMouseUp)
  }
}
