/** Places that are told (shared/features/mail/body-fit.ts). */
const mostMarks = 3000
/** Within a long text one is told this often, in characters. */
const oftenEnough = 200

type Mark = [place: number, topPx: number, isStart: boolean]

const isPicture = (node: Node): node is HTMLImageElement => node instanceof HTMLImageElement

/** The texts and pictures of a mail, in order. */
const contentOf = (mail: Element): readonly (Text | HTMLImageElement)[] => {
  const found: (Text | HTMLImageElement)[] = []
  const walker = document.createTreeWalker(mail, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (isPicture(node) || (node instanceof Text && /\S/.test(node.data))) found.push(node)
  return found
}

/** Chromium answers boxes for what is folded away too. */
const visibility = (): ((node: Node) => boolean) => {
  const known = new Map<Element, boolean>()
  return node => {
    const element = node instanceof Element ? node : node.parentElement
    if (element === null) return false
    const before = known.get(element) ?? element.checkVisibility()
    known.set(element, before)
    return before
  }
}

/** What a node stands in as a paragraph, a cell or a line of a list does. */
const blockFinder = (mail: Element): ((node: Node) => Element) => {
  const known = new Map<Element, Element>()
  const find = (element: Element): Element => {
    if (element === mail) return mail
    const before = known.get(element)
    if (before !== undefined) return before
    const isInline = /^(?:inline|contents)$/.test(getComputedStyle(element).display)
    const block = isInline && element.parentElement !== null ? find(element.parentElement) : element
    known.set(element, block)
    return block
  }
  return node => (node.parentElement === null ? mail : find(node.parentElement))
}

/** Where the line of a character begins; null where it is not shown. */
const topOfLine = (text: Text, at: number): number | null => {
  const range = document.createRange()
  range.setStart(text, at)
  range.setEnd(text, Math.min(at + 1, text.length))
  const [box] = range.getClientRects()
  const around = text.parentElement
  if (box === undefined || around === null) return null
  // What is between two lines is scaled as well.
  const lineHeight = Number.parseFloat(getComputedStyle(around).lineHeight) * around.currentCSSZoom
  return Number.isNaN(lineHeight) ? box.top : box.top - (lineHeight - box.height) / 2
}

const topOfPicture = (image: HTMLImageElement): number | null => image.getClientRects()[0]?.top ?? null

/**
 * Places of a mail, by which what somebody looks at is found again after it was set anew: the number of a place counts the
 * characters before it and a picture as one, so it is the same as long as the mail is. Which places are told hangs on the text alone,
 * not on how it is set. `isStart`: a paragraph begins there, or a line by the mail's own wish.
 */
export const marksOf = (mail: Element): readonly Mark[] => {
  const content = contentOf(mail)
  const lengthOf = (node: Text | HTMLImageElement): number => (isPicture(node) ? 1 : node.length)
  const characters = content.reduce((sum, node) => sum + lengthOf(node), 0)
  // Half of them are for beginnings, half for what lies between.
  const gap = content.length <= mostMarks / 2 ? 0 : Math.ceil(characters / (mostMarks / 2))
  const step = Math.max(oftenEnough, Math.ceil(characters / (mostMarks / 2)))
  const blockOf = blockFinder(mail)
  const marks: Mark[] = []
  let place = 0
  let told = Number.NEGATIVE_INFINITY
  let before: Element | null = null
  const isShown = visibility()
  const tell = (
    at: number,
    node: Text | HTMLImageElement,
    topOf: () => number | null,
    isStart: boolean,
  ): void => {
    told = at
    const top = isShown(node) ? topOf() : null
    if (top !== null && marks.length < mostMarks) marks.push([at, top + window.scrollY, isStart])
  }
  for (const node of content) {
    const block = blockOf(node)
    const isStart = block !== before || node.previousSibling instanceof HTMLBRElement
    before = block
    if (isPicture(node)) {
      if (place - told >= gap) tell(place, node, () => topOfPicture(node), isStart)
    } else {
      const first = node.data.search(/\S/)
      if (place + first - told >= gap) tell(place + first, node, () => topOfLine(node, first), isStart)
      for (let at = first + step; at < node.length; at += step)
        tell(place + at, node, () => topOfLine(node, at), false)
    }
    place += lengthOf(node)
  }
  return marks
}
