import { scrollsByItself, setStyle } from './changes'
import { pixelsOf } from './pictures'

/** A box up to this high that hides the rest is meant to hide it. */
const hidingHeight = 4

type Box = Readonly<{
  element: HTMLElement
  style: CSSStyleDeclaration
  clientWidth: number
  clientHeight: number
  isTaller: boolean
  isWider: boolean
}>

/** Elements with a box of their own that is too small for what is in it; read at once, as every change costs a layout. */
const tightBoxes = (root: Element): Box[] => {
  const boxes: Box[] = []
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element
    const isTaller = scrollHeight > clientHeight + 1
    const isWider = scrollWidth > clientWidth + 1
    if ((!isTaller && !isWider) || clientHeight === 0 || element instanceof HTMLImageElement) continue
    const style = getComputedStyle(element)
    if (style.display === 'inline' || scrollsByItself(element)) continue
    boxes.push({ element, style, clientWidth, clientHeight, isTaller, isWider })
  }
  return boxes
}

/**
 * Opens boxes that cut what is in them or let it run over what follows: heights in pixels were measured with other fonts
 * and another width. What is hidden on purpose, in a box without height, stays hidden. There is no scroller in the mail
 * but those for tables and set text.
 */
export const openTightBoxes = (root: Element): void => {
  for (const { element, style, clientHeight, isTaller, isWider } of tightBoxes(root)) {
    if (clientHeight <= hidingHeight) continue
    if (isTaller) {
      const height = pixelsOf(element, 'height')
      if (height !== null) {
        setStyle(element, 'height', 'auto')
        if (style.display !== 'table-cell') setStyle(element, 'min-height', `${height}px`)
      }
      if (pixelsOf(element, 'max-height') !== null) setStyle(element, 'max-height', 'none')
    }
    if (style.overflowY !== 'visible' || style.overflowX !== 'visible') {
      if (isWider && style.textOverflow === 'ellipsis') setStyle(element, 'white-space', 'normal')
      setStyle(element, 'overflow', 'visible')
    }
  }
}

/** Margins, indents and paddings beyond this share of the width are no design. */
const largestShare = 0.25

/** Takes from what reaches out of the frame whatever holds it there: widths, margins, lines that may not wrap. */
export const loosen = (root: Element, width: number): void => {
  const wide: [HTMLElement, CSSStyleDeclaration][] = []
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element instanceof HTMLImageElement || scrollsByItself(element)) continue
    const box = element.getBoundingClientRect()
    if (box.width > width || box.right > width + 1 || element.scrollWidth > width)
      wide.push([element, getComputedStyle(element)])
  }
  const most = width * largestShare
  const planned: [HTMLElement, string, string][] = []
  for (const [element, style] of wide) {
    const plan = (property: string, value: string): number => planned.push([element, property, value])
    if (style.whiteSpace === 'nowrap' || (style.whiteSpace === 'pre' && element.tagName !== 'PRE'))
      plan('white-space', 'normal')
    for (const property of ['margin-left', 'margin-right', 'padding-left', 'padding-right', 'text-indent']) {
      const value = Number.parseFloat(style.getPropertyValue(property))
      if (value > most || (property.startsWith('margin') && value < 0)) plan(property, '0px')
    }
    if (style.display === 'inline') continue
    plan('min-width', '0')
    plan('max-width', '100%')
    if (style.display.includes('table') && !style.display.startsWith('table-')) {
      plan('width', '100%')
      plan('table-layout', 'auto')
      const cells =
        element instanceof HTMLTableElement ? [...element.rows].flatMap(row => [...row.cells]) : []
      for (const cell of cells) if (pixelsOf(cell, 'width') !== null) planned.push([cell, 'width', 'auto'])
    } else plan('width', 'auto')
    if (style.display.includes('flex')) plan('flex-wrap', 'wrap')
    if (style.display.includes('grid')) plan('grid-template-columns', 'minmax(0, 1fr)')
    if (style.letterSpacing !== 'normal' && Number.parseFloat(style.letterSpacing) > 8)
      plan('letter-spacing', 'normal')
  }
  for (const [element, property, value] of planned) setStyle(element, property, value)
  for (const image of root.querySelectorAll('img'))
    if (!scrollsByItself(image)) setStyle(image, 'max-width', '100%')
  for (const column of root.querySelectorAll('table col')) setStyle(column, 'width', 'auto')
}

/** What begins left of the frame cannot be scrolled to: it is brought back. Texts that are moved out to be hidden stay out. */
export const bringBack = (root: Element): void => {
  const lost: HTMLElement[] = []
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    const box = element.getBoundingClientRect()
    if (box.width === 0 || box.height === 0 || box.left >= -1 || box.right <= 0) continue
    if (Number.parseFloat(getComputedStyle(element).marginLeft) < 0) lost.push(element)
  }
  for (const element of lost) setStyle(element, 'margin-left', '0')
}

/** Of the width, what all levels of a quotation together may take for their indents. */
const indentShare = 0.35
/** What each level gets at least: a line and its gap. */
const smallestIndent = 4

/** Long exchanges are indented level by level until one letter stands in a line: then the levels share what there is. */
export const narrowQuotes = (root: Element, width: number): void => {
  const quotes = [...root.querySelectorAll<HTMLElement>('blockquote, ul, ol, dd')]
  if (!quotes.some(quote => quote.clientWidth < width * (1 - indentShare))) return
  const levelOf = (element: Element): number => {
    let level = 0
    for (let at: Element | null = element; at !== null && at !== root; at = at.parentElement)
      if (/^(BLOCKQUOTE|UL|OL|DD)$/.test(at.tagName)) level += 1
    return level
  }
  const deepest = Math.max(...quotes.map(levelOf))
  if (deepest < 3) return
  const indent = Math.max(smallestIndent, Math.floor((width * indentShare) / deepest))
  for (const quote of quotes) {
    if (quote.tagName !== 'BLOCKQUOTE') continue
    const start = getComputedStyle(quote).direction === 'rtl' ? 'right' : 'left'
    for (const side of ['left', 'right']) {
      setStyle(quote, `margin-${side}`, '0')
      setStyle(quote, `padding-${side}`, side === start ? `${indent - 2}px` : '0')
    }
  }
}
