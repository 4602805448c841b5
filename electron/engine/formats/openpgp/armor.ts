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

/** Headers that programs put into armor are short; what is longer could be somebody's words. */
const maxArmorHeaders = 300

/**
 * The base64 of the first block of `PGP MESSAGE` armor. `beginning`: its first packets, as far as they are here. `whole`: all
 * of it, or null when anything but that block stands in the bytes.
 */
export function armorBody(bytes: Buffer): { beginning: Buffer; whole(): Buffer | null } | null {
  const start = findLine(bytes, messageArmor[0], 0)
  if (start === -1) return null
  let at = endOfLine(bytes, start)
  const headersAt = at
  for (let count = 0; count < 20 && at < bytes.length; count++) {
    const end = endOfLine(bytes, at)
    const line = bytes.toString('latin1', at, end).trim()
    // Some programs forget the empty line when there are no headers.
    if (line !== '' && !/^[A-Za-z-]+:/.test(line)) break
    at = end
    if (line === '') break
  }
  return {
    beginning: Buffer.from(bytes.toString('latin1', at, at + 4096), 'base64'),
    whole: () => {
      const last = findLine(bytes, messageArmor[1], at)
      if (last === -1 || at - headersAt > maxArmorHeaders) return null
      const isAlone = isBlank(bytes.subarray(0, start)) && isBlank(bytes.subarray(endOfLine(bytes, last)))
      const body = bytes.toString('latin1', at, last)
      if (!isAlone || !/^[A-Za-z0-9+/\s]*={0,2}\s*(?:=[A-Za-z0-9+/]{4}\s*)?$/.test(body)) return null
      return Buffer.from(body.replace(/=[A-Za-z0-9+/]{4}\s*$/, ''), 'base64')
    },
  }
}

const isBlank = (bytes: Buffer): boolean => bytes.toString('latin1').trim() === ''
