const lineFeed = 0x0a

/** Where a line with exactly this text (white space behind it is forgiven) begins, from `from` on; -1 when nowhere. */
function findLine(bytes: Buffer, line: string, from: number): number {
  for (let at = bytes.indexOf(line, from, 'latin1'); at !== -1; at = bytes.indexOf(line, at + 1, 'latin1')) {
    if (at > 0 && bytes[at - 1] !== lineFeed && bytes[at - 1] !== 0x0d) continue
    const end = endOfLine(bytes, at)
    if (bytes.toString('latin1', at + line.length, end).trim() === '') return at
  }
  return -1
}

/** Behind the line end of the line at `at`. */
function endOfLine(bytes: Buffer, at: number): number {
  const stop = bytes.indexOf(lineFeed, at)
  return stop === -1 ? bytes.length : stop + 1
}

/** A stretch from one marker line to another, both included; null when there is none. */
export function findArmor(bytes: Buffer, begin: string, end: string): { start: number; end: number } | null {
  const start = findLine(bytes, begin, 0)
  if (start === -1) return null
  const last = findLine(bytes, end, start)
  return last === -1 ? null : { start, end: endOfLine(bytes, last) }
}

export const messageArmor = ['-----BEGIN PGP MESSAGE-----', '-----END PGP MESSAGE-----'] as const
export const clearSignedArmor = ['-----BEGIN PGP SIGNED MESSAGE-----', '-----END PGP SIGNATURE-----'] as const

/** Armored or binary OpenPGP data that begins like an encrypted message (RFC 9580 §5.1, §5.13). */
export function looksEncrypted(bytes: Buffer): boolean {
  if (findArmor(bytes.subarray(0, 4096), messageArmor[0], messageArmor[0]) !== null) return true
  const first = bytes[0] ?? 0
  if ((first & 0x80) === 0) return false
  const tag = (first & 0x40) === 0 ? (first & 0x3c) >> 2 : first & 0x3f
  // Session keys (public, symmetric) or the encrypted data itself.
  return tag === 1 || tag === 3 || tag === 9 || tag === 18 || tag === 20
}
