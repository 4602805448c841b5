/** Rows of cells; a cell may hold several lines. */
export type Grid = readonly (readonly string[])[]

/** Wider tables are not padded: every mail program would break their lines. */
const widestAligned = 76

const between = ' | '

const cellLines = (cell: string): readonly string[] =>
  cell
    .split('\n')
    .map(line => line.replace(/\s+/g, ' ').trim())
    .filter(line => line !== '')

/** Rows without anything, and columns without anything at the right, are not shown. */
function trimmed(grid: Grid): Grid {
  const rows = grid.filter(row => row.some(cell => cellLines(cell).length > 0))
  const used = Math.max(0, ...rows.map(row => row.findLastIndex(cell => cellLines(cell).length > 0) + 1))
  return rows.map(row => Array.from({ length: used }, (_, at) => row[at] ?? ''))
}

/**
 * A table as lines of text, its columns kept apart by bars and, where that fits, one under the other. A cell of several lines
 * takes as many, with its neighbours beside the first.
 */
export function gridText(grid: Grid): { lines: readonly string[]; isAligned: boolean } {
  const rows = trimmed(grid).map(row => row.map(cellLines))
  const columns = rows[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(0, ...rows.flatMap(row => (row[at] ?? []).map(line => [...line].length))),
  )
  const total = widths.reduce((sum, width) => sum + width, 0) + between.length * Math.max(0, columns - 1)
  if (total > widestAligned)
    return { lines: rows.map(row => row.map(lines => lines.join(' / ')).join(between)), isAligned: false }
  const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - [...text].length))
  const lines = rows.flatMap(row =>
    Array.from({ length: Math.max(1, ...row.map(cell => cell.length)) }, (_, line) =>
      row
        .map((cell, at) => padded(cell[line] ?? '', widths[at] ?? 0))
        .join(between)
        .trimEnd(),
    ),
  )
  return { lines, isAligned: true }
}

/** Cells of what a spreadsheet puts on the clipboard as text: tabs, and quotes around a cell with line breaks. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const isStart = () => cell === ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (character === '"' && isStart() && isQuotedCell(text, at)) quoted = true
    else if (character === '\t' || character === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      if (character === '\n') rows.push([])
    } else cell += character
  }
  rows.at(-1)?.push(cell)
  return rows
}

/** A quote that ends a cell follows; else it is a word in quotes. */
function isQuotedCell(text: string, open: number): boolean {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue
    if (text[at + 1] === '"') at += 1
    else return at + 1 === text.length || text[at + 1] === '\t' || text[at + 1] === '\n'
  }
  return false
}

/** A line with tabs between words; one that is only indented is code or prose. */
const isRow = (line: string): boolean => /\S\t/.test(line) && !/^\t/.test(line)

/**
 * Text with the tables in it (cells parted by tabs, as spreadsheets and pages copy them) in a form that every reader keeps
 * apart. Other text stays as it is; null when there is no table in it.
 */
export function textWithTables(text: string): string | null {
  const unix = text.replaceAll(/\r\n?/g, '\n')
  const whole = cellsOf(unix.replace(/\n+$/, ''))
  const columns = whole[0]?.length ?? 0
  const isIndented = whole.every(([first = '']) => first.trim() === '')
  if (columns > 1 && !isIndented && whole.every(row => row.length === columns))
    return gridText(whole).lines.join('\n')
  const lines = unix.split('\n')
  if (!lines.some(isRow)) return null
  const out: string[] = []
  let run: string[] = []
  const flush = () => {
    if (run.length > 0) out.push(...gridText(run.map(line => line.split('\t'))).lines)
    run = []
  }
  for (const line of lines) {
    if (isRow(line)) run.push(line)
    else {
      flush()
      out.push(line)
    }
  }
  flush()
  return out.join('\n')
}
