import { setStyle } from './changes'
import {
  type Colour,
  composite,
  contrast,
  darkBackground,
  darkLine,
  darkText,
  parseColour,
  white,
  writeColour,
} from './colour'
import { plateFor } from './plates'

/**
 * Small text of exactly the colour of its ground was hidden by its sender, and stays so. Larger text of that colour stood on
 * a picture that was not loaded.
 */
const hiddenBelow = 1.03
const hiddenUpToPx = 10

export type Ground = Readonly<{
  /** As sent: what lies below the element's content, opaque. */
  sent: readonly Colour[]
  /** The same as it is drawn in the dark. */
  drawn: readonly Colour[]
  /** A picture lies below: nobody knows its colours. */
  isPicture: boolean
}>

/** Any colour that is not written in sRGB, measured by drawing it. */
const drawnColours = new Map<string, Colour | null>()
const colourOf = (text: string): Colour | null => {
  const plain = parseColour(text)
  if (plain !== null || text === '') return plain
  const known = drawnColours.get(text)
  if (known !== undefined) return known
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  if (pen === null) return null
  pen.fillStyle = text
  pen.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 255] = pen.getImageData(0, 0, 1, 1).data
  const colour = { red, green, blue, alpha: alpha / 255 }
  drawnColours.set(text, colour)
  return colour
}

const gradientColour = /rgba?\([^()]*\)|(?:oklch|oklab|lab|lch|color)\([^()]*\)/g

type Plan = [element: HTMLElement, property: string, value: string]

/** An element's own background on what lies below it; plans its change. */
export const groundOf = (
  element: HTMLElement,
  style: CSSStyleDeclaration,
  below: Ground,
  canvas: Colour,
  plans: Plan[],
): Ground => {
  let ground = below
  const own = colourOf(style.backgroundColor)
  if (own !== null && own.alpha > 0) {
    const dark = darkBackground(own, canvas)
    if (dark !== own) plans.push([element, 'background-color', writeColour(dark)])
    const isOpaque = own.alpha > 0.9
    ground = {
      sent: below.sent.map(each => composite(own, each)),
      drawn: below.drawn.map(each => composite(dark, each)),
      isPicture: below.isPicture && !isOpaque,
    }
  }
  const image = style.backgroundImage
  if (image === 'none') return ground
  if (image.includes('url(')) return { ...ground, isPicture: true }
  const stops: { sent: Colour; drawn: Colour }[] = []
  const mapped = image.replace(gradientColour, text => {
    const colour = colourOf(text)
    if (colour === null) return text
    const dark = darkBackground(colour, canvas)
    stops.push({ sent: colour, drawn: dark })
    return writeColour(dark)
  })
  plans.push([element, 'background-image', mapped])
  const under = { sent: ground.sent, drawn: ground.drawn }
  return {
    sent: stops.flatMap(stop => under.sent.map(each => composite(stop.sent, each))).slice(0, 8),
    drawn: stops.flatMap(stop => under.drawn.map(each => composite(stop.drawn, each))).slice(0, 8),
    isPicture: ground.isPicture,
  }
}

const sides = ['top', 'right', 'bottom', 'left'] as const

const planLines = (element: HTMLElement, style: CSSStyleDeclaration, below: Ground, plans: Plan[]): void => {
  for (const side of sides) {
    if (style.getPropertyValue(`border-${side}-style`) === 'none') continue
    if (style.getPropertyValue(`border-${side}-width`) === '0px') continue
    const colour = colourOf(style.getPropertyValue(`border-${side}-color`))
    if (colour !== null && colour.alpha > 0)
      plans.push([element, `border-${side}-color`, writeColour(darkLine(colour, below.sent[0] ?? white))])
  }
  if (style.boxShadow !== 'none') plans.push([element, 'box-shadow', 'none'])
  if (style.textShadow !== 'none') plans.push([element, 'text-shadow', 'none'])
}

const hasOwnText = (element: Element): boolean =>
  element.tagName === 'LI' ||
  // Of a picture that is not here its words show.
  (element instanceof HTMLImageElement && !element.hasAttribute('src') && element.alt !== '') ||
  [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && /\S/.test((node as Text).data))

/** Parts of what lies on top of each other fade together; text that fades further than this was meant to be hidden. */
const fadedAway = 0.15

/**
 * Draws a mail for the dark, colour by colour as computed: grounds fall to dark tones, text rises until it can be read on its
 * ground, buttons and dark designs stay. Pictures are never changed; a dark one that lets its ground through gets a light plate.
 */
export const darken = (mail: HTMLElement, sentCanvas: Colour, canvas: Colour): void => {
  const plans: Plan[] = []
  const bottom: Ground = { sent: [sentCanvas], drawn: [darkBackground(sentCanvas, canvas)], isPicture: false }
  const visit = (element: HTMLElement, below: Ground): void => {
    const style = getComputedStyle(element)
    if (style.display === 'none') return
    const ground = groundOf(element, style, below, canvas, plans)
    planLines(element, style, below, plans)
    for (const [property, value] of plateFor(element, ground)) plans.push([element, property, value])
    const opacity = Number(style.opacity)
    if (opacity < 1 && opacity > fadedAway) plans.push([element, 'opacity', '1'])
    if (hasOwnText(element) && !ground.isPicture) {
      const colour = colourOf(style.color)
      if (colour !== null) {
        const sent = ground.sent[0]
        const isHidden =
          sent !== undefined &&
          ((contrast(composite(colour, sent), sent) < hiddenBelow &&
            Number.parseFloat(style.fontSize) <= hiddenUpToPx) ||
            colour.alpha < fadedAway)
        const [first] = ground.drawn
        const drawn = isHidden && first !== undefined ? first : darkText(colour, ground.drawn)
        plans.push([element, 'color', writeColour(drawn)])
        if (style.webkitTextFillColor !== style.color)
          plans.push([element, '-webkit-text-fill-color', 'currentcolor'])
      }
    }
    for (const child of element.children) if (child instanceof HTMLElement) visit(child, ground)
  }
  visit(mail, bottom)
  for (const [element, property, value] of plans) setStyle(element, property, value)
}
