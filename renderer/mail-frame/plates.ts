import { darkShapeMark } from '../../shared/html/dark-shape'
import { type Colour, toOklch, writeColour } from './colour'

/** Grounds below this lightness are dark. */
const darkGround = 0.5

/** Light enough for black letters, not so light that it shines in the dark. */
const plate: Colour = { red: 226, green: 228, blue: 231, alpha: 1 }
const plateEdgePx = 4

type Under = Readonly<{ sent: readonly Colour[]; drawn: readonly Colour[]; isPicture: boolean }>

/**
 * What gives a dark picture on transparent ground (judged by the engine: its dots cannot be read here, it comes from another origin) a
 * light plate, where its ground was light and is dark now. It takes no room: nothing in the mail moves.
 */
export const plateFor = (
  element: Element,
  { sent, drawn, isPicture }: Under,
): readonly (readonly [property: string, value: string])[] => {
  if (!element.hasAttribute(darkShapeMark) || isPicture) return []
  const isDark = (grounds: readonly Colour[]): boolean =>
    grounds.some(ground => toOklch(ground).lightness < darkGround)
  // As sent it stood on a dark ground too: then nobody was meant to see more of it.
  if (!isDark(drawn) || isDark(sent)) return []
  const colour = writeColour(plate)
  return [
    ['background-color', colour],
    ['box-shadow', `0 0 0 ${plateEdgePx}px ${colour}`],
    ['border-radius', `${plateEdgePx}px`],
  ]
}
