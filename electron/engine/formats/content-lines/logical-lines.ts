import type { ByteText } from './byte-text'

/** A line as it is meant, with the bytes that it was read from. */
export type LogicalLine = Readonly<{
  /** All its bytes, folds and the end of the line included. */
  raw: ByteText
  /** Unfolded (RFC 5545 §3.1, RFC 6350 §3.2), without the end of the line. */
  text: ByteText
}>

/**
 * Whether a line goes on in the next one by another rule than folding: what older forms do. Sees the first line of it, the one
 * before the next, and the next; answers what stands between the two when they are joined, or null.
 */
export type GoesOn = (first: ByteText, before: ByteText, next: ByteText) => ByteText | null

const lineEnd = /\r\n|\n|\r/g

/** Lines with their ends; the ends are of any kind, mixed ones included. */
function* physicalLines(text: ByteText): IterableIterator<{ raw: ByteText; text: ByteText }> {
  const end = new RegExp(lineEnd)
  let from = 0
  while (from < text.length) {
    end.lastIndex = from
    const found = end.exec(text)
    const to = found === null ? text.length : found.index
    const after = found === null ? text.length : to + found[0].length
    yield { raw: text.slice(from, after), text: text.slice(from, to) }
    from = after
  }
}

/**
 * Unfolds. Bytes are joined before anything is decoded, because some programs fold within a character. `pieces` are joined once
 * at the end: a line of a million folds takes no longer than its bytes.
 */
export function* logicalLines(text: ByteText, goesOn: GoesOn = () => null): IterableIterator<LogicalLine> {
  let raw: ByteText[] = []
  let said: ByteText[] = []
  let first: ByteText = ''
  let before: ByteText = ''
  for (const line of physicalLines(text)) {
    if (raw.length > 0) {
      const between = goesOn(first, before, line.text)
      const isFold = line.text.startsWith(' ') || line.text.startsWith('\t')
      before = line.text
      if (between !== null || isFold) {
        raw.push(line.raw)
        said.push(between === null ? line.text.slice(1) : between + line.text)
        continue
      }
      yield { raw: raw.join(''), text: said.join('') }
    }
    raw = [line.raw]
    said = [line.text]
    first = line.text
    before = line.text
  }
  if (raw.length > 0) yield { raw: raw.join(''), text: said.join('') }
}
