/** The door that a meeting's window goes through, on this machine. */
type MeetingProxy = Readonly<{ port: number; user: string; password: string }>

/** What hardening asks of the session of a meeting. */
export type MeetingGuard = MeetingWalls & Readonly<{ proxy: MeetingProxy }>

/** What one meeting may reach. */
export type MeetingWalls = Readonly<{
  /** Whether a frame of it may show this address; the whole window shows its own host alone. */
  isPage(url: string, isMainFrame: boolean): boolean
  /** Whether its pages may ask for this address. */
  mayRequest(url: string): boolean
}>

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
