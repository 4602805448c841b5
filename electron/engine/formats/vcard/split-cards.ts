import type { ByteText } from '../content-lines/byte-text'
import { cardLines, isBegin, isEnd } from './read-card'

/** A card of a file, or why what stands there is none. `line`: where it begins, from 1. */
export type FoundCard =
  | Readonly<{ line: number; raw: ByteText }>
  | Readonly<{ line: number; problem: 'too-large' | 'too-many-lines' | 'not-ended' | 'no-card' }>

export type CardCaps = Readonly<{ bytes: number; lines: number }>

/**
 * The cards of a file one after the other; what is too large or not ended is named, and the others go on. Cards within cards
 * belong to the outer one, however deep they go. A card that begins where the one before was not ended ends that.
 */
export function* splitCards(text: ByteText, caps: CardCaps): IterableIterator<FoundCard> {
  let lineNumber = 1
  let open: {
    line: number
    pieces: ByteText[]
    bytes: number
    count: number
    depth: number
    agent: boolean
  } | null = null
  let strayFrom: number | null = null
  const closed = (card: NonNullable<typeof open>): FoundCard => {
    if (card.bytes > caps.bytes) return { line: card.line, problem: 'too-large' }
    if (card.count > caps.lines) return { line: card.line, problem: 'too-many-lines' }
    return { line: card.line, raw: card.pieces.join('') }
  }
  for (const { raw, text: said } of cardLines(text)) {
    const at = lineNumber
    lineNumber += countOfLines(raw)
    const starts = isBegin(said)
    if (open !== null && starts && !open.agent) {
      yield { line: open.line, problem: 'not-ended' }
      open = null
    }
    if (open === null) {
      if (starts) {
        if (strayFrom !== null) yield { line: strayFrom, problem: 'no-card' }
        strayFrom = null
        open = { line: at, pieces: [raw], bytes: raw.length, count: 1, depth: 1, agent: false }
      } else if (said.trim() !== '') strayFrom ??= at
      continue
    }
    open.bytes += raw.length
    open.count += 1
    if (open.bytes <= caps.bytes && open.count <= caps.lines) open.pieces.push(raw)
    else open.pieces = []
    if (starts) open.depth += 1
    else if (isEnd(said)) open.depth -= 1
    // A card within the card stands behind an AGENT without a value, or behind the end of another one in it.
    open.agent = isAgent(said) || (open.agent && said.trim() === '') || open.depth > 1
    if (open.depth === 0) {
      yield closed(open)
      open = null
    }
  }
  if (open !== null) yield { line: open.line, problem: 'not-ended' }
  if (strayFrom !== null) yield { line: strayFrom, problem: 'no-card' }
}

const isAgent = (text: ByteText): boolean => /^(?:[\w-]+\.)?AGENT[^:]{0,200}:\s*$/i.test(text)

function countOfLines(raw: ByteText): number {
  let count = 0
  for (let at = 0; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at)
    if (code === 10 || (code === 13 && raw.charCodeAt(at + 1) !== 10)) count += 1
  }
  return Math.max(1, count)
}
