import { BrowserWindow, nativeTheme, type Session, screen } from 'electron'
import { hardenedPreferences } from './hardening'
import type { WindowPlace } from './preferences'
import { placeFor, smallestSize } from './window-place'

export type AppWindowParts = Readonly<{
  session: Session
  preloadFile: string
  place: WindowPlace | null
  rememberPlace: (place: WindowPlace) => void
  developerTools: boolean
}>

/** The page's own first colours, so that nothing flashes before it has drawn. */
const background = { light: '#ebe7df', dark: '#181919' } as const

const rememberSoon = (window: BrowserWindow, remember: (place: WindowPlace) => void): void => {
  let timer: NodeJS.Timeout | undefined
  const now = () => {
    if (!window.isDestroyed()) remember({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(now, 400)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('maximize', soon)
  window.on('unmaximize', soon)
  window.on('close', () => {
    clearTimeout(timer)
    now()
  })
}

/** A page that died is loaded again, but not over and over: a second death within this time leaves it be. */
const reloadPauseMs = 60_000

const reloadAfterCrash = (window: BrowserWindow): void => {
  let lastMs = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = Date.now()
    if (reason === 'clean-exit' || now - lastMs < reloadPauseMs) return
    lastMs = now
    window.webContents.reload()
  })
}

/** Opens the one window. It shows itself when the page has drawn. */
export const openAppWindow = (parts: AppWindowParts): BrowserWindow => {
  const { bounds, maximized } = placeFor(
    parts.place,
    screen.getAllDisplays().map(display => display.workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: 'Siegel',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      ...hardenedPreferences,
      session: parts.session,
      preload: parts.preloadFile,
      devTools: parts.developerTools,
    },
  })
  if (maximized) window.maximize()
  rememberSoon(window, parts.rememberPlace)
  reloadAfterCrash(window)
  // What Chromium would go back to stays out of its memory; there is nothing to go back to.
  window.webContents.on('did-navigate', () => window.webContents.navigationHistory.clear())
  window.on('page-title-updated', event => event.preventDefault())
  // Whichever comes first: where nothing is drawn for a window that is hidden, it would stay hidden for ever.
  const show = () => {
    if (!window.isDestroyed() && !window.isVisible()) window.show()
  }
  window.once('ready-to-show', show)
  window.webContents.once('did-finish-load', show)
  const follow = () => {
    window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? background.dark : background.light)
  }
  nativeTheme.on('updated', follow)
  window.once('closed', () => nativeTheme.off('updated', follow))
  return window
}

/** Brings a window to the front. */
export const raise = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
