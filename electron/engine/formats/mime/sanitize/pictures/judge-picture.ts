import type { PictureVerdict } from '../../../../ports/mail/mime'
import type { LaidOut } from '../css/layout-facts'
import { type AddressToken, isPictureFile, isPlainFile } from './address-tokens'
import { isKnownCounter } from './known-counters'

/** What is known of a picture beside its address. */
export type PictureFacts = Readonly<{
  layout: LaidOut
  /** How often the message uses this address. */
  uses: number
  /** Tokens of the address that stand in no other of the message. */
  tokens: readonly AddressToken[]
  /** It stands at the very end: nothing to see comes behind it. */
  isLast: boolean
}>

/** Up to this many pixels a side a picture shows nothing. */
const tinySide = 5
/** A side this thin shows nothing by itself … */
const thinSide = 2
/** … unless the other is this long: a rule, or room between two things. */
const longSide = 20
/** Room that is named by a machine must at least be seen as room. */
const roomSide = 8

const carriesSomething = (source: string, tokens: readonly AddressToken[]): boolean =>
  tokens.length > 0 || !isPlainFile(source)

/** Whether a picture of these sides, those that are known, shows nothing. */
const isTinyOf = (sides: readonly number[]): boolean =>
  sides.some(side => side <= thinSide) || (sides.length === 2 && sides.every(side => side <= tinySide))

/** Whether only what arrives can tell a picture from a pixel: its address carries something, and a side of it is not said. */
export const mayBePixel = (source: string, { layout, tokens }: PictureFacts): boolean =>
  !layout.isHidden && [layout.width, layout.height].includes(null) && carriesSomething(source, tokens)

/** Whether what arrived shows nothing; a line is something to see. */
export const isPixel = ({ width, height }: Readonly<{ width: number; height: number }>): boolean =>
  isTinyOf([width, height]) && width <= longSide && height <= longSide

/** The one judgement of remote pictures: by size and visibility as laid out, and by what the address carries. */
export function judgePicture(source: string, facts: PictureFacts): PictureVerdict {
  const { layout, tokens, isLast } = facts
  const carries = carriesSomething(source, tokens)
  if (isKnownCounter(source)) return 'tracker'
  if (layout.isHidden) return carries ? 'tracker' : 'unseen'
  if (layout.isSqueezed && carries) return 'tracker'
  const sides = [layout.width, layout.height].filter(side => side !== null)
  if (isTinyOf(sides)) return judgeTiny(sides, facts, carries)
  // Without a size it is as large as its sender wants: a pixel, then, where nothing comes after it.
  if (sides.length === 0 && isLast && (tokens.length > 0 || !isPictureFile(source))) return 'tracker'
  return tokens.some(({ isFileName }) => !isFileName) ? 'telling' : 'picture'
}

function judgeTiny(
  sides: readonly number[],
  { tokens, uses }: PictureFacts,
  carries: boolean,
): PictureVerdict {
  const isRoom = uses > 1 || sides.some(side => side > longSide)
  if (tokens.some(({ isFileName }) => !isFileName)) return 'tracker'
  if (tokens.length > 0) return isRoom && sides.some(side => side >= roomSide) ? 'picture' : 'tracker'
  if (isRoom) return 'picture'
  return carries || sides.some(side => side <= thinSide) ? 'tracker' : 'unseen'
}

/** From the most to the least worth loading; a picture that stands in several places has the best verdict of them. */
const order: readonly PictureVerdict[] = ['picture', 'telling', 'unseen', 'tracker']

export const betterVerdict = (one: PictureVerdict, other: PictureVerdict): PictureVerdict =>
  order.indexOf(one) <= order.indexOf(other) ? one : other
