import { nameRegion, scrollsByItself, setStyle, wrapIn } from './changes'

/** Each costs a layout of the whole mail; what comes behind them scrolls with it. */
const mostScrollers = 300

/** Rows that are looked at to tell what a table is. */
const rowsLookedAt = 30

/** Whether a table holds data, not a layout: heads, or most of its rows at least four cells of text and no table in them. */
const holdsData = (table: HTMLTableElement): boolean => {
  if (table.querySelector('table') !== null) return false
  const rows = [...table.rows].slice(0, rowsLookedAt)
  const most = Math.max(0, ...rows.map(row => row.cells.length))
  if (most < 2) return false
  if (rows.some(row => [...row.cells].some(cell => cell.tagName === 'TH'))) return true
  const full = rows.filter(
    row =>
      [...row.cells].filter(cell => cell.textContent.trim() !== '').length >= 4 && !row.querySelector('img'),
  )
  return rows.length >= 2 && full.length >= rows.length / 2
}

/** A column narrower than this is no better than smaller letters. */
const narrowestColumnPx = 80

const isLined = (cell: Element): boolean => {
  const { borderBottomStyle, borderBottomWidth } = getComputedStyle(cell)
  return borderBottomStyle !== 'none' && Number.parseFloat(borderBottomWidth) > 0
}

/** Whether a table holds texts in lined fields, as somebody draws one in a letter: its widths are nobody's design. */
const isGrid = (table: HTMLTableElement): boolean => {
  if (table.querySelector('table, img') !== null) return false
  const rows = [...table.rows].slice(0, rowsLookedAt)
  const cells = rows.flatMap(row => [...row.cells])
  return rows.length >= 2 && cells.length >= 4 && (holdsData(table) || cells.every(isLined))
}

/** Lets the tables of a letter be as narrow as their words allow, where each column keeps room enough to read. */
export const narrowGrids = (root: Element, width: number): void => {
  for (const table of root.querySelectorAll('table')) {
    if (table.getBoundingClientRect().right <= width + 1 || !isGrid(table)) continue
    const columns = Math.max(...[...table.rows].map(row => row.cells.length))
    if (width / columns < narrowestColumnPx) continue
    const whole = table.getBoundingClientRect().width
    // Columns keep their shares, as far as their words allow.
    const shares = [...table.querySelectorAll('td, th')].map(
      cell => [cell, cell.getBoundingClientRect().width / whole] as const,
    )
    setStyle(table, 'width', '100%')
    setStyle(table, 'min-width', '0')
    for (const column of table.querySelectorAll('col')) setStyle(column, 'width', 'auto')
    for (const [cell, share] of shares) {
      setStyle(cell, 'width', `${Math.floor(share * 1000) / 10}%`)
      setStyle(cell, 'min-width', '0')
    }
  }
}

/** Gives each table of data that is wider than the frame a scroller of its own, so that the rest keeps its size. */
export const scrollDataTables = (root: Element, width: number, label: string): void => {
  const wide = [...root.querySelectorAll('table')].filter(
    table =>
      (table.getBoundingClientRect().width > width + 1 || table.scrollWidth > width + 1) && holdsData(table),
  )
  for (const table of wide.slice(0, mostScrollers)) {
    const around = wrapIn(table)
    // The room is the frame's less what stands between its edges and the table, as far as that is not the table's doing.
    const left = Math.max(0, around.getBoundingClientRect().left)
    const room = Math.max(width - 2 * Math.min(left, 40), width / 2)
    setStyle(around, 'max-width', `${Math.floor(room)}px`)
    setStyle(around, 'overflow-x', 'auto')
    setStyle(around, 'overflow-y', 'hidden')
    setStyle(table, 'max-width', 'none')
    // It begins where its own columns begin.
    setStyle(around, 'direction', getComputedStyle(table).direction)
    nameRegion(around, label)
  }
}

/** Longest line in characters of text that was set up with columns; beyond it is prose. */
const longestSetLine = 160

/** Text that was set with a fixed width scrolls where its lines are lines, and wraps where they are paragraphs. */
export const scrollPreformatted = (root: Element, width: number, label: string): void => {
  for (const pre of [...root.querySelectorAll('pre')].slice(0, mostScrollers)) {
    const isWide = pre.scrollWidth > pre.clientWidth + 1 || pre.getBoundingClientRect().right > width + 1
    if (!isWide || scrollsByItself(pre)) continue
    const longest = Math.max(...pre.textContent.split('\n').map(line => line.length))
    if (longest > longestSetLine) {
      setStyle(pre, 'white-space', 'pre-wrap')
      setStyle(pre, 'overflow-wrap', 'anywhere')
      continue
    }
    const left = Math.max(0, pre.getBoundingClientRect().left)
    setStyle(pre, 'max-width', `${Math.floor(Math.max(width - 2 * Math.min(left, 40), width / 2))}px`)
    setStyle(pre, 'overflow-x', 'auto')
    setStyle(pre, 'overflow-y', 'hidden')
    nameRegion(pre, label)
  }
}

/** A table that sets one letter a line because its words may break anywhere keeps its words whole. */
export const keepWordsInNarrowCells = (root: Element): void => {
  const cells = [...root.querySelectorAll<HTMLElement>('td, th')].filter(cell => {
    const style = getComputedStyle(cell)
    const breaks = style.wordBreak === 'break-all' || style.overflowWrap === 'anywhere'
    return (
      breaks && cell.clientWidth < 5 * Number.parseFloat(style.fontSize) && /\S{3}/.test(cell.textContent)
    )
  })
  for (const cell of cells) {
    setStyle(cell, 'word-break', 'normal')
    setStyle(cell, 'overflow-wrap', 'break-word')
  }
}

const hasContent = (cell: Element): boolean =>
  cell.textContent.trim() !== '' || cell.querySelector('img') !== null

/** Sets the columns of layouts that are too wide one below the other. */
export const stackColumns = (root: Element, width: number): void => {
  const tables = [...root.querySelectorAll('table')].filter(
    table => !scrollsByItself(table) && table.getBoundingClientRect().right > width + 1 && !holdsData(table),
  )
  for (const table of tables) {
    const rows = [...table.rows].filter(row => [...row.cells].filter(hasContent).length > 1)
    if (rows.length === 0) continue
    for (const part of [table, ...table.tBodies, ...table.rows]) {
      setStyle(part, 'display', 'block')
      setStyle(part, 'width', 'auto')
      setStyle(part, 'height', 'auto')
    }
    for (const row of table.rows)
      for (const cell of row.cells) {
        setStyle(cell, 'display', hasContent(cell) ? 'block' : 'none')
        setStyle(cell, 'width', 'auto')
        setStyle(cell, 'height', 'auto')
        setStyle(cell, 'box-sizing', 'border-box')
      }
  }
}
