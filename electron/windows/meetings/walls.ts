/** What one meeting may reach. */
export type MeetingWalls = Readonly<{
  /** Whether a frame of it may show this address; the whole window shows its own host alone. */
  isPage(url: string, isMainFrame: boolean): boolean
  /** Whether its pages may ask for this address. */
  mayRequest(url: string): boolean
}>

/** What hardening asks of the session of a meeting: its walls, and how it signs in at the door of the engine. */
export type MeetingGuard = MeetingWalls &
  Readonly<{ proxy: Readonly<{ port: number; user: string; password: string }> }>

/** Walls around `host` and the further hosts that the person named for it, each as `host` or `host:port`. */
export function meetingWalls(host: string, hosts: readonly string[]): MeetingWalls {
  const all: ReadonlySet<string> = new Set([host, ...hosts])
  const isAt = (url: URL | null, protocols: readonly string[]): boolean =>
    url !== null &&
    protocols.includes(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    all.has(url.host)
  return {
    isPage(url, isMainFrame) {
      const parsed = URL.parse(url)
      return isAt(parsed, ['https:']) && (!isMainFrame || parsed?.host === host)
    },
    mayRequest(url) {
      const parsed = URL.parse(url)
      // Made by the page itself out of what it has; nothing is dialled for them.
      if (parsed?.protocol === 'data:') return true
      if (parsed?.protocol === 'blob:') return isAt(URL.parse(parsed.pathname), ['https:'])
      return isAt(parsed, ['https:', 'wss:'])
    },
  }
}
