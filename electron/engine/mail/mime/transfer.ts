/**
 * Content-Transfer-Encoding (RFC 2045 §6), tolerant: broken input gives as much as can be had, never an error.
 * Unknown encodings are read as they are (as 8bit).
 */
export function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case 'base64':
      return decodeBase64(bytes)
    case 'quoted-printable':
      return decodeQuotedPrintable(bytes)
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return decodeUuencode(bytes)
    default:
      return bytes
  }
}

/** Base64 that skips foreign characters and goes on after padding in the middle (joined encodings). */
export function decodeBase64(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const padding = text.indexOf('=')
  if (
    padding === -1 ||
    (/^[=\s]*$/.test(text.slice(padding, padding + 200)) && text.length - padding < 200)
  ) {
    return Buffer.from(text, 'base64')
  }
  const pieces: Buffer[] = []
  for (const piece of text.split(/=[=\s]*/)) if (piece !== '') pieces.push(Buffer.from(piece, 'base64'))
  return Buffer.concat(pieces)
}

const hexValue = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57
  return -1
}

/** Quoted-printable (RFC 2045 §6.7): soft breaks, white space before a line end dropped, bad escapes left alone. */
function decodeQuotedPrintable(bytes: Buffer): Buffer {
  if (bytes.indexOf(0x3d) === -1) return bytes
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  const end = bytes.length
  for (let at = 0; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === 0x3d) {
      const high = hexValue(bytes[at + 1] ?? 0)
      const low = high === -1 ? -1 : hexValue(bytes[at + 2] ?? 0)
      if (low !== -1) {
        out[length++] = (high << 4) | low
        at += 2
        continue
      }
      // A soft break: "=" then optional white space then the line end, or the end of the part.
      let next = at + 1
      while (next < end && (bytes[next] === 0x20 || bytes[next] === 0x09)) next++
      if (next >= end) break
      if (bytes[next] === 0x0d && bytes[next + 1] === 0x0a) at = next + 1
      else if (bytes[next] === 0x0a || bytes[next] === 0x0d) at = next
      else out[length++] = byte
    } else if (byte === 0x0a || byte === 0x0d) {
      // Literal white space before a line end was added on the way (rule 3); an escaped =20 stays.
      for (let before = at - 1; bytes[before] === 0x20 || bytes[before] === 0x09; before--) length--
      out[length++] = byte
    } else {
      out[length++] = byte
    }
  }
  return out.subarray(0, length)
}

/** One uuencoded file: from its "begin" line (when there is one) to "end". */
function decodeUuencode(bytes: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (const line of bytes.toString('latin1').split(/\r?\n|\r/)) {
    if (line === 'end') break
    if (line === '' || /^begin(-base64)? [0-7]{3,4} /.test(line)) continue
    const length = (line.charCodeAt(0) - 32) & 63
    if (length === 0) continue
    const piece = Buffer.alloc(length)
    let bits = 0
    let held = 0
    let filled = 0
    for (let at = 1; at < line.length && filled < length; at++) {
      held = (held << 6) | ((line.charCodeAt(at) - 32) & 63)
      bits += 6
      if (bits >= 8) {
        bits -= 8
        piece[filled++] = (held >> bits) & 255
        held &= (1 << bits) - 1
      }
    }
    pieces.push(piece.subarray(0, filled))
  }
  return Buffer.concat(pieces)
}
