import { decodeCharset } from '../charset/charset'
import { decodeBase64 } from '../parts/transfer'

/** One encoded word (RFC 2047 §2, with the language of RFC 2231 §5) at `start` up to `end` in a header value. */
type Word = Readonly<{ start: number; end: number; charset: string; encoding: 'b' | 'q'; text: string }>

const beginning = /=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([BbQq])\?/y

function beginsAt(value: string, at: number): RegExpExecArray | null {
  beginning.lastIndex = at
  return beginning.exec(value)
}

/**
 * The encoded word that begins at this place, or null. Its text may hold what RFC 2047 forbids and senders write: spaces,
 * commas, quotes, question marks; it ends at the first `?=` unless another word begins before that.
 */
function wordAt(value: string, at: number): Word | null {
  const begin = beginsAt(value, at)
  if (begin === null) return null
  const from = at + begin[0].length
  const close = value.indexOf('?=', from)
  if (close === -1) return null
  const encoding = begin[2]?.toLowerCase() === 'b' ? 'b' : 'q'
  for (
    let inner = value.indexOf('=?', from);
    inner !== -1 && inner < close;
    inner = value.indexOf('=?', inner + 2)
  )
    if (beginsAt(value, inner)) return null
  const text = value.slice(from, close)
  if (encoding === 'b' && text.includes('?')) return null
  return { start: at, end: close + 2, charset: begin[1]?.toLowerCase() ?? '', encoding, text }
}

/** Where the encoded word that begins at a place ends (behind it), or -1 when none does. Asked of one value many times. */
export function encodedWordEnds(value: string): (at: number) => number {
  const lastClose = value.lastIndexOf('?=')
  return at => (at < lastClose ? (wordAt(value, at)?.end ?? -1) : -1)
}

/**
 * Encoded words (RFC 2047) in an unfolded header value. Neighbours separated by white space only are joined, and
 * their bytes are put together before the charset is decoded, because senders split multibyte characters and even the
 * four letters of base64. Linear.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value
  let out = ''
  let textFrom = 0
  let pending: Word[] = []
  const flush = () => {
    if (pending.length > 0) out += decodeCharset(bytesOf(pending), pending[0]?.charset ?? '')
    pending = []
  }
  // Behind the last end no word is looked for: every try would go to the end of the value.
  const lastClose = value.lastIndexOf('?=')
  for (let at = value.indexOf('=?'); at !== -1 && at < lastClose; ) {
    const word = wordAt(value, at)
    if (word === null) {
      at = value.indexOf('=?', at + 1)
      continue
    }
    const between = value.slice(textFrom, word.start)
    if (pending.length === 0 || between.trim() !== '') {
      flush()
      out += between
    } else if (pending[0]?.charset !== word.charset) flush()
    pending.push(word)
    textFrom = word.end
    at = value.indexOf('=?', word.end)
  }
  flush()
  return out + value.slice(textFrom)
}

function bytesOf(words: readonly Word[]): Buffer {
  const pieces: Buffer[] = []
  let cut = ''
  for (const { encoding, text, charset } of words) {
    if (encoding === 'q') {
      if (cut !== '') pieces.push(base64(cut))
      cut = ''
      pieces.push(decodeQ(text, charset))
      continue
    }
    const compact = text.replace(/\s+/g, '')
    // A word that ends within its four letters goes on in the next one, when the two together come out even.
    if (cut !== '' && (cut.length + compact.length) % 4 !== 0) {
      pieces.push(base64(cut))
      cut = ''
    }
    const joined = cut + compact
    cut = joined.length % 4 !== 0 && !joined.includes('=') && joined.length < 1000 ? joined : ''
    if (cut === '') pieces.push(base64(joined))
  }
  if (cut !== '') pieces.push(base64(cut))
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)
}

const base64 = (text: string): Buffer => decodeBase64(Buffer.from(text, 'latin1'))

function decodeQ(text: string, charset: string): Buffer {
  // Raw 8-bit text within a word was decoded before.
  const bytes = Buffer.from(text.replaceAll('_', ' '), charset.startsWith('utf') ? 'utf8' : 'latin1')
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
