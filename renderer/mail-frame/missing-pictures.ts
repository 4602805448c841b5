import { setStyle } from './changes'
import { type Colour, composite, contrast, parseColour, white, writeColour } from './colour'
import { type Ground, groundOf } from './dark'

/** What the sanitiser writes in the place of a picture behind an element that is not here (`sanitize/missing-picture.ts`). */
const keptAway = 'linear-gradient(rgba(0, 0, 0, 0), rgba(0, 0, 0, 0))'

/** Text below this was set for a picture, not for the ground that shows without it. */
const unreadableBelow = 2.5
/** Smaller text of its ground's colour is hidden on purpose. */
const hiddenUpToPx = 10

/** Where such a picture is missing: dark enough for white, light enough for black. */
const darkGround: Colour = { red: 68, green: 72, blue: 80, alpha: 1 }
const lightGround: Colour = { red: 240, green: 241, blue: 243, alpha: 1 }

const readable = 4.5

type Text = Readonly<{ element: HTMLElement; colour: Colour; characters: number; ground: Colour }>

const ownCharacters = (element: Element): number => {
  if (element instanceof HTMLImageElement) return element.hasAttribute('src') ? 0 : element.alt.trim().length
  let count = 0
  for (const node of element.childNodes)
    if (node.nodeType === Node.TEXT_NODE) count += (node as globalThis.Text).data.trim().length
  return count
}

/** Texts that stand on the place of a missing picture: those within it that have no opaque ground or picture of their own. */
const textsOn = (place: HTMLElement, below: Ground): readonly Text[] => {
  const texts: Text[] = []
  const visit = (element: HTMLElement, under: Ground): void => {
    const style = getComputedStyle(element)
    if (style.display === 'none' || style.visibility !== 'visible') return
    const own = parseColour(style.backgroundColor)
    const isPlace = element === place
    if (!isPlace && ((own !== null && own.alpha > 0.6) || style.backgroundImage !== 'none')) return
    const ground = groundOf(element, style, under, white, [])
    if (ground.isPicture) return
    const colour = parseColour(style.color)
    const characters = ownCharacters(element)
    const [sent] = ground.sent
    if (
      characters > 0 &&
      colour !== null &&
      sent !== undefined &&
      Number.parseFloat(style.fontSize) > hiddenUpToPx
    )
      texts.push({ element, colour: composite(colour, sent), characters, ground: sent })
    for (const child of element.children) if (child instanceof HTMLElement) visit(child, ground)
  }
  visit(place, below)
  return texts
}

/** What lies below an element as it was sent. */
const groundBelow = (mail: HTMLElement, element: HTMLElement): Ground => {
  const around: HTMLElement[] = []
  for (let at = element.parentElement; at !== null && mail.contains(at); at = at.parentElement)
    around.unshift(at)
  let ground: Ground = { sent: [white], drawn: [white], isPicture: false }
  for (const each of around) ground = groundOf(each, getComputedStyle(each), ground, white, [])
  return ground
}

const charactersOf = (texts: readonly Text[]): number => texts.reduce((sum, each) => sum + each.characters, 0)

/**
 * White words on a picture that was kept away stand on the white that is left. Until the picture is here its place gets a
 * ground on which they can be read; what was readable there takes the other colour where it must.
 */
export const groundMissingPictures = (mail: HTMLElement): void => {
  const places = [mail, ...mail.querySelectorAll<HTMLElement>('*')].filter(element =>
    getComputedStyle(element).backgroundImage.includes(keptAway),
  )
  for (const place of places) {
    const texts = textsOn(place, groundBelow(mail, place))
    const lost = texts.filter(({ colour, ground }) => contrast(colour, ground) < unreadableBelow)
    if (lost.length === 0) continue
    const isForDark =
      charactersOf(
        lost.filter(({ colour }) => contrast(colour, darkGround) >= contrast(colour, lightGround)),
      ) *
        2 >=
      charactersOf(lost)
    const ground = isForDark ? darkGround : lightGround
    const moves = charactersOf(lost) * 2 >= charactersOf(texts)
    if (moves) setStyle(place, 'background-color', writeColour(ground))
    const [ink, other] = isForDark === moves ? [white, darkGround] : [darkGround, white]
    for (const text of texts) {
      const on = moves ? ground : text.ground
      if (contrast(text.colour, on) >= (lost.includes(text) ? readable : unreadableBelow)) continue
      const best = contrast(ink, on) >= contrast(other, on) ? ink : other
      setStyle(text.element, 'color', writeColour(best))
    }
  }
}

/** Alternative words smaller than this were meant for a gap between pictures, not for words. */
const smallestWordsPx = 11

/**
 * Words in the place of pictures that are not here. Layouts set the letters between their pictures to nothing, so that no gap
 * shows; the alternative words take after that.
 */
export const showAlternatives = (mail: HTMLElement): void => {
  for (const image of mail.querySelectorAll('img:not([src])')) {
    const style = getComputedStyle(image)
    if (style.display === 'none') continue
    if (Number.parseFloat(style.fontSize) < smallestWordsPx) setStyle(image, 'font-size', '13px')
    setStyle(image, 'line-height', '1.4')
    setStyle(image, 'white-space', 'normal')
  }
}
