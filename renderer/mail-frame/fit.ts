import { bringBack, loosen, narrowQuotes, openTightBoxes } from './boxes'
import { setStyle, tryOut } from './changes'
import { boundPictures, keepRatios } from './pictures'
import {
  keepWordsInNarrowCells,
  narrowGrids,
  scrollDataTables,
  scrollPreformatted,
  stackColumns,
} from './tables'
import { bodyTextPx, breakLongWords, shrinkLargeLetters } from './words'

/** Smaller than this nothing is made; then it is set anew, and scrolls sideways where that does not help. */
const smallestScale = 0.7
/** And no body text below this; below the second not even where only the columns could still be taken apart. */
const smallestTextPx = 10
const smallestTextOfDesignPx = 8.5

export type Fit = Readonly<{ scale: number; isWide: boolean }>

/**
 * Makes a mail fit a frame of `width` CSS pixels: the mildest means first, each only if those before were not enough.
 * With `mayScale` off (the reader has zoomed) nothing is made smaller.
 */
export const fitWidth = (
  mail: HTMLElement,
  width: number,
  { mayScale, wideTable }: Readonly<{ mayScale: boolean; wideTable: string }>,
): Fit => {
  narrowQuotes(mail, width)
  shrinkLargeLetters(mail)
  keepWordsInNarrowCells(mail)
  openTightBoxes(mail)
  bringBack(mail)
  const isWide = (): boolean => mail.scrollWidth > width + 1
  const scaleTo = (smallestText: number): Fit | null => {
    const scale = Math.floor((1000 * width) / mail.scrollWidth) / 1000
    if (!mayScale || scale < smallestScale || bodyTextPx(mail) * scale < smallestText) return null
    setStyle(mail, 'zoom', String(scale))
    return { scale, isWide: false }
  }
  const means: readonly (() => void)[] = [
    () => boundPictures(mail, width),
    () => {
      breakLongWords(mail, width)
      scrollPreformatted(mail, width, wideTable)
    },
  ]
  const strongerMeans: readonly [use: () => void, smallestText: number][] = [
    [() => scrollDataTables(mail, width, wideTable), smallestTextPx],
    [() => loosen(mail, width), smallestTextOfDesignPx],
    [() => stackColumns(mail, width), smallestTextOfDesignPx],
    // What was stacked has widths of its own that did not show before.
    [() => loosen(mail, width), smallestTextOfDesignPx],
  ]
  for (const use of means) if (isWide()) use()
  if (!isWide()) return { scale: 1, isWide: false }
  // Letters keep their size where only a table of theirs is too wide, and can be narrower.
  if (
    tryOut(
      () => narrowGrids(mail, width),
      () => !isWide(),
    )
  )
    return { scale: 1, isWide: false }
  const scaled = scaleTo(smallestTextPx)
  if (scaled !== null) return scaled
  for (const [use, smallestText] of strongerMeans) {
    use()
    if (!isWide()) return { scale: 1, isWide: false }
    const scaledNow = scaleTo(smallestText)
    if (scaledNow !== null) return scaledNow
  }
  if (!mayScale) return { scale: 1, isWide: true }
  const scale = Math.max(smallestScale, width / mail.scrollWidth)
  setStyle(mail, 'zoom', String(scale))
  return { scale, isWide: width / scale + 1 < mail.scrollWidth }
}

/** After the width stands: pictures and boxes that the new width would squash or cut. */
export const settle = (mail: HTMLElement): void => {
  keepRatios(mail)
  openTightBoxes(mail)
}
