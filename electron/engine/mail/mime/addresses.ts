import type { Address } from '../../../../shared/model/mail'
import { limits } from '../limits'
import { cleanLine } from './clean-text'
import { decodeWords } from './encoded-words'

/**
 * An address list (RFC 5322 §3.4 with the obsolete forms), from the unfolded value with 8-bit text already decoded.
 * Groups are flattened, comments name an address that has no other name, semicolons separate like commas, broken
 * entries give what can be read. At most `limits.addressesPerField`. Never throws.
 */
export function parseAddresses(value: string): Address[] {
  const found: Address[] = []
  if (value === '') return found
  let phrase = ''
  let comment = ''
  let angle: string | null = null
  let quoted = false

  const finish = () => {
    const entry = makeAddress(phrase, comment, angle, quoted)
    if (entry) found.push(entry)
    phrase = ''
    comment = ''
    angle = null
    quoted = false
  }

  for (let at = 0; at < value.length && found.length < limits.addressesPerField; at++) {
    const character = value[at] as string
    switch (character) {
      case '"': {
        const end = endOfQuoted(value, at)
        if (value[end + 1] === '@') {
          // A quoted local part keeps its quotes: without them it is another address.
          phrase += value.slice(at, end + 1)
        } else {
          phrase += withoutEscapes(value.slice(at + 1, end))
          quoted = true
        }
        at = end
        break
      }
      case '(': {
        const end = endOfComment(value, at)
        comment = withoutEscapes(value.slice(at + 1, end))
        at = end
        break
      }
      case '<': {
        // "<" opens the address; a missing ">" is forgiven up to the next separator.
        const close = value.indexOf('>', at)
        const stop = close === -1 ? endOfUnclosed(value, at) : close
        angle = value.slice(at + 1, stop)
        at = close === -1 ? stop - 1 : stop
        break
      }
      case ':':
        // A group's name. In `a:b@c` (no phrase before) it is part of something broken: dropped just the same.
        if (angle === null) {
          phrase = ''
          comment = ''
          quoted = false
        }
        break
      case ',':
      case ';':
        finish()
        break
      default:
        phrase += character
    }
  }
  if (found.length < limits.addressesPerField) finish()
  return found
}

const maximum = 1000
const atext = /^[^\s"(),:;<>@[\]\\]+@[^\s"(),:;<>@\\]+$/

function makeAddress(phrase: string, comment: string, angle: string | null, quoted: boolean): Address | null {
  const text = phrase.trim()
  if (angle !== null) {
    // Source routes (`<@a,@b:c@d>`, RFC 5322 §4.4) lead to the last address.
    const route = angle.startsWith('@') ? angle.slice(angle.lastIndexOf(':') + 1) : angle
    const address = cleanLine(route.includes('"') ? route : route.replace(/\s+/g, ''), maximum)
    const name = cleanLine(decodeWords(text === '' ? comment : text), maximum)
    return address === '' && name === '' ? null : { name, address }
  }
  if (text === '') return null
  if (!quoted && atext.test(text))
    return { name: cleanLine(decodeWords(comment), maximum), address: cleanLine(text, maximum) }
  if (/^"[^"]*"@\S+$/.test(text))
    return { name: cleanLine(decodeWords(comment), maximum), address: cleanLine(text, maximum) }
  // A name followed by a bare address.
  const last = /^(?:(.*)\s)?(\S+@\S+)$/s.exec(text)
  if (last) {
    return {
      name: cleanLine(decodeWords(last[1] ?? comment), maximum),
      address: cleanLine(last[2] ?? '', maximum),
    }
  }
  return { name: cleanLine(decodeWords(text), maximum), address: '' }
}

const withoutEscapes = (text: string): string => (text.includes('\\') ? text.replace(/\\(.)/gs, '$1') : text)

function endOfQuoted(value: string, open: number): number {
  for (let at = open + 1; at < value.length; at++) {
    if (value[at] === '\\') at++
    else if (value[at] === '"') return at
  }
  return value.length
}

function endOfComment(value: string, open: number): number {
  let depth = 0
  for (let at = open; at < value.length; at++) {
    if (value[at] === '\\') at++
    else if (value[at] === '(') depth++
    else if (value[at] === ')' && --depth === 0) return at
  }
  return value.length
}

function endOfUnclosed(value: string, open: number): number {
  const stop = value.slice(open).search(/[,;]/)
  return stop === -1 ? value.length : open + stop
}
