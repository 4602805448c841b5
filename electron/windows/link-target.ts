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

/** Longest address the program deals with; longer ones are not links for people. */
const linkLimit = 8000

/**
 * The target of a link, re-serialised by the URL parser so that nothing hides in white space, capitals or
 * look-alike letters (a host name comes out in ASCII). Null for every scheme but http, https and mailto.
 */
export const linkTarget = (link: string): LinkTarget | null => {
  if (link.length > linkLimit) return null
  let url: URL
  try {
    url = new URL(link)
  } catch {
    return null
  }
  if (url.protocol === 'mailto:') return { kind: 'mail', url: url.href }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  return {
    kind: 'web',
    url: url.href,
    host: url.host,
    hasCredentials: url.username !== '' || url.password !== '',
  }
}
