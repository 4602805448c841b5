import type { WebContents } from 'electron'

/** Keys that move the focus from link to link. */
const movingKeys = /^(Tab|F6)$/

/**
 * Lets the focus say which link is shown once the keyboard moved it. Chromium goes on naming the link on which the pointer
 * happens to rest while Enter opens the focused one; told that the pointer left, it names the focused one, and the next
 * move of the pointer names that link again.
 */
export const preferFocusedLink = (contents: WebContents): void => {
  contents.on('before-input-event', (_event, { type, key }) => {
    if (type === 'keyDown' && movingKeys.test(key))
      contents.sendInputEvent({ type: 'mouseLeave', x: -1, y: -1 })
  })
}
