import { findUuencoded, type UuencodedFile } from './uuencode'

/** Bytes that are decoded for a text of so many characters: the longest charset takes four bytes for one. */
export const bytesPerCharacter = 4

/**
 * Content-Transfer-Encoding (RFC 2045 §6), tolerant: broken input gives as much as can be had, never an error.
 * Unknown encodings are read as they are (as 8bit). One pass, and no more memory than the result, which is at most
 * `maxBytes` long.
 */
export function decodeTransfer(bytes: Buffer, encoding: string, maxBytes = Number.MAX_SAFE_INTEGER): Buffer {
  switch (encoding) {
    case 'base64':
      return decodeBase64(bytes, maxBytes)
    case 'quoted-printable':
      return decodeQuotedPrintable(bytes, maxBytes)
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return decodeUuencoded(bytes, maxBytes)
    default:
      return bytes.length > maxBytes ? bytes.subarray(0, maxBytes) : bytes
  }
}

const foreign = 0xff
const padding = 0xfe

/** Values of both alphabets (RFC 4648 §4 and §5): senders mix them up. */
const sixBits = (() => {
  const table = new Uint8Array(256).fill(foreign)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  for (let value = 0; value < 64; value++) table[alphabet.charCodeAt(value)] = value
  table[0x2d] = 62
  table[0x5f] = 63
  table[0x3d] = padding
  return table
})()

/**
 * Base64 that skips foreign characters and goes on after padding in the middle (joined encodings): four letters at a time
 * into one buffer, since pieces of a byte each (`QQ==QQ==...`) would take fifty times the memory of what they hold.
 */
export function decodeBase64(bytes: Buffer, maxBytes = Number.MAX_SAFE_INTEGER): Buffer {
  const out = Buffer.allocUnsafe(Math.min(Math.ceil(bytes.length / 4) * 3, maxBytes))
  let length = 0
  let held = 0
  let bits = 0
  for (let at = 0; at < bytes.length && length < out.length; at++) {
    const value = sixBits[bytes[at] as number] as number
    if (value < 64) {
      held = (held << 6) | value
      bits += 6
      if (bits >= 8) {
        bits -= 8
        out[length++] = (held >> bits) & 0xff
        held &= (1 << bits) - 1
      }
    } else if (value === padding) {
      held = 0
      bits = 0
    }
  }
  return out.subarray(0, length)
}

const hexValue = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57
  return -1
}

/** Quoted-printable (RFC 2045 §6.7): soft breaks, white space before a line end dropped, bad escapes left alone. */
function decodeQuotedPrintable(bytes: Buffer, maxBytes: number): Buffer {
  const out = Buffer.allocUnsafe(Math.min(bytes.length, maxBytes))
  let length = 0
  /** White space behind the last other byte, which a line end takes away; what was escaped is not counted. */
  let blanks = 0
  const end = bytes.length
  for (let at = 0; at < end && length < out.length; at++) {
    const byte = bytes[at] as number
    if (byte === 0x3d) {
      const high = hexValue(bytes[at + 1] ?? 0)
      const low = high === -1 ? -1 : hexValue(bytes[at + 2] ?? 0)
      if (low !== -1) {
        out[length++] = (high << 4) | low
        at += 2
        blanks = 0
        continue
      }
      // A soft break: "=" then optional white space then the line end, or the end of the part.
      let next = at + 1
      while (next < end && (bytes[next] === 0x20 || bytes[next] === 0x09)) next++
      if (next >= end) break
      blanks = 0
      if (bytes[next] === 0x0d && bytes[next + 1] === 0x0a) at = next + 1
      else if (bytes[next] === 0x0a || bytes[next] === 0x0d) at = next
      else out[length++] = byte
    } else if (byte === 0x0a || byte === 0x0d) {
      // Literal white space before a line end was added on the way (rule 3); an escaped =20 stays.
      length -= blanks
      blanks = 0
      out[length++] = byte
    } else {
      blanks = byte === 0x20 || byte === 0x09 ? blanks + 1 : 0
      out[length++] = byte
    }
  }
  return out.subarray(0, length)
}

/** One uuencoded file; without a "begin" line as much as reads as lines of it. */
function decodeUuencoded(bytes: Buffer, maxBytes: number): Buffer {
  const [file] = findUuencoded(bytes, { first: true })
  const lines: UuencodedFile = file ?? { name: '', start: 0, end: bytes.length, dataStart: 0, form: 'uu' }
  return file?.form === 'base64'
    ? decodeBase64(bytes.subarray(lines.dataStart, lines.end), maxBytes)
    : decodeUuLines(bytes.subarray(lines.dataStart, lines.end), maxBytes)
}

/** Lines of uuencode (POSIX): a length character, then four characters for three bytes; up to "end". */
export function decodeUuLines(bytes: Buffer, maxBytes = Number.MAX_SAFE_INTEGER): Buffer {
  const out = Buffer.allocUnsafe(Math.min(bytes.length, maxBytes))
  let length = 0
  let at = 0
  while (at < bytes.length && length < out.length) {
    let stop = at
    while (stop < bytes.length && bytes[stop] !== 0x0a && bytes[stop] !== 0x0d) stop++
    if (stop - at === 3 && bytes.toString('latin1', at, stop) === 'end') break
    let wanted = stop > at ? ((bytes[at] as number) - 0x20) & 63 : 0
    let held = 0
    let bits = 0
    for (let from = at + 1; from < stop && wanted > 0 && length < out.length; from++) {
      held = (held << 6) | (((bytes[from] as number) - 0x20) & 63)
      bits += 6
      if (bits >= 8) {
        bits -= 8
        out[length++] = (held >> bits) & 0xff
        held &= (1 << bits) - 1
        wanted--
      }
    }
    at = stop + 1
  }
  return out.subarray(0, length)
}
