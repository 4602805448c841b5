/** The address of a message by its Message-ID (RFC 2392), as other programs take it too. */
export const messageAddress = (name: string): string =>
  `mid:${encodeURIComponent(name).replaceAll('%40', '@')}`

/** The Message-ID that a `mid:` address names; of a part of a message that of its message. Null for any other address. */
export function messageNamed(url: string): string | null {
  const match = /^mid:([^/?#]+)/i.exec(url.trim())
  if (match === null) return null
  try {
    return decodeURIComponent(match[1] ?? '').slice(0, 998) || null
  } catch {
    return null
  }
}
