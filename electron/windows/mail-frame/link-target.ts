/** The scheme of an address with its colon, or '' when it is none. */
export const protocolOf = (url: string): string => {
  try {
    return new URL(url).protocol
  } catch {
    return ''
  }
}

/** Where a link leads, in the form that is shown and that is opened: the two are the same string. */
export type LinkTarget =
  | Readonly<{ kind: 'web'; url: string; host: string; hasCredentials: boolean }>
  | Readonly<{ kind: 'mail'; url: string }>
  | Readonly<{ kind: 'phone'; number: string }>
  | Readonly<{ kind: 'too-long'; characters: number }>

/** Longest address that a browser and the system between take without harm. */
const linkLimit = 20_000

/**
 * The target of a link, re-serialised by the URL parser so that nothing hides in white space, capitals or
 * look-alike letters (a host name comes out in ASCII). Null for every scheme but http, https, mailto and tel.
 */
export const linkTarget = (link: string): LinkTarget | null => {
  const url = URL.parse(link)
  if (url === null) return null
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  if (!isWeb && url.protocol !== 'mailto:' && url.protocol !== 'tel:') return null
  if (link.length > linkLimit) return { kind: 'too-long', characters: link.length }
  if (url.protocol === 'mailto:') return { kind: 'mail', url: url.href }
  if (url.protocol === 'tel:') return { kind: 'phone', number: phoneNumber(url.pathname) }
  return {
    kind: 'web',
    url: url.href,
    host: url.host,
    hasCredentials: url.username !== '' || url.password !== '',
  }
}

/** The number of a tel: address (RFC 3966 §3) without its parameters, as it is written. */
function phoneNumber(path: string): string {
  const number = path.split(';')[0] ?? ''
  try {
    return decodeURIComponent(number).slice(0, 100)
  } catch {
    return number.slice(0, 100)
  }
}
