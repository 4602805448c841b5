/** Characters of rules that are read at a stretch. */
const charactersAPiece = 4000

/** One rule longer than this was made by a machine to be slow; large ones of real sheets have some thousand characters. */
const longestRule = 64_000

/** Conditions around each other that are looked into; what stands deeper is read as part of the last. */
export const deepestMedia = 3

/** Brackets around each other; real CSS nests five deep at most, and css-tree descends once a bracket. */
export const maxBrackets = 30

/**
 * A piece of a sheet: whole rules, and the conditions they stand in, from the outside in. `isLeftOut`: too long or too deep to
 * be read; only good for counting.
 */
export type SheetPiece = Readonly<{ css: string; media: readonly string[]; isLeftOut: boolean }>

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c

/** Behind a quoted string (CSS Syntax 3 §4.3.5): it ends at its quote, and unended at the end of the line. */
function stringEnd(css: string, from: number): number {
  const quote = css.charCodeAt(from)
  for (let at = from + 1; at < css.length; at++) {
    const code = css.charCodeAt(at)
    if (code === 0x5c) at += 1
    else if (code === quote) return at + 1
    else if (code === 0x0a) return at
  }
  return css.length
}

const commentEnd = (css: string, from: number): number => {
  const end = css.indexOf('*/', from + 2)
  return end === -1 ? css.length : end + 2
}

const closes: Readonly<Record<number, number>> = { 40: 0x29, 91: 0x5d, 123: 0x7d }

const plainUrl = /url\(\s*[^\s"')]/iy

/** Behind an address without quotes (§4.3.6), in which nothing but its end and a backslash means anything; null: there is none. */
function plainUrlEnd(css: string, at: number): number | null {
  plainUrl.lastIndex = at
  if (!plainUrl.test(css)) return null
  for (let end = at + 4; end < css.length; end++) {
    const code = css.charCodeAt(end)
    if (code === 0x5c) end += 1
    else if (code === 0x29) return end + 1
  }
  return css.length
}

/**
 * Cuts a style sheet into pieces of whole rules (CSS Syntax 3 §5.4.1), in one pass and without a tree, so that a long one can be
 * read with pauses. It decides nothing: each piece goes through the same walls.
 */
export function* sheetPieces(css: string): Generator<SheetPiece> {
  const media: string[] = []
  const brackets: number[] = []
  let pieceFrom = 0
  let ruleFrom = -1
  let isTooDeep = false
  let at = 0
  const piece = (to: number, isLeftOut = false): SheetPiece => ({
    css: css.slice(pieceFrom, to),
    media: [...media],
    isLeftOut,
  })
  while (at < css.length) {
    const code = css.charCodeAt(at)
    if (code === 0x2f && css.charCodeAt(at + 1) === 0x2a) {
      const end = commentEnd(css, at)
      if (ruleFrom === -1 && pieceFrom < at && end - pieceFrom > charactersAPiece) {
        yield piece(at)
        pieceFrom = at
      }
      if (ruleFrom === -1 && pieceFrom === at) pieceFrom = end
      at = end
      continue
    }
    if (ruleFrom === -1) {
      const wrapper = isSpace(code) ? 1 : css.startsWith('<!--', at) ? 4 : css.startsWith('-->', at) ? 3 : 0
      if (wrapper > 0) {
        if (pieceFrom === at) pieceFrom += wrapper
        at += wrapper
        continue
      }
      if (code === 0x7d && media.length > 0) {
        if (pieceFrom < at) yield piece(at)
        media.pop()
        at += 1
        pieceFrom = at
        continue
      }
      ruleFrom = at
      isTooDeep = false
    }
    let isEnd = false
    if (code === 0x22 || code === 0x27) at = stringEnd(css, at)
    else if (code === 0x5c) at += 2
    else if (code === 0x75 || code === 0x55) at = plainUrlEnd(css, at) ?? at + 1
    else if (code === 0x28 || code === 0x5b || code === 0x7b) {
      const opensMedia =
        code === 0x7b &&
        brackets.length === 0 &&
        media.length < deepestMedia &&
        at - ruleFrom < 2000 &&
        /^@media(?![\w-])/i.test(css.slice(ruleFrom, ruleFrom + 8))
      if (opensMedia) {
        if (pieceFrom < ruleFrom) yield piece(ruleFrom)
        media.push(css.slice(ruleFrom + 6, at))
        ruleFrom = -1
        at += 1
        pieceFrom = at
        continue
      }
      if (brackets.length < maxBrackets) brackets.push(closes[code] ?? 0)
      else isTooDeep = true
      at += 1
    } else {
      if (brackets.at(-1) === code) {
        brackets.pop()
        isEnd = code === 0x7d && brackets.length === 0
      } else isEnd = code === 0x3b && brackets.length === 0 && css.charCodeAt(ruleFrom) === 0x40
      at += 1
    }
    if (!isEnd) continue
    if (isTooDeep || at - ruleFrom > longestRule) {
      if (pieceFrom < ruleFrom) yield piece(ruleFrom)
      pieceFrom = ruleFrom
      yield piece(at, true)
      pieceFrom = at
    } else if (at - pieceFrom > charactersAPiece) {
      yield piece(at)
      pieceFrom = at
    }
    ruleFrom = -1
  }
  // What the end of the sheet cuts off is closed by it.
  if (ruleFrom !== -1 && (isTooDeep || css.length - ruleFrom > longestRule)) {
    if (pieceFrom < ruleFrom) yield piece(ruleFrom)
    pieceFrom = ruleFrom
    yield piece(css.length, true)
  } else if (pieceFrom < css.length) yield piece(css.length)
}
