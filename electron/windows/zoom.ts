import type { BrowserWindow } from 'electron'
import { zoomSteps } from '../../shared/kit/status'

export type ZoomMove = 'in' | 'out' | 'reset'

/** The step after `percent` in a direction; the ends stay where they are. */
export const zoomAfter = (percent: number, move: ZoomMove): number => {
  if (move === 'reset') return 100
  const beyond =
    move === 'in' ? zoomSteps.find(step => step > percent) : zoomSteps.findLast(step => step < percent)
  return beyond ?? percent
}

/**
 * Keeps a window at the zoom that is remembered. Chromium remembers it by origin, and the page changes its origin at
 * every lock, so it is set again with every page.
 */
export const keepZoom = (
  window: BrowserWindow,
  parts: Readonly<{ percent: () => number; move: (move: ZoomMove) => void }>,
): void => {
  const contents = window.webContents
  contents.on('did-navigate', () => contents.setZoomFactor(parts.percent() / 100))
  // Ctrl and the wheel.
  contents.on('zoom-changed', (_event, direction) => parts.move(direction))
}
