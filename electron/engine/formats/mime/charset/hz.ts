import iconv from 'iconv-lite'

const tilde = 0x7e

/**
 * HZ (RFC 1843): GB 2312 between `~{` and `~}`, `~~` for a tilde, a tilde at the end of a line joins the next one. A line
 * ends the Chinese mode even when `~}` was forgotten; other sequences stay as they are. Never throws.
 */
export function decodeHz(bytes: Buffer): string {
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  let isChinese = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    const next = bytes[at + 1]
    if (byte === 0x0a) {
      isChinese = false
      out[length++] = byte
    } else if (isChinese) {
      if (byte === tilde && next === 0x7d) {
        isChinese = false
        at++
      } else if (byte > 0x20 && byte < tilde && next !== undefined && next > 0x20 && next < 0x7f) {
        out[length++] = byte | 0x80
        out[length++] = next | 0x80
        at++
      } else out[length++] = byte
    } else if (byte === tilde && next === 0x7b) {
      isChinese = true
      at++
    } else if (byte === tilde && next === tilde) {
      out[length++] = tilde
      at++
    } else if (byte === tilde && next === 0x0a) at++
    else if (byte === tilde && next === 0x0d && bytes[at + 2] === 0x0a) at += 2
    else out[length++] = byte
  }
  return iconv.decode(out.subarray(0, length), 'gb18030')
}
