import { indexWords } from '../../../../../../shared/kit/index-words'

/** Words on each side of a joined word that are held with it; a longer phrase is asked for in stretches of so many. */
export const wordsAround = 24

/**
 * A hyphen behind a letter at the end of a line, soft or hard, or before one space, which is what format=flowed and HTML make
 * of a line's end. The quotation marks of the next line are caught.
 */
const lineEnd =
  /[-\u00ad\u2010\u058a]\p{Default_Ignorable_Code_Point}*(?:[ \t\u00a0]*\r?\n([>|\s]*)| (?=\p{Ll}))(?=\p{L})/gu
const behindLetter = /\p{L}\p{M}*$/u
/** "Vor- und Nachteile", "pre- or post-war": the hyphen stands for what comes later. Few words, for a miss costs more than a join. */
const hangs = /(?:und|oder|bzw|beziehungsweise|sowie|bis|and|or|och|eller)(?![\p{L}\p{M}])/iuy
const quoteMark = /[>|]/g
const startOfLine = /[>|\s]*/uy

type Range = Readonly<{ from: number; to: number }>

/**
 * The words that lines of a text were broken in, whole, each with the words around it, in the order of the text and none of
 * it twice. A word that has a hyphen of its own there is joined as well: which one it is nobody can tell. Empty where
 * nothing was broken.
 */
export function joinedLineEnds(text: string): string[] {
  const breaks = [...text.matchAll(lineEnd)].flatMap((found): Range[] => {
    const from = found.index
    const to = from + found[0].length
    return isOfWord(text, from, to, found[1]) ? [{ from, to }] : []
  })
  return breaks.length === 0
    ? []
    : surroundings(text, breaks).map(range => withoutBreaks(text, range, breaks))
}

function isOfWord(text: string, from: number, to: number, marks: string | undefined): boolean {
  // A letter with its marks; more of them than this is no word.
  if (!behindLetter.test(text.slice(Math.max(0, from - 8), from))) return false
  hangs.lastIndex = to
  if (hangs.test(text)) return false
  if (marks === undefined) return true
  // An empty line or the quotation's end is the end of the word.
  if (marks.includes('\n')) return false
  startOfLine.lastIndex = text.lastIndexOf('\n', from) + 1
  return depth(startOfLine.exec(text)?.[0] ?? '') === depth(marks)
}

const depth = (marks: string): number => marks.match(quoteMark)?.length ?? 0

/** Where the words around the breaks begin and end; what overlaps is one. */
function surroundings(text: string, breaks: readonly Range[]): Range[] {
  const starts = [...text.matchAll(indexWords)].map(found => found.index)
  const ranges: { from: number; to: number }[] = []
  let next = 0
  for (const each of breaks) {
    while ((starts[next] ?? text.length) < each.to) next += 1
    const from = starts[Math.max(0, next - 1 - wordsAround)] ?? 0
    const to = starts[next + wordsAround + 1] ?? text.length
    const last = ranges.at(-1)
    if (last !== undefined && from <= last.to) last.to = to
    else ranges.push({ from, to })
  }
  return ranges
}

function withoutBreaks(text: string, range: Range, breaks: readonly Range[]): string {
  let whole = ''
  let at = range.from
  for (const { from, to } of breaks) {
    if (from < at) continue
    if (to > range.to) break
    whole += text.slice(at, from)
    at = to
  }
  return whole + text.slice(at, range.to)
}
