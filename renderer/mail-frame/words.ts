import { setStyle } from './changes'

/** White space, and characters without a shape that mailers stuff previews with. */
const unseen = /\s|\p{Default_Ignorable_Code_Point}/gu

/** The texts of a document that somebody can see, with the element each stands in. */
function* visibleTexts(
  root: Element,
): Generator<{ text: Text; element: HTMLElement; style: CSSStyleDeclaration }> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let last: HTMLElement | null = null
  let style: CSSStyleDeclaration | null = null
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node as Text
    const element = text.parentElement
    if (element === null || text.data.replace(unseen, '') === '') continue
    if (element !== last || style === null) {
      last = element
      style = getComputedStyle(element)
    }
    if (style.visibility !== 'visible' || element.getClientRects().length === 0) continue
    yield { text, element, style }
  }
}

/** Below this nobody is meant to read: texts for the preview in a list. */
const smallestMeant = 6

/** The font size that all but the smallest seventh of the characters reach. */
export const bodyTextPx = (root: Element): number => {
  const characters = new Map<number, number>()
  let all = 0
  for (const { text, style } of visibleTexts(root)) {
    const size = Number.parseFloat(style.fontSize)
    if (size < smallestMeant) continue
    const length = text.data.trim().length
    characters.set(size, (characters.get(size) ?? 0) + length)
    all += length
  }
  let seen = 0
  for (const [size, count] of [...characters].sort(([a], [b]) => a - b)) {
    seen += count
    if (seen > all / 7) return size
  }
  return 16
}

/** Scripts that break between any two letters. */
const breaksAnywhere = /[\u0e00-\u0eff\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/

/** Lets addresses and other words break that are wider than the frame can give them, and only those. */
export const breakLongWords = (root: Element, width: number): void => {
  const long = new Set<HTMLElement>()
  for (const { text, element, style } of visibleTexts(root)) {
    const most = Math.max(16, width / (Number.parseFloat(style.fontSize) * 1.4))
    const word = text.data.match(/\S+/g)?.find(each => each.length > most && !breaksAnywhere.test(each))
    if (word !== undefined && !element.closest('pre')) long.add(element)
  }
  for (const element of long) {
    setStyle(element, 'overflow-wrap', 'anywhere')
    if (getComputedStyle(element).whiteSpace !== 'pre') setStyle(element, 'white-space', 'normal')
    const cell = element.closest('td, th')
    // A cell whose word may break anywhere would give away all of its width.
    if (cell !== null) setStyle(cell, 'min-width', '8em')
  }
}

/** Letters of this size are a picture: they may become smaller, where broken words could not be read. */
const pictureLetters = 32

/** Makes large words as small as they must be to stand in one line. */
export const shrinkLargeLetters = (root: Element): void => {
  const large: [HTMLElement, number][] = []
  for (const { text, element, style } of visibleTexts(root)) {
    const size = Number.parseFloat(style.fontSize)
    if (size <= pictureLetters) continue
    let block: Element = element
    while (block !== root && block.parentElement && getComputedStyle(block).display === 'inline')
      block = block.parentElement
    const longest = Math.max(...(text.data.match(/\S+/g) ?? []).map(each => [...each].length))
    const spacing = Number.parseFloat(style.letterSpacing) || 0
    // Capitals are about three quarters as wide as they are high.
    const fits = (block.clientWidth * 0.95 - spacing * longest) / (longest * 0.75)
    if (fits < size && longest > 2) large.push([element, Math.max(pictureLetters / 2, fits)])
  }
  for (const [element, size] of large) {
    setStyle(element, 'font-size', `${size}px`)
    setStyle(element, 'line-height', '1.15')
  }
}
