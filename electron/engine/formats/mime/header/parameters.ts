import { decodeCharset } from '../charset/charset'
import { decodeWords } from './encoded-words'
import { decodeEightBit } from './header-fields'

/** A structured value: `text/plain; charset=utf-8`. The value is in lower case, the parameters are decoded. */
export type ParameterizedValue = Readonly<{ value: string; parameters: ReadonlyMap<string, string> }>

/** Far above what any part has, so that a boundary behind a name of many segments is still found. */
const mostParameters = 10_000

/**
 * Content-Type and Content-Disposition values (RFC 2045 §5.1, RFC 2183) with comments, RFC 2231 continuations, charsets
 * and percent escapes, quoted strings and, as many senders do against the rules, encoded words, bare values with spaces
 * and a missing semicolon. `charset`: what raw 8-bit names are read as when they are not UTF-8. Linear, never throws.
 */
export function parseParameterized(raw: string, charset = ''): ParameterizedValue {
  const first = valueEnd(raw)
  const value = withoutComments(raw.slice(0, first))
    .replace(/\s*\/\s*/, '/')
    .trim()
    .toLowerCase()
  const pairs: [string, string][] = []
  let at = first
  while (at < raw.length && pairs.length < mostParameters) {
    at = skipSpace(raw, at)
    if (raw[at] === ';') {
      at++
      continue
    }
    let nameEnd = at
    while (nameEnd < raw.length && !/[=;(]/.test(raw[nameEnd] as string)) nameEnd++
    const name = raw.slice(at, nameEnd).trim().toLowerCase()
    at = skipSpace(raw, nameEnd)
    if (raw[at] !== '=') {
      at = Math.max(at, nameEnd)
      if (raw[at] !== ';' && at < raw.length) at = skipTo(raw, at, ';')
      continue
    }
    const read = readValue(raw, skipSpace(raw, at + 1), /^(?:file)?name\b/.test(name))
    if (name !== '') pairs.push([name, read.value])
    at = read.next
  }
  return { value: value.split(/\s/, 1)[0] ?? '', parameters: joinContinuations(pairs, charset) }
}

/** Where the value ends and its parameters begin: a semicolon, or a space before something like `name=`. */
function valueEnd(raw: string): number {
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] === ';') return at
    if (raw[at] === '(') at = commentEnd(raw, at) - 1
    else if (/\s/.test(raw[at] as string) && beginsParameter(raw, at)) return at
  }
  return raw.length
}

function readValue(raw: string, from: number, isName: boolean): { value: string; next: number } {
  if (raw[from] === '"') {
    const closing = closingQuote(raw, from)
    const quoted = raw.slice(from + 1, closing)
    const value = quoted.includes('\\') ? quoted.replace(/\\(.)/g, '$1') : quoted
    return { value, next: afterQuote(raw, closing + 1) }
  }
  let stop = from
  while (stop < raw.length && raw[stop] !== ';') {
    const character = raw[stop] as string
    // A comment, as in `charset=us-ascii (Plain; text)`; in a bare file name parentheses are part of it.
    if (character === '(' && !isName) stop = commentEnd(raw, stop)
    // `charset=utf-8 format=flowed`: the semicolon between was forgotten.
    else if (!isName && stop > from && /\s/.test(character) && beginsParameter(raw, stop)) break
    else stop++
  }
  const bare = raw.slice(from, stop)
  return { value: isName ? withoutLastComment(bare.trim()) : withoutComments(bare).trim(), next: stop }
}

/** True when `name=` stands at this place, white space before it allowed. */
const beginsParameter = (raw: string, at: number): boolean =>
  /^\s*[a-z][\w*-]*\s*=/i.test(raw.slice(at, at + 100))

/** Behind a quoted value: up to the next semicolon, or where a parameter without one begins. */
function afterQuote(raw: string, from: number): number {
  const at = skipSpace(raw, from)
  return beginsParameter(raw, at) ? at : skipTo(raw, at, ';')
}

function skipTo(raw: string, from: number, character: string): number {
  for (let at = from; at < raw.length; at++) {
    if (raw[at] === '(') at = commentEnd(raw, at) - 1
    else if (raw[at] === character) return at
  }
  return raw.length
}

/** Over white space and comments. */
function skipSpace(raw: string, from: number): number {
  let at = from
  for (;;) {
    while (at < raw.length && /\s/.test(raw[at] as string)) at++
    if (raw[at] !== '(') return at
    at = commentEnd(raw, at)
  }
}

/** `report.pdf (scanned)` has a comment, `report (1).pdf` and `report (1)` are names. */
function withoutLastComment(name: string): string {
  return /^(.*\.\w{1,8})\s+\([^()]*\)$/s.exec(name)?.[1] ?? name
}

function withoutComments(text: string): string {
  if (!text.includes('(')) return text
  let out = ''
  let from = 0
  for (let at = text.indexOf('('); at !== -1; at = text.indexOf('(', from)) {
    out += text.slice(from, at)
    from = commentEnd(text, at)
  }
  return out + text.slice(from)
}

/** Behind the comment that opens at `open`, or -1 when it never closes. Comments nest (RFC 5322 §3.2.2). */
export function closedCommentEnd(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at + 1
  }
  return -1
}

/** As `closedCommentEnd`; a comment that never closes takes the rest. */
function commentEnd(text: string, open: number): number {
  const end = closedCommentEnd(text, open)
  return end === -1 ? text.length : end
}

function closingQuote(raw: string, open: number): number {
  for (let at = open + 1; at < raw.length; at++) {
    if (raw[at] === '\\') at++
    else if (raw[at] === '"') return at
  }
  return raw.length
}

type Segment = Readonly<{ index: number; encoded: boolean; value: string }>

/** `name*0*=utf-8''a%20; name*1="b"` becomes `name`; an extended parameter wins over a plain one of that name. */
function joinContinuations(pairs: readonly [string, string][], charset: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>()
  const extended = new Map<string, Segment[]>()
  for (const [name, value] of pairs) {
    const star = name.indexOf('*')
    if (star === -1) {
      if (!result.has(name)) result.set(name, decodeWords(decodeEightBit(value, charset)))
      continue
    }
    const base = name.slice(0, star).trimEnd()
    const index = Number.parseInt(name.slice(star + 1), 10)
    const list = extended.get(base) ?? []
    list.push({ index: Number.isNaN(index) ? 0 : index, encoded: name.endsWith('*'), value })
    extended.set(base, list)
  }
  for (const [base, segments] of extended) {
    segments.sort((a, b) => a.index - b.index)
    const text = joinSegments(segments, charset)
    if (text !== '' || !result.has(base)) result.set(base, text)
  }
  return result
}

function joinSegments(segments: readonly Segment[], charset: string): string {
  // Some programs cut an encoded word into segments: put together again it can be read.
  if (segments.every(each => !each.encoded))
    return decodeWords(decodeEightBit(segments.map(each => each.value).join(''), charset))
  let label = ''
  const bytes = segments.map((segment, position) => {
    let { value } = segment
    const announced = position === 0 && segment.encoded ? /^([^']*)'[^']*'(.*)$/s.exec(value) : null
    if (announced) {
      label = announced[1] ?? ''
      value = announced[2] ?? ''
    }
    return segment.encoded ? percentDecode(value) : Buffer.from(value, 'latin1')
  })
  return decodeCharset(Buffer.concat(bytes), label || charset)
}

function percentDecode(value: string): Buffer {
  return Buffer.from(
    value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}
