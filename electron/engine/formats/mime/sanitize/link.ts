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

/** What an element of a mail is called in our document; null for what is no name. */
export function cleanName(name: unknown): string | null {
  if (typeof name !== 'string' || name.length > 200 || !/^[^\s"'<>&`=\\]+$/u.test(name)) return null
  return `m-${name}`
}

/** A link to a place in the mail itself, under the name that the place has in our document; null for any other. */
export function cleanAnchor(href: unknown): string | null {
  if (typeof href !== 'string' || !/^\s*#./.test(href)) return null
  let name = href.trim().slice(1)
  try {
    name = decodeURIComponent(name)
  } catch {
    // What is no encoding is meant as it stands.
  }
  const clean = cleanName(name)
  return clean === null ? null : `#${encodeURIComponent(clean)}`
}
