import { decodeCharset } from './charset'
import { decodeBase64 } from './transfer'

const word = /=\?([^?\s*]{1,40})(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=/g

/**
 * Encoded words (RFC 2047) in an unfolded header value. Neighbours separated by white space only are joined, and
 * their bytes are put together before the charset is decoded, because senders split multibyte characters.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value
  let out = ''
  let textFrom = 0
  let pending: Buffer[] = []
  let pendingCharset = ''
  const flush = () => {
    if (pending.length > 0)
      out += decodeCharset(
        pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending),
        pendingCharset,
      )
    pending = []
  }
  for (const match of value.matchAll(word)) {
    const between = value.slice(textFrom, match.index)
    if (pending.length === 0 || !/^\s*$/.test(between)) {
      flush()
      out += between
    }
    const charset = (match[1] ?? '').toLowerCase()
    if (pending.length > 0 && charset !== pendingCharset) flush()
    pendingCharset = charset
    pending.push(
      (match[2] ?? '').toUpperCase() === 'B'
        ? decodeBase64(Buffer.from(match[3] ?? '', 'latin1'))
        : decodeQ(match[3] ?? ''),
    )
    textFrom = match.index + match[0].length
  }
  flush()
  return out + value.slice(textFrom)
}

function decodeQ(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('_', ' '), 'latin1')
  if (!text.includes('=')) return bytes
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    const hex = byte === 0x3d ? bytes.toString('latin1', at + 1, at + 3) : ''
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes[length++] = Number.parseInt(hex, 16)
      at += 2
    } else bytes[length++] = byte
  }
  return bytes.subarray(0, length)
}
