import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { type Codec, codecOf } from './charset-labels'
import { decodeHz } from './hz'
import { decodeIso2022, looksLikeIso2022 } from './iso-2022'
import { decodeUtf7 } from './utf-7'
import { decodeUtf16, markOf } from './utf-16'

const decoders = new Map<string, (bytes: Buffer) => string>()

/**
 * Bytes to text by charset label (RFC 2045 §5.1). Labels that say nothing, and ASCII that is none, are guessed
 * (`decodeGuess`). Never throws; undecodable bytes become U+FFFD. Reads the same in Node and in Electron, whose ICU data
 * differ: no charset but UTF-8 is left to the runtime.
 */
export function decodeCharset(bytes: Buffer, label: string): string {
  // The mark of UTF-8 is three letters in no language: it is believed before the label, as browsers do.
  if (hasUtf8Mark(bytes)) return decodeUtf8(bytes)
  const key = label.length > 40 ? '' : label
  let decode = decoders.get(key)
  if (!decode) {
    decode = decoderFor(codecOf(key))
    // Labels come from mail: keep a bounded number of them.
    if (decoders.size < 200) decoders.set(key, decode)
  }
  return decode(bytes)
}

/** True when the label names a charset that is read by itself, not guessed. */
export function isCharset(label: string): boolean {
  const codec = label.length > 40 ? null : codecOf(label)
  return codec !== null && codec.kind !== 'guess'
}

/**
 * Text of unknown charset: UTF-16 with its mark, ISO-2022-JP or -KR by their escapes, UTF-8 when valid, else `fallback`
 * (a label), else windows-1252.
 */
export function decodeGuess(bytes: Buffer, fallback = ''): string {
  if (isAscii(bytes)) {
    const text = bytes.toString('latin1')
    return looksLikeIso2022.test(text) ? decodeIso2022(bytes) : text
  }
  if (isUtf8(bytes)) return decodeUtf8(bytes)
  if (markOf(bytes) !== null) return decodeUtf16(bytes, null)
  // Cut within a character, or with a few broken ones: the others are still UTF-8.
  const asUtf8 = decodeUtf8(bytes)
  if (isMostlyUtf8(asUtf8)) return asUtf8
  return isCharset(fallback) ? decodeCharset(bytes, fallback) : iconv.decode(bytes, 'windows-1252')
}

/** At least ten characters beyond ASCII for each byte that is none. */
function isMostlyUtf8(text: string): boolean {
  let broken = 0
  let good = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken++
    else if (code > 0x7f) good++
  }
  return good > broken * 10
}

const hasUtf8Mark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

function decodeUtf8(bytes: Buffer): string {
  return bytes.toString('utf8', hasUtf8Mark(bytes) ? 3 : 0)
}

function decoderFor(codec: Codec | null): (bytes: Buffer) => string {
  switch (codec?.kind) {
    case undefined:
    case 'guess':
      return bytes => decodeGuess(bytes)
    case 'utf-8':
      return decodeUtf8
    case 'iso-2022-jp':
      // 8-bit bytes without any escape are another charset under this name.
      return bytes =>
        isAscii(bytes) || bytes.includes(0x1b) ? decodeIso2022(bytes) : decodeGuess(bytes, 'shift_jis')
    case 'iso-2022-kr':
      return bytes => decodeIso2022(bytes, 'ksX1001')
    case 'utf-7':
      return decodeUtf7
    case 'hz':
      return decodeHz
    case 'utf-16':
      return bytes => decodeUtf16(bytes, null)
    case 'utf-16be':
      return bytes => decodeUtf16(bytes, 'be')
    case 'utf-16le':
      return bytes => decodeUtf16(bytes, 'le')
    case 'iconv': {
      const { name } = codec
      return bytes => iconv.decode(bytes, name)
    }
  }
}
