/** Web, mail and telephone links; anything else is no link. */
export function cleanLink(href: unknown): string | null {
  if (typeof href !== 'string' || href.length > 20_000) return null
  const url = URL.parse(href.trim())
  if (!url || !['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return null
  // A name and password in front of the host only serve to deceive.
  if (url.username !== '' || url.password !== '') {
    url.username = ''
    url.password = ''
  }
  return url.href
}
