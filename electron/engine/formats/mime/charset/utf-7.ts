const foreign = -1

/** Value of a base64 letter (RFC 4648 §4), without padding as UTF-7 has none. */
const sixBits = (code: number): number => {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 26
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52
  return code === 0x2b ? 62 : code === 0x2f ? 63 : foreign
}

/**
 * UTF-7 (RFC 2152) in one pass: `+` begins UTF-16 in base64, anything else ends it, `-` behind it goes. iconv-lite makes a
 * buffer for each such stretch, which takes minutes where there are millions. 8-bit bytes are U+FFFD; never throws.
 */
export function decodeUtf7(bytes: Buffer): string {
  let out = ''
  let isShifted = false
  let isEmpty = false
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    const value = isShifted ? sixBits(byte) : foreign
    if (value !== foreign) {
      isEmpty = false
      held = (held << 6) | value
      bits += 6
      if (bits >= 16) {
        bits -= 16
        out += String.fromCharCode((held >> bits) & 0xffff)
        held &= (1 << bits) - 1
      }
      continue
    }
    if (isShifted) {
      isShifted = false
      if (byte === 0x2d) {
        if (isEmpty) out += '+'
        continue
      }
    }
    if (byte === 0x2b) {
      isShifted = true
      isEmpty = true
      held = 0
      bits = 0
    } else out += byte < 0x80 ? String.fromCharCode(byte) : '\ufffd'
  }
  return out
}
