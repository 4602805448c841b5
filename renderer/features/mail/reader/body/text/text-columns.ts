import type { TextBlock } from './text-blocks'

/** Letters of tables that were drawn: box drawing, blocks (Unicode U+2500 to U+259F). */
const drawn = /[\u2500-\u259f]/
/** Words with a gap between them that no sentence has: three blanks, or a tab. */
const gap = /\S(?: {3,}|\t+)\S/
/** Cells between upright strokes. */
const cells = /\|[^|]+\|/
/** A rule of a table: strokes with corners. A line of strokes alone divides texts as well. */
const corners = /^[\s]*\+[-=+]{3,}\+?\s*$/

/** A line that is mostly signs, as pictures made of letters are. */
const isArt = (line: string): boolean => {
  const signs = line.replace(/\s/g, '')
  if (signs.length < 2 || /^(.)\1*$/.test(signs)) return false
  const letters = signs.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  const strokes = signs.match(/[/\\|_]/g)?.length ?? 0
  return strokes >= 2 && letters < signs.length * 0.35
}

const isSet = (line: string): boolean =>
  drawn.test(line) || gap.test(line.trim()) || cells.test(line) || corners.test(line) || isArt(line)

/** So many such lines one after the other are no chance. */
const fewest = 3

/** Whether a text was set with letters of one width: tables by blanks, boxes, pictures of signs. Signatures do not count. */
export const isSetInColumns = (blocks: readonly TextBlock[]): boolean =>
  blocks.some(({ kind, lines }) => {
    if (kind === 'signature') return false
    let run = 0
    return lines.some(line => {
      const text = kind === 'quoted' ? line.replace(/^[\s>]+/, '') : line
      // An empty line ends a table; a rule of strokes belongs to it.
      if (text.trim() === '') run = 0
      else if (isSet(text)) run += 1
      else if (!/^[\s=_*~-]+$/.test(text)) run = 0
      return run >= fewest
    })
  })
