import { limits } from '../../../ports/limits'
import { decodeGuess } from '../charset/charset'
import { decodeWords } from './encoded-words'

// biome-ignore lint/suspicious/noControlCharactersInRegex: ESC is what announces ISO-2022-JP.
const toGuess = /[\u0080-\u00ff]|\u001b[$(]/

/** The fields of one header block (RFC 5322 §2.2), in order, names in lower case, values as sent. */
export type HeaderFields = Readonly<{ names: readonly string[]; values: readonly string[] }>

/**
 * Cuts a header block into fields. Lines end in LF, CRLF or (when `lineEnd` is CR) a bare CR. A line without a
 * colon that continues nothing is skipped. Only the first `limits.headerBytes` are read.
 */
export function readFields(bytes: Buffer, start: number, end: number, lineEnd: number): HeaderFields {
  const text = bytes.toString('latin1', start, Math.min(end, start + limits.headerBytes))
  const lineBreak = lineEnd === 0x0d ? '\r' : '\n'
  const names: string[] = []
  const values: string[] = []
  let at = 0
  while (at < text.length) {
    let stop = text.indexOf(lineBreak, at)
    // A line that begins with white space continues the one before (folding).
    while (stop !== -1 && (text.charCodeAt(stop + 1) === 0x20 || text.charCodeAt(stop + 1) === 0x09)) {
      stop = text.indexOf(lineBreak, stop + 1)
    }
    if (stop === -1) stop = text.length
    const colon = text.indexOf(':', at)
    if (colon > at && colon < stop && colon - at <= 200) {
      names.push(text.slice(at, colon).trimEnd().toLowerCase())
      values.push(text.slice(colon + 1, stop))
    }
    at = stop + 1
  }
  return { names, values }
}

/** First value of a field, unfolded, 8-bit bytes still as Latin-1 characters; empty when absent. */
export function rawValue(fields: HeaderFields, name: string): string {
  const index = fields.names.indexOf(name)
  return index === -1 ? '' : unfold(fields.values[index] ?? '')
}

/** Every value of a field joined by commas (address lists that came in several fields). */
export function rawList(fields: HeaderFields, name: string): string {
  let joined = rawValue(fields, name)
  let index = fields.names.indexOf(name)
  while (index !== -1) {
    index = fields.names.indexOf(name, index + 1)
    if (index !== -1) joined += `, ${unfold(fields.values[index] ?? '')}`
  }
  return joined
}

/**
 * Raw 8-bit header text (RFC 6532, or plainly broken) from its bytes as Latin-1 characters: UTF-8 when valid, else the
 * charset that the body declares, else windows-1252. Escapes of ISO-2022-JP need no eighth bit.
 */
export function decodeEightBit(value: string, charset = ''): string {
  return toGuess.test(value) ? decodeGuess(Buffer.from(value, 'latin1'), charset) : value
}

/** First value of a field as text: 8-bit guessed, encoded words decoded. */
export function textValue(fields: HeaderFields, name: string, charset = ''): string {
  return decodeWords(decodeEightBit(rawValue(fields, name), charset))
}

function unfold(value: string): string {
  if (value.includes('\n') || value.includes('\r')) return value.replace(/\r?\n|\r/g, '').trim()
  return value.trim()
}
