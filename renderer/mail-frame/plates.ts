import { type Colour, toOklch, writeColour } from './colour'

/** Dots a side of the small drawing that is looked at. */
const dotsASide = 32
/** Pictures of one mail that are looked at, and the largest: each is drawn once. */
const mostPictures = 200
const mostDots = 16_000_000

/** Of the area, at least this share lets the ground through … */
const leastTransparent = 0.1
/** … and this share does not: else there is nothing to see. */
const leastDrawn = 0.003
/** Of what is drawn, this share is darker than the lightness below it (OKLCH). */
const mostlyDark = 0.7
const darkBelow = 0.4

/** Grounds below this are dark. */
const darkGround = 0.5

/** Light enough for black letters, not so light that it shines in the dark. */
const plate: Colour = { red: 226, green: 228, blue: 231, alpha: 1 }
const plateEdgePx = 4

/** Whether dots (red, green, blue, alpha, 0 to 255) are a dark shape on transparent ground: a logo made for white paper. */
export const isDarkShape = (dots: Uint8ClampedArray): boolean => {
  let drawn = 0
  let dark = 0
  for (let at = 0; at < dots.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = dots.subarray(at, at + 4)
    drawn += alpha
    if (alpha > 0 && toOklch({ red, green, blue, alpha: 1 }).lightness < darkBelow) dark += alpha
  }
  const share = drawn / (255 * (dots.length / 4))
  return share >= leastDrawn && share <= 1 - leastTransparent && dark >= drawn * mostlyDark
}

/** The picture, small; null while it is not here, or where its dots may not be read. */
const dotsOf = (image: HTMLImageElement): Uint8ClampedArray | null => {
  const { complete, naturalWidth, naturalHeight } = image
  if (!complete || naturalWidth === 0 || naturalWidth * naturalHeight > mostDots) return null
  const pen = new OffscreenCanvas(dotsASide, dotsASide).getContext('2d', { willReadFrequently: true })
  if (pen === null) return null
  try {
    pen.imageSmoothingQuality = 'medium'
    pen.drawImage(image, 0, 0, dotsASide, dotsASide)
    return pen.getImageData(0, 0, dotsASide, dotsASide).data
  } catch {
    // A picture from elsewhere than the message, or one that cannot be drawn.
    return null
  }
}

/** The changes that give a picture a light plate, where it would be dark on dark. One for each mail: it counts pictures. */
export const createPlates = (): ((
  image: HTMLImageElement,
  ground: Readonly<{ sent: readonly Colour[]; drawn: readonly Colour[]; isPicture: boolean }>,
) => readonly [property: string, value: string][]) => {
  let looked = 0
  const known = new Map<string, boolean>()
  return (image, { sent, drawn, isPicture }) => {
    const [before] = sent
    const [now] = drawn
    if (isPicture || before === undefined || now === undefined) return []
    // As sent it stood on a dark ground too: then nobody was meant to see more of it.
    if (toOklch(now).lightness >= darkGround || toOklch(before).lightness < darkGround) return []
    let isDark = known.get(image.src)
    if (isDark === undefined) {
      if (looked++ >= mostPictures) return []
      const dots = dotsOf(image)
      isDark = dots !== null && isDarkShape(dots)
      known.set(image.src, isDark)
    }
    if (!isDark) return []
    const colour = writeColour(plate)
    return [
      ['background-color', colour],
      // It takes no room: nothing in the mail moves.
      ['box-shadow', `0 0 0 ${plateEdgePx}px ${colour}`],
      ['border-radius', `${plateEdgePx}px`],
    ]
  }
}
