/** A remote image as it may be asked for. */
export type RemoteTarget = Readonly<{ host: string; port: number; path: string }>

/** What may be asked at all; tests put their own server here, nothing else does. */
export type TargetRules = Readonly<{
  isPublicHost: (host: string) => boolean
  isTracker: (url: string) => boolean
  isPort: (port: number) => boolean
}>

/** Longer addresses carry something other than the name of an image. */
const maxCharacters = 4000

/**
 * Where an image of a message is, or null when it is not asked for: clear HTTP becomes HTTPS, and what is neither, has a
 * user name, another port than 443, a host that is not public, or the look of a tracker is left alone.
 */
export function remoteTarget(source: string, rules: TargetRules): RemoteTarget | null {
  if (source.length > maxCharacters) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip them, so they are skipped here.
  const compact = source.replace(/[\u0000-\u0020]+/g, '').replaceAll('\\', '/')
  const text = compact.startsWith('//') ? `https:${compact}` : compact.replace(/^http:/i, 'https:')
  const url = /^https:\/\//i.test(text) ? URL.parse(text) : null
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return null
  const target = {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    // `http://host:80/` became an https address with port 80.
    port: url.port === '' || url.port === '80' ? 443 : Number(url.port),
    path: url.pathname + url.search,
  }
  return isAllowed(target, rules) ? target : null
}

/** The same rules for where a redirect leads. */
export function isAllowed(target: RemoteTarget, rules: TargetRules): boolean {
  return (
    rules.isPort(target.port) &&
    rules.isPublicHost(target.host) &&
    !rules.isTracker(`https://${target.host.includes(':') ? `[${target.host}]` : target.host}${target.path}`)
  )
}
