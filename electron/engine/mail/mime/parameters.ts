import { decodeCharset } from './charset'
import { decodeWords } from './encoded-words'
import { decodeEightBit } from './header-fields'

/** A structured value: `text/plain; charset=utf-8`. The value is in lower case, the parameters are decoded. */
export type ParameterizedValue = Readonly<{ value: string; parameters: ReadonlyMap<string, string> }>

const noParameters: ReadonlyMap<string, string> = new Map()

/**
 * Content-Type and Content-Disposition values (RFC 2045 §5.1, RFC 2183) with RFC 2231 continuations, charsets and
 * percent escapes, quoted strings and, as many senders do against the rules, encoded words.
 */
export function parseParameterized(raw: string): ParameterizedValue {
  const first = raw.indexOf(';')
  if (first === -1) return { value: valueOnly(raw), parameters: noParameters }
  const pairs: [string, string][] = []
  let at = first + 1
  while (at < raw.length && pairs.length < 200) {
    let nameEnd = at
    while (nameEnd < raw.length && raw[nameEnd] !== '=' && raw[nameEnd] !== ';') nameEnd++
    const name = raw.slice(at, nameEnd).trim().toLowerCase()
    if (raw[nameEnd] !== '=') {
      at = nameEnd + 1
      continue
    }
    at = nameEnd + 1
    while (raw[at] === ' ' || raw[at] === '\t') at++
    let value = ''
    if (raw[at] === '"') {
      const closing = closingQuote(raw, at)
      value = raw.slice(at + 1, closing)
      if (value.includes('\\')) value = value.replace(/\\(.)/g, '$1')
      at = raw.indexOf(';', closing)
    } else {
      const stop = raw.indexOf(';', at)
      value = raw.slice(at, stop === -1 ? raw.length : stop).trim()
      // A trailing comment, as in `charset=us-ascii (Plain text)`.
      if (value.includes(' (')) value = value.slice(0, value.indexOf(' (')).trimEnd()
      at = stop
    }
    if (name !== '') pairs.push([name, value])
    if (at === -1) break
    at++
  }
  return { value: valueOnly(raw.slice(0, first)), parameters: joinContinuations(pairs) }
}

const valueOnly = (text: string): string => {
  const trimmed = text.trim().toLowerCase()
  const stop = trimmed.search(/[\s(]/)
  return stop === -1 ? trimmed : trimmed.slice(0, stop)
}

function closingQuote(raw: string, open: number): number {
  for (let at = open + 1; at < raw.length; at++) {
    if (raw[at] === '\\') at++
    else if (raw[at] === '"') return at
  }
  return raw.length
}

/** `name*0*=utf-8''a%20; name*1="b"` becomes `name`; an extended parameter wins over a plain one of that name. */
function joinContinuations(pairs: readonly [string, string][]): ReadonlyMap<string, string> {
  const result = new Map<string, string>()
  const extended = new Map<string, { index: number; encoded: boolean; value: string }[]>()
  for (const [name, value] of pairs) {
    const star = name.indexOf('*')
    if (star === -1) {
      if (!result.has(name)) result.set(name, decodeWords(decodeEightBit(value)))
      continue
    }
    const base = name.slice(0, star)
    const encoded = name.endsWith('*')
    const index = Number.parseInt(name.slice(star + 1), 10)
    const list = extended.get(base) ?? []
    list.push({ index: Number.isNaN(index) ? 0 : index, encoded, value })
    extended.set(base, list)
  }
  for (const [base, segments] of extended) {
    segments.sort((a, b) => a.index - b.index)
    let charset = ''
    const bytes: Buffer[] = []
    segments.forEach((segment, position) => {
      let value = segment.value
      if (position === 0 && segment.encoded) {
        const quoted = /^([^']*)'[^']*'(.*)$/s.exec(value)
        if (quoted) {
          charset = quoted[1] ?? ''
          value = quoted[2] ?? ''
        }
      }
      bytes.push(segment.encoded ? percentDecode(value) : Buffer.from(value, 'latin1'))
    })
    result.set(base, decodeCharset(Buffer.concat(bytes), charset))
  }
  return result
}

function percentDecode(value: string): Buffer {
  return Buffer.from(
    value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}
