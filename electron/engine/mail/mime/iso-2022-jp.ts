import iconv from 'iconv-lite'

/**
 * ISO-2022-JP (RFC 1468) by way of EUC-JP: two-byte JIS X 0208 characters are the same with the high bits set.
 * Half-width katakana (ESC ( I) become EUC's 0x8e pairs. Unknown escapes are dropped; never throws.
 */
export function decodeIso2022Jp(bytes: Buffer): string {
  const out = Buffer.allocUnsafe(bytes.length * 2)
  let length = 0
  let mode: 'ascii' | 'kanji' | 'katakana' = 'ascii'
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 0x1b) {
      const first = bytes[at + 1]
      const second = bytes[at + 2]
      if (first === 0x28) {
        mode = second === 0x49 ? 'katakana' : 'ascii'
        at += 2
      } else if (first === 0x24) {
        mode = 'kanji'
        // ESC $ ( D selects JIS X 0212; its characters come out wrong rather than shifting the rest.
        at += second === 0x28 ? 3 : 2
      }
    } else if (byte === 0x0a || byte === 0x0d) {
      mode = 'ascii'
      out[length++] = byte
    } else if (mode === 'kanji' && byte > 0x20 && byte < 0x7f && at + 1 < bytes.length) {
      out[length++] = byte | 0x80
      out[length++] = (bytes[++at] ?? 0x21) | 0x80
    } else if (mode === 'katakana' && byte > 0x20 && byte < 0x60) {
      out[length++] = 0x8e
      out[length++] = byte | 0x80
    } else {
      out[length++] = byte
    }
  }
  return iconv.decode(out.subarray(0, length), 'euc-jp')
}
