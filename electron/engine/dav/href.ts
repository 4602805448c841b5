import { getDomain } from 'tldts'

/**
 * Where an address of an answer leads, in one spelling for comparing: path segments are decoded and encoded again, so `@` and
 * `%40` are one. Null for what is no address of this server; servers answer with paths or with whole addresses.
 */
export function hrefKey(href: string, base: URL): string | null {
  const url = URL.parse(href, base.href)
  if (url === null || url.origin !== base.origin) return null
  return pathKey(url)
}

/** The path of an address in one spelling. */
export const pathKey = (url: URL): string => url.pathname.split('/').map(segmentKey).join('/')

function segmentKey(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment))
  } catch {
    // Not UTF-8 once decoded: the server's own spelling is all there is.
    return segment
  }
}

/** Whether a path is below a collection, and not the collection itself. */
export const isBelow = (key: string, collectionKey: string): boolean => {
  const folder = collectionKey.endsWith('/') ? collectionKey : `${collectionKey}/`
  return key.startsWith(folder) && key.length > folder.length
}

/** Whether a path is the collection itself; servers answer with and without the last slash. */
export const isSamePath = (a: string, b: string): boolean => a.replace(/\/$/, '') === b.replace(/\/$/, '')

/**
 * Where a redirect may lead: to the same registrable domain (RFC 6764 §8 has no wider one), by TLS, without a name in it.
 * Null: nowhere that may be asked.
 */
export function permittedRedirect(location: string, from: URL): URL | null {
  const to = URL.parse(location, from.href)
  if (to === null || to.protocol !== 'https:' || to.username !== '' || to.password !== '') return null
  if (to.hostname === from.hostname) return to
  const domain = getDomain(to.hostname, { allowPrivateDomains: true })
  return domain !== null && domain === getDomain(from.hostname, { allowPrivateDomains: true }) ? to : null
}
