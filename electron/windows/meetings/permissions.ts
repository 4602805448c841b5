import { type DesktopCapturerSource, desktopCapturer, type Session, type WebContents } from 'electron'
import type { MeetingWalls } from './walls'

/** What a meeting may take from the person. */
export type Captured = 'audio' | 'video' | 'screen'

/** A page that is told no so often since it was loaded is not asked for again. */
const mostRefusals = 3
/** Screens and windows that are offered; more buttons do not fit. */
const mostSources = 9
/** The system may never tell what there is, as some do while something is shown already. */
const listPatienceMs = 8000
/** How soon after a yes the browser asks for the source that was chosen. */
const sourcePatienceMs = 1000

export type PermissionParts = Readonly<{
  session: Session
  contents: () => WebContents | null
  walls: MeetingWalls
  /** Asks for microphone and camera in main's own window. */
  askDevices: (kinds: readonly ('audio' | 'video')[]) => Promise<boolean>
  /** Asks what of the screen is shown. */
  askScreen: (sources: readonly DesktopCapturerSource[]) => Promise<DesktopCapturerSource | null>
  /** Ids of our own windows, which are never offered. */
  ownWindows: () => readonly string[]
  onChange: (captured: ReadonlySet<Captured>) => void
  /** The page took a picture of the screen past the choice. */
  onForbidden: () => void
}>

/**
 * Microphone, camera and screen of a meeting: asked once for each page that it loads, and forgotten with that page. Everything else that a page can
 * ask for is refused. The browser does not tell when a page stops listening, so what was allowed counts as going on until the page is gone.
 */
export function guardPermissions(parts: PermissionParts): Readonly<{ forget(): void }> {
  const { session, walls } = parts
  const captured = new Set<Captured>()
  let refusals = 0
  let chosen: DesktopCapturerSource | null = null
  let patience: NodeJS.Timeout | undefined

  const note = (kinds: readonly Captured[], isAllowed: boolean): boolean => {
    if (isAllowed) for (const kind of kinds) captured.add(kind)
    else refusals += 1
    if (isAllowed) parts.onChange(captured)
    return isAllowed
  }

  const devices = async (kinds: readonly ('audio' | 'video')[]): Promise<boolean> => {
    const asked = kinds.filter(kind => !captured.has(kind))
    if (asked.length === 0) return true
    if (refusals >= mostRefusals) return false
    return note(asked, await parts.askDevices(asked))
  }

  const screen = async (): Promise<boolean> => {
    if (refusals >= mostRefusals) return false
    const all = await sourcesInTime()
    const own = parts.ownWindows()
    const source = await parts.askScreen(all.filter(({ id }) => !own.includes(id)).slice(0, mostSources))
    chosen = source
    if (source === null) return note(['screen'], false)
    // getDisplayMedia comes for what was chosen at once. Electron's older way names a source of the page's own and never comes.
    clearTimeout(patience)
    patience = setTimeout(parts.onForbidden, sourcePatienceMs)
    return note(['screen'], true)
  }

  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const isOurs =
      contents === parts.contents() && details.isMainFrame && walls.isPage(details.requestingUrl, true)
    if (!isOurs || (permission !== 'media' && permission !== 'display-capture')) return answer(false)
    const kinds = ('mediaTypes' in details ? details.mediaTypes : undefined) ?? []
    const isScreen = permission === 'display-capture' || kinds.length === 0
    ;(isScreen ? screen() : devices(kinds)).then(answer, () => answer(false))
  })
  session.setPermissionCheckHandler((contents, permission, _origin, { mediaType, isMainFrame }) => {
    if (contents !== parts.contents() || !isMainFrame || permission !== 'media') return false
    return (mediaType === 'audio' || mediaType === 'video') && captured.has(mediaType)
  })
  session.setDisplayMediaRequestHandler((_request, answer) => {
    clearTimeout(patience)
    const source = chosen
    chosen = null
    answer(source === null ? null : { video: source })
  })

  return {
    forget() {
      clearTimeout(patience)
      chosen = null
      refusals = 0
      captured.clear()
      parts.onChange(captured)
    },
  }
}

/** All of one kind; rejects where the system does not tell in time. */
const listed = (kind: 'screen' | 'window'): Promise<readonly DesktopCapturerSource[]> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no list of ${kind}s`)), listPatienceMs)
    desktopCapturer
      .getSources({ types: [kind], thumbnailSize: { width: 0, height: 0 } })
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })

/** Screens, then windows: asked for both at once Chromium sometimes never answers on X11. Without a list of windows the screens are offered alone. */
const sourcesInTime = async (): Promise<readonly DesktopCapturerSource[]> => {
  const screens = await listed('screen')
  return [...screens, ...(await listed('window').catch(() => []))]
}
