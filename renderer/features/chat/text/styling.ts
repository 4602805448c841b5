/** A stretch of a line in one style (XEP-0393 §6); styles may lie in each other. */
export type StyledSpan =
  | Readonly<{ kind: 'text'; text: string }>
  | Readonly<{ kind: 'code'; text: string }>
  | Readonly<{ kind: 'strong' | 'emphasis' | 'strike'; spans: readonly StyledSpan[] }>

/** A block of a message (XEP-0393 §5). */
export type StyledBlock =
  | Readonly<{ kind: 'plain'; lines: readonly string[] }>
  | Readonly<{ kind: 'code'; text: string }>
  | Readonly<{ kind: 'quote'; blocks: readonly StyledBlock[] }>

/** Deeper quotes and styles are shown as they were written: nobody needs them, and each costs a level of the page. */
const deepest = 6
/** Longer lines are shown as they were written: looking for the ends of styles costs. */
const longestLine = 8000

const fence = '```'
const quoteMark = /^>\s?/

/** The blocks of a text, down to a depth. */
export function styledBlocks(text: string, depth = 0): readonly StyledBlock[] {
  const blocks: StyledBlock[] = []
  const lines = text.split('\n')
  let plain: string[] = []
  const endPlain = () => {
    if (plain.length > 0) blocks.push({ kind: 'plain', lines: plain })
    plain = []
  }
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.startsWith(fence)) {
      const end = lines.findIndex((other, place) => place > at && other.trimEnd() === fence)
      const last = end < 0 ? lines.length : end
      endPlain()
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') })
      at = last + 1
    } else if (line.startsWith('>') && depth < deepest) {
      const begin = at
      while (at < lines.length && lines[at]?.startsWith('>') === true) at += 1
      endPlain()
      const inner = lines.slice(begin, at).map(each => each.replace(quoteMark, ''))
      blocks.push({ kind: 'quote', blocks: styledBlocks(inner.join('\n'), depth + 1) })
    } else {
      plain.push(line)
      at += 1
    }
  }
  endPlain()
  return blocks
}

const styles = { '*': 'strong', _: 'emphasis', '~': 'strike' } as const
type Mark = keyof typeof styles | '`'
const isMark = (letter: string | undefined): letter is Mark => letter !== undefined && '*_~`'.includes(letter)
const isBlank = (letter: string | undefined): boolean => letter === undefined || /\s/.test(letter)

/** Where the style that opens at `at` ends; -1 where it does not open there (XEP-0393 §6.2: what is inside begins and ends without a space). */
function endOf(line: string, at: number, mark: Mark): number {
  const before = line[at - 1]
  if (at > 0 && !isBlank(before) && !isMark(before)) return -1
  if (isBlank(line[at + 1])) return -1
  for (let end = line.indexOf(mark, at + 1); end >= 0; end = line.indexOf(mark, end + 1))
    if (end > at + 1 && !isBlank(line[end - 1])) return end
  return -1
}

/** The styles of one line. */
export function styledSpans(line: string, depth = 0): readonly StyledSpan[] {
  if (line.length > longestLine || depth > deepest) return [{ kind: 'text', text: line }]
  const spans: StyledSpan[] = []
  let from = 0
  /** Marks that have no end further on need not be looked for again. */
  const endless = new Set<Mark>()
  for (let at = 0; at < line.length; at += 1) {
    const mark = line[at]
    if (!isMark(mark) || endless.has(mark)) continue
    const end = endOf(line, at, mark)
    if (end < 0) {
      if (!line.includes(mark, at + 1)) endless.add(mark)
      continue
    }
    if (at > from) spans.push({ kind: 'text', text: line.slice(from, at) })
    const inner = line.slice(at + 1, end)
    spans.push(
      mark === '`'
        ? { kind: 'code', text: inner }
        : { kind: styles[mark], spans: styledSpans(inner, depth + 1) },
    )
    from = end + 1
    at = end
  }
  if (from < line.length) spans.push({ kind: 'text', text: line.slice(from) })
  return spans
}

const joyful = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s)+$/u
/** What makes a few letters emoji: a picture, or the two letters of a flag. */
const picture = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}/u
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Whether a text is nothing but a few emoji, which are then drawn large. */
export const isFewEmoji = (text: string): boolean =>
  text.length <= 60 &&
  picture.test(text) &&
  joyful.test(text) &&
  [...segmenter.segment(text)].filter(({ segment }) => segment.trim() !== '').length <= 3
