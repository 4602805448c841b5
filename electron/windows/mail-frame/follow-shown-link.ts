import type { WebContents } from 'electron'
import { ShownLink } from './shown-link'

/** Follows which link of a window is to be shown before anybody opens it, in the page and in the frames of mail bodies. */
export const followShownLink = (contents: WebContents, show: (url: string) => void): void => {
  const link = new ShownLink(show)
  contents.on('update-target-url', (_event, url) => link.name(url))
  contents.on('before-mouse-event', () => link.move())
  contents.on('before-input-event', (_event, { type, key }) => {
    if (type === 'keyDown') link.press(key)
  })
}
