import { asBuffer } from '../../../formats/as-buffer'

/** They say themselves what they are written in; a charset from outside would win over that. */
const selfDescribing: ReadonlySet<string> = new Set(['text/html', 'text/xml'])

/**
 * The charset of a text that is attached, from its bytes alone: without one a reader takes US-ASCII (RFC 2046 §4.1.2). A text
 * in some 8-bit charset is `unknown-8bit` (RFC 1428): a guess would be wrong half of the time, and looks like knowledge.
 * Null where none is to be named.
 */
export function textCharset(contentType: string, bytes: Uint8Array): string | null {
  if (!contentType.startsWith('text/')) return null
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return isUtf8(bytes) ? 'utf-8' : 'unknown-8bit'
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'utf-16'
  const content = asBuffer(bytes)
  if (!hasHighByte(content)) {
    // Seven bits with escapes are another charset than ASCII (RFC 1468).
    if (jisEscapes.some(sequence => content.includes(sequence))) return 'iso-2022-jp'
    return content.includes(0) ? unknown(contentType) : 'us-ascii'
  }
  return !content.includes(0) && isUtf8(bytes) ? 'utf-8' : unknown(contentType)
}

const jisEscapes = ['$@', '$B', '(J'].map(letters => `\u001b${letters}`)

const unknown = (contentType: string): string | null =>
  selfDescribing.has(contentType) ? null : 'unknown-8bit'

const hasHighByte = (bytes: Uint8Array): boolean => bytes.some(byte => byte > 0x7f)

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
