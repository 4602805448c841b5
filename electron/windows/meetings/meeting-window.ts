import { BaseWindow, type DesktopCapturerSource, type Session, session, WebContentsView } from 'electron'
import { hardenedPreferences } from '../hardening'
import { type Captured, guardPermissions } from './permissions'
import { meetingTitle } from './questions'
import { type MeetingGuard, meetingWalls } from './walls'
import type { MeetingWords } from './words'

/** The way out of a meeting's window: a proxy on this machine that knows where this one meeting may go. */
export type MeetingWay = Readonly<{
  id: number
  url: string
  host: string
  hosts: readonly string[]
  port: number
  user: string
  password: string
}>

export type MeetingWindow = Readonly<{
  window: BaseWindow
  /** Whether it may hear or see the person. */
  isCapturing(): boolean
  close(): void
}>

export type MeetingWindowParts = Readonly<{
  way: MeetingWay
  words: () => MeetingWords
  /** Says whose session this is before anything is made of it. */
  guard: (session: Session, guard: MeetingGuard) => void
  askDevices: (kinds: readonly ('audio' | 'video')[], parent: BaseWindow) => Promise<boolean>
  askScreen: (
    sources: readonly DesktopCapturerSource[],
    parent: BaseWindow,
  ) => Promise<DesktopCapturerSource | null>
  ownWindows: () => readonly string[]
  onForbidden: () => void
  onFailed: (detail: string) => void
  onClosed: () => void
}>

/** Of the frame, in pixels; the page can draw nothing on it. */
const frameWidth = 8
const frameColours = { quiet: '#5b5a57', capturing: '#d2210f' } as const

/**
 * Opens a meeting in a window that shares nothing with the rest of Siegel: a session of its own in memory, wiped when it closes, no preload, one host
 * to go to, through the gate's door for this meeting. Around the page is a frame of main's, red while it may hear or see the person.
 */
export async function openMeetingWindow(parts: MeetingWindowParts): Promise<MeetingWindow> {
  const { way, words } = parts
  const walls = meetingWalls(way.host, way.hosts)
  const own = session.fromPartition(`meeting ${way.user}`, { cache: false })
  parts.guard(own, { ...walls, proxy: way })
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !walls.mayRequest(details.url) }))
  own.setUserAgent(plainUserAgent(own.getUserAgent()))
  await own.setProxy({
    mode: 'fixed_servers',
    proxyRules: `http://127.0.0.1:${way.port}`,
    proxyBypassRules: '<-loopback>',
  })

  const captured = new Set<Captured>()
  const window = new BaseWindow({
    width: 1100,
    height: 760,
    minWidth: 480,
    minHeight: 400,
    title: meetingTitle(way.host, captured, words()),
    backgroundColor: frameColours.quiet,
  })
  window.removeMenu()
  const view = new WebContentsView({
    webPreferences: { ...hardenedPreferences, session: own, devTools: false },
  })
  const { webContents } = view
  window.contentView.addChildView(view)

  const place = () => {
    const { width, height } = window.contentView.getBounds()
    const inner = (size: number) => Math.max(0, size - 2 * frameWidth)
    view.setBounds({ x: frameWidth, y: frameWidth, width: inner(width), height: inner(height) })
  }
  const draw = (now: ReadonlySet<Captured>) => {
    captured.clear()
    for (const kind of now) captured.add(kind)
    if (window.isDestroyed()) return
    const colour = captured.size > 0 ? frameColours.capturing : frameColours.quiet
    window.setBackgroundColor(colour)
    window.contentView.setBackgroundColor(colour)
    window.setTitle(meetingTitle(way.host, captured, words()))
  }
  const close = () => {
    if (!window.isDestroyed()) window.destroy()
  }
  const permissions = guardPermissions({
    session: own,
    contents: () => (webContents.isDestroyed() ? null : webContents),
    walls,
    askDevices: kinds => parts.askDevices(kinds, window),
    askScreen: sources => parts.askScreen(sources, window),
    ownWindows: parts.ownWindows,
    onChange: draw,
    onForbidden() {
      close()
      parts.onForbidden()
    },
  })

  place()
  draw(captured)
  window.contentView.on('bounds-changed', place)
  // What another page was allowed ended with it.
  webContents.on('did-navigate', permissions.forget)
  webContents.on('render-process-gone', close)
  window.once('closed', () => {
    permissions.forget()
    if (!webContents.isDestroyed()) webContents.close()
    void wipe(own)
    parts.onClosed()
  })
  webContents.loadURL(way.url).catch((error: unknown) => {
    const code = String((error as { code?: unknown }).code ?? 'ERR_FAILED')
    // A page that went on to another of its host while it was loading is no failure.
    if (code === 'ERR_ABORTED' || window.isDestroyed()) return
    close()
    parts.onFailed(code)
  })
  return { window, isCapturing: () => captured.size > 0, close }
}

/** Says Chromium as every browser does, and nothing of Siegel or Electron. */
const plainUserAgent = (agent: string): string =>
  agent.replace(/ (?!Chrome|Safari)[\w.-]+\/\S+(?= Chrome| Safari)/gi, '')

const wipe = async (own: Session): Promise<void> => {
  await own.closeAllConnections()
  await Promise.all([own.clearStorageData(), own.clearCache(), own.clearAuthCache(), own.clearCodeCaches({})])
}
