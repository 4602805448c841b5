/** A remote image as it may be asked for. */
export type RemoteTarget = Readonly<{ host: string; port: number; path: string }>

/** What may be asked at all; tests put their own server here, nothing else does. */
export type TargetRules = Readonly<{
  isPublicHost: (host: string) => boolean
  /** Whether an address is that of an open counter: nothing redirects to one. */
  isCounter: (url: string) => boolean
  isPort: (port: number) => boolean
}>

/** Longer addresses carry something other than the name of an image. */
const maxCharacters = 4000

/**
 * Where an image of a message is, or null when it is not asked for: clear HTTP becomes HTTPS, and what is neither, has a
 * user name, another port than 443 or a host that is not public is left alone. Whether it is worth asking for was judged before.
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

const isAllowed = ({ port, host }: RemoteTarget, rules: TargetRules): boolean =>
  rules.isPort(port) && rules.isPublicHost(host)

/** Where a redirect leads, by the same rules; nor may a picture that was judged to be one lead to a counter. */
export function redirectedTo(target: RemoteTarget, rules: TargetRules): RemoteTarget | null {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host
  return isAllowed(target, rules) && !rules.isCounter(`https://${host}${target.path}`) ? target : null
}
