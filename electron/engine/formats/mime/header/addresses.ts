import type { Address } from '../../../../../shared/features/mail/model'
import { limits } from '../../../ports/limits'
import { cleanLine } from '../text/clean-text'
import { decodeWords, encodedWordEnds } from './encoded-words'
import { closedCommentEnd } from './parameters'

/** Quotes and comments that never close; each is looked for to the end of the list. */
const mostUnclosed = 20

/**
 * An address list (RFC 5322 §3.4 with the obsolete forms), from the unfolded value with 8-bit text already decoded.
 * Groups are flattened, comments name an address that has no other name, semicolons separate like commas, broken
 * entries give what can be read. An encoded word is one thing, whatever stands in it: its commas, quotes and brackets
 * separate nobody. At most `limits.addressesPerField`. Never throws.
 */
export function parseAddresses(value: string): Address[] {
  const found: Address[] = []
  if (value === '') return found
  let phrase = ''
  let comment = ''
  let angle: string | null = null
  let quoted = false
  /** How much of the phrase stands before the address. */
  let before = 0
  let unclosed = 0
  const encodedWordEnd = encodedWordEnds(value)

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
      case '=': {
        const end = encodedWordEnd(at)
        if (end === -1) phrase += character
        else {
          phrase += value.slice(at, end)
          at = end - 1
        }
        break
      }
      case '"': {
        const end = unclosed < mostUnclosed ? endOfQuoted(value, at) : value.length
        if (end >= value.length) {
          // The quote is never closed: a stray character, or everybody behind it would be one name.
          unclosed++
          break
        }
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
        const end = unclosed < mostUnclosed ? closedCommentEnd(value, at) : -1
        if (end === -1) {
          unclosed++
          phrase += ' '
          break
        }
        if (comment === '') comment = withoutEscapes(value.slice(at + 1, end - 1))
        at = end - 1
        break
      }
      case '<': {
        if (angle !== null) {
          // `Ann <ann@example.org> Bo <bo@example.org>`: the comma was forgotten, and both are meant.
          const next = phrase.slice(before)
          if (before > 0) phrase = phrase.slice(0, before)
          finish()
          phrase = next
        }
        before = phrase.length
        const inside = readAngle(value, at)
        angle = inside.text
        if (comment === '') comment = inside.comment
        at = inside.last
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

/**
 * What stands in angle brackets, without its comments; quoted local parts keep their quotes. `last` is the last character
 * that was read. A missing ">" is forgiven up to the next separator, or up to the "<" of the next address.
 */
function readAngle(value: string, open: number): { text: string; comment: string; last: number } {
  let text = ''
  let comment = ''
  for (let at = open + 1; at < value.length; at++) {
    const character = value[at] as string
    if (character === '>') return { text, comment, last: at }
    if (character === '<') break
    if (character === '"') {
      const end = endOfQuoted(value, at)
      if (end >= value.length) break
      text += value.slice(at, end + 1)
      at = end
    } else if (character === '(') {
      const end = closedCommentEnd(value, at)
      if (end === -1) break
      if (comment === '') comment = withoutEscapes(value.slice(at + 1, end - 1))
      at = end - 1
    } else text += character
  }
  const stop = value.slice(open).search(/[,;]/)
  const end = stop === -1 ? value.length : open + stop
  return { text: value.slice(open + 1, end), comment: '', last: end - 1 }
}

const maximum = 1000
const atext = /^[^\s"(),:;<>@[\]\\]+@[^\s"(),:;<>@\\]+$/

function makeAddress(phrase: string, comment: string, angle: string | null, quoted: boolean): Address | null {
  const text = phrase.trim()
  if (angle !== null) {
    // Source routes (`<@a,@b:c@d>`, RFC 5322 §4.4) lead to the last address; `mailto:` is a slip.
    const direct = angle.replace(/^\s*mailto:/i, '')
    const route = direct.trimStart().startsWith('@') ? direct.slice(direct.lastIndexOf(':') + 1) : direct
    const address = cleanLine(route.includes('"') ? route : route.replace(/\s+/g, ''), maximum)
    const name = cleanLine(decodeWords(text === '' ? comment : text), maximum)
    return address === '' && name === '' ? null : { name, address }
  }
  if (text === '') return null
  // `'ann@example.org'`: some programs put it in quotes that are none.
  const bare = /^'([^\s']+@[^\s']+)'$/.exec(text)?.[1]
  if (bare !== undefined && !quoted && atext.test(bare))
    return { name: '', address: cleanLine(bare, maximum) }
  const name = () => cleanLine(decodeWords(comment), maximum)
  if (!quoted && atext.test(text)) return { name: name(), address: cleanLine(text, maximum) }
  if (/^"[^"]*"@\S+$/.test(text)) return { name: name(), address: cleanLine(text, maximum) }
  // `ann @ example.org` (RFC 5322 §4.4): white space around the at and the dots is none of the address.
  const compact = text.length > maximum ? text : text.replace(/\s*([@.])\s*/g, '$1')
  if (!quoted && /\s@|@\s/.test(text) && atext.test(compact))
    return { name: name(), address: cleanLine(compact, maximum) }
  // A name followed by a bare address. An encoded word is no address, whatever stands in it.
  const last = /^(?:(.*)\s)?(\S+@\S+)$/s.exec(text)
  if (last && !last[2]?.startsWith('=?') && !(last[2] ?? '').endsWith('?=')) {
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
