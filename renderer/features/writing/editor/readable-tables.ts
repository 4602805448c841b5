import { editorMarkup } from '../../../../shared/html/editor-markup'
import { type Grid, gridText } from './table-text'

/** Content that a line of text cannot hold: such a table lays out a page. */
const laysOut = 'img, ul, ol, blockquote, h1, h2, h3, h4, h5, h6, pre, figure, hr'
const longestCell = 300
/** Hostile spans must not make a table of millions. */
const mostSpan = 100
const mostCells = 50_000

const blocks = /^(?:p|div|li|tr|section|article|address|dt|dd)$/i

/** The lines of one cell; a table in it comes as its rows. */
function linesOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ')
  if (!(node instanceof Element)) return ''
  const name = node.tagName.toLowerCase()
  if (name === 'br') return '\n'
  if (name === 'style' || name === 'script') return ''
  if (name === 'table')
    return `\n${gridOf(node)
      .map(row => row.join(' | '))
      .join('\n')}\n`
  const inside = [...node.childNodes].map(linesOf).join('')
  const href = name === 'a' ? node.getAttribute('href') : null
  const text =
    href !== null &&
    /^(?:https?:|mailto:)/i.test(href) &&
    inside.trim() !== '' &&
    !href.includes(inside.trim())
      ? `${inside} <${href}>`
      : inside
  return blocks.test(name) ? `\n${text}\n` : text
}

const spanOf = (cell: Element, name: string): number =>
  Math.min(mostSpan, Math.max(1, Number.parseInt(cell.getAttribute(name) ?? '1', 10) || 1))

const rowsOf = (table: Element): readonly Element[] =>
  [...table.querySelectorAll('tr')].filter(row => row.closest('table') === table)

const cellsOf = (row: Element): readonly Element[] =>
  [...row.children].filter(cell => /^t[dh]$/i.test(cell.tagName))

/** Cells by row and column; what spans several stands in the first of them. */
function gridOf(table: Element): Grid {
  const rows: string[][] = []
  const taken = new Set<string>()
  let count = 0
  rowsOf(table).forEach((row, y) => {
    const out: string[] = []
    let x = 0
    for (const cell of cellsOf(row)) {
      while (taken.has(`${y} ${x}`)) out[x++] = ''
      const asked = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')] as const
      count += asked[0] * asked[1]
      const [wide, high] = count > mostCells ? [1, 1] : asked
      for (let below = 1; below < high; below += 1)
        for (let beside = 0; beside < wide; beside += 1) taken.add(`${y + below} ${x + beside}`)
      out[x] = linesOf(cell).trim()
      for (let beside = 1; beside < wide; beside += 1) out[x + beside] = ''
      x += wide
    }
    rows.push(out)
  })
  return rows.map(row => [...row])
}

function isData(table: Element): boolean {
  const cells = rowsOf(table).flatMap(cellsOf)
  return (
    rowsOf(table).some(row => cellsOf(row).length > 1) &&
    table.querySelector(laysOut) === null &&
    cells.every(cell => (cell.textContent ?? '').length <= longestCell)
  )
}

/** What stands in the place of a table of data: lines in a block that keeps its spaces, or, too wide for that, one line a row. */
function asText(table: Element): Element {
  const { lines, isAligned } = gridText(gridOf(table))
  const page = table.ownerDocument
  if (isAligned) {
    const block = page.createElement('pre')
    block.append(page.createElement('code'))
    block.firstElementChild?.append(lines.join('\n'))
    return block
  }
  const paragraph = page.createElement('p')
  for (const [at, line] of lines.entries())
    paragraph.append(...(at === 0 ? [] : [page.createElement('br')]), line)
  return paragraph
}

/** What stands in the place of a table that lays out a page: one block for each cell, with all that is in it. */
function asBlocks(table: Element): Element {
  const page = table.ownerDocument
  const outer = page.createElement('div')
  for (const cell of rowsOf(table).flatMap(cellsOf)) {
    const block = page.createElement('div')
    block.append(...cell.childNodes)
    outer.append(block)
  }
  return outer
}

function captionOf(table: Element): readonly Element[] {
  const caption = table.querySelector(':scope > caption')
  if (caption === null) return []
  const block = table.ownerDocument.createElement('div')
  block.append(...caption.childNodes)
  return [block]
}

/**
 * HTML for the editor, which knows no tables: their columns stay apart as text, and nothing of them is lost. Whatever comes in is
 * reduced to harmless markup before the browser's parser sees it: also a document apart from the page asks for things.
 */
export function withReadableTables(html: string): string {
  const bare = editorMarkup(html)
  if (!/<table\b/i.test(bare)) return bare
  const page = new DOMParser().parseFromString(bare, 'text/html')
  let table = page.querySelector('table')
  while (table !== null) {
    const title = captionOf(table)
    table.replaceWith(...title, isData(table) ? asText(table) : asBlocks(table))
    table = page.querySelector('table')
  }
  return page.body.getHTML()
}
