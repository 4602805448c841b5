import type { ByteText } from '../content-lines/byte-text'
import { readContentLine } from '../content-lines/content-line'
import { type GoesOn, logicalLines } from '../content-lines/logical-lines'
import { type Card, type CardLine, type VcardVersion, vcardVersions } from './card'

const headEnd = ':'
const base64Line = /^[A-Za-z0-9+/=]{1,400}$/

/**
 * How lines of 2.1 go on without white space: quoted-printable behind a soft break (RFC 2045 §6.7), whose mark stays for the
 * decoder; base64 that was never folded, as phones write it, until a line that is none.
 */
const goesOn: GoesOn = (first, before, next) => {
  const colon = first.indexOf(headEnd)
  if (colon === -1 || colon > 500) return null
  const head = first.slice(0, colon).toUpperCase()
  if (before.endsWith('=') && head.includes('QUOTED-PRINTABLE')) return '\r\n'
  if (!/;(?:ENCODING=)?(?:BASE64|B)(?:;|$)/.test(head)) return null
  return base64Line.test(next) && !next.includes(':') ? '' : null
}

const begin = /^BEGIN\s*:\s*VCARD\s*$/i
const end = /^END\s*:\s*VCARD\s*$/i

/** Lines of cards, as cards are written. */
export const cardLines = (text: ByteText) => logicalLines(text, goesOn)
export const isBegin = (text: ByteText): boolean => begin.test(text)
export const isEnd = (text: ByteText): boolean => end.test(text)

/**
 * Takes one card apart. Cards within it are lines without meaning, however deep: nothing calls itself. Without a version that
 * is known it is read as 3.0, which the others are closest to.
 */
export function readCard(raw: ByteText): Card {
  const lines: CardLine[] = []
  let version: VcardVersion = '3.0'
  let depth = 0
  for (const { raw: bytes, text } of cardLines(raw)) {
    const starts = isBegin(text)
    if (starts) depth += 1
    const line = depth === 1 ? readContentLine(text) : null
    if (line?.name === 'VERSION') version = vcardVersions.find(each => each === line.value.trim()) ?? version
    lines.push({ raw: bytes, line })
    if (!starts && isEnd(text)) depth -= 1
  }
  return { version, lines }
}
