import iconv from 'iconv-lite'
import { decodeIso2022Jp } from './iso-2022-jp'

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what this tests for.
const notAscii = /[^\u0000-\u007f]/

const decoders = new Map<string, (bytes: Buffer) => string>()

/**
 * Bytes to text by charset label (RFC 2045 §5.1). Unknown labels, and ASCII that is none, are guessed: UTF-8
 * when valid, else windows-1252. Never throws; undecodable bytes become U+FFFD.
 */
export function decodeCharset(bytes: Buffer, label: string): string {
  const key = label.length > 40 ? '' : label
  let decode = decoders.get(key)
  if (!decode) {
    decode = decoderFor(key.trim().toLowerCase())
    // Labels come from mail: keep a bounded number of them.
    if (decoders.size < 200) decoders.set(key, decode)
  }
  return decode(bytes)
}

/** Text of unknown charset: UTF-8 when valid, else windows-1252. */
export function decodeGuess(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  if (!notAscii.test(text)) return text
  const asUtf8 = stripBom(bytes.toString('utf8'))
  if (!asUtf8.includes('\ufffd') || bytes.includes('\ufffd')) return asUtf8
  return new TextDecoder('windows-1252').decode(bytes)
}

const stripBom = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

function decoderFor(label: string): (bytes: Buffer) => string {
  switch (label) {
    case 'utf-8':
    case 'utf8':
      return bytes => stripBom(bytes.toString('utf8'))
    case '':
    case 'us-ascii':
    case 'ascii':
    case '7bit':
    case '8bit':
    case 'binary':
    case 'unknown-8bit':
    case 'default':
    case 'x-unknown':
      return decodeGuess
    case 'iso-2022-jp':
    case 'csiso2022jp':
    case 'iso-2022-jp-1':
    case 'iso-2022-jp-ms':
    case 'cp50220':
    case 'cp50221':
      // Node built with Chromium's ICU data lacks this converter, and iconv-lite never had it.
      return decodeIso2022Jp
    default:
  }
  try {
    const decoder = new TextDecoder(aliases.get(label) ?? label)
    // The WHATWG "replacement" encoding answers one U+FFFD for everything; guessing tells the reader more.
    if (decoder.encoding !== 'replacement') return bytes => decoder.decode(bytes)
  } catch {
    // Not a label of the Encoding Standard (utf-7, cp850, hz ...), or not in this ICU.
  }
  if (iconv.encodingExists(label)) return bytes => stripBom(iconv.decode(bytes, label))
  return decodeGuess
}

/** Labels seen in mail that the Encoding Standard does not know but means. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['cp932', 'shift_jis'],
  ['ms932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['ms936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['ks_c_5601', 'euc-kr'],
  ['cp950', 'big5'],
  ['cp1250', 'windows-1250'],
  ['ansi_x3.110-1983', 'windows-1252'],
  ['iso-8859-8-e', 'iso-8859-8'],
])
