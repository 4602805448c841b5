/** Counts what a message wanted to fetch and is never fetched; the number is shown to the reader. */
export type RemoteCounter = { blocked: number }

/** True for a reference that a browser would fetch from somewhere: http, https, ftp, and `//host`. */
export function isRemote(reference: string): boolean {
  // Browsers skip control characters and white space in front of and inside a scheme.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
  const compact = reference.slice(0, 200).replace(/[\u0000-\u0020]+/g, '')
  return /^(https?:|ftp:|wss?:|[\\/]{2})/i.test(compact)
}

/** Counts the remote references in a srcset-like list. */
export function countSrcset(value: string): number {
  let count = 0
  for (const candidate of value.slice(0, 20_000).split(',')) if (isRemote(candidate)) count++
  return count
}

/** The first remote candidate of a srcset, for a picture that has no other address. */
export function firstOfSrcset(value: string): string | null {
  for (const candidate of value.slice(0, 20_000).split(/,\s/)) {
    const address = candidate.trim().split(/\s/)[0] ?? ''
    if (isRemote(address)) return address
  }
  return null
}
