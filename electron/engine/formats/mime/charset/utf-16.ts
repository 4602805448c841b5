import iconv from 'iconv-lite'

/** Which end of a UTF-16 text comes first, by its byte order mark; null when it has none. */
export function markOf(bytes: Buffer): 'be' | 'le' | null {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'be'
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'le' : null
}

/** Characters that are looked at to tell the ends apart. */
const looked = 2000

/**
 * UTF-16 (RFC 2781). A mark wins over the label, as senders write "utf-16le" before either. Without mark and without
 * word of the label the zero bytes of Latin letters and line ends decide, and else big-endian (RFC 2781 §4.3).
 */
export function decodeUtf16(bytes: Buffer, label: 'be' | 'le' | null): string {
  const mark = markOf(bytes)
  const body = mark === null ? bytes : bytes.subarray(2)
  return iconv.decode(body, (mark ?? label ?? guess(body)) === 'be' ? 'utf-16be' : 'utf-16le')
}

function guess(bytes: Buffer): 'be' | 'le' {
  let little = 0
  let big = 0
  for (let at = 0; at + 1 < bytes.length && at < looked; at += 2) {
    if (bytes[at] === 0) big++
    if (bytes[at + 1] === 0) little++
  }
  return little > big ? 'le' : 'be'
}
