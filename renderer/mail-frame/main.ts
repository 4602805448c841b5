// What main runs beside a mail body (electron/windows/mail-frame/body-frame.ts), in a world of its own: the frame itself has no right to
// run scripts. It is bundled into one string.
import { setEdges } from './canvas'
import { setStyle, takeBack } from './changes'
import { darkBackground, parseColour, toOklch, white, writeColour } from './colour'
import { darken } from './dark'
import { fitWidth, settle } from './fit'
import { growsUnderPointer } from './hovers'
import { marksOf } from './marks'
import { groundMissingPictures, showAlternatives } from './missing-pictures'

type Order = Readonly<{
  asSent: boolean
  paper: string
  ink: string
  wideTable: string
  isDark: boolean
  isZoomed: boolean
}>

/** The root carries this while the script sees to the mail; the sheet of the document then leaves it to it. */
const isSet = 'data-siegel-set'
/** Higher frames scroll by themselves (shared/features/mail/body-fit.ts). */
const maxHeightPx = 200_000

/** A mail whose canvas is darker than this was made for the dark. */
const darkCanvas = 0.42

const setCanvas = (mail: HTMLElement, order: Order): boolean => {
  const root = document.documentElement
  const { colour, isPainted } = setEdges(mail)
  const own = colour === null ? null : parseColour(colour)
  const paper = parseColour(order.paper) ?? white
  if (!order.isDark || order.asSent) {
    setStyle(root, 'background', colour ?? (isPainted || order.asSent ? '#fff' : 'transparent'))
    return false
  }
  const sent = own ?? white
  darken(mail, sent, paper)
  setStyle(root, 'color-scheme', 'dark')
  setStyle(root, 'background', own === null ? order.paper : writeColour(darkBackground(own, paper)))
  return own === null ? isPainted : toOklch(own).lightness > darkCanvas
}

/** Each is watched by name (electron/windows/mail-frame/frame-door.ts); a mail with more of them scrolls by itself. */
const mostFolds = 5000

const foldsOf = (): readonly HTMLDetailsElement[] => [...document.querySelectorAll('details')]

/** Which parts of the mail that fold are open. */
export const openFolds = (): string =>
  foldsOf()
    .map(({ open }) => (open ? '1' : '0'))
    .join('')

/** Sets the mail of this document for the width its frame has, and says how. Whatever an earlier order did is taken back first. */
export const setBody = (order: Order): unknown => {
  takeBack()
  const root = document.documentElement
  const { body } = document
  const mail = document.querySelector<HTMLElement>('.siegel-mail') ?? body
  root.setAttribute(isSet, '')
  // Light, whatever the window: what the mail leaves open is black on white, as its sender saw it.
  setStyle(root, 'color-scheme', 'light')
  if (!order.isDark && !order.asSent) setStyle(root, 'color', order.ink)
  // Before the width is asked for: a frame that is lower than its mail has a bar at its side, which goes when it has grown.
  setStyle(root, 'overflow', 'hidden')
  const width = root.clientWidth
  if (width < 50) return null
  setStyle(body, 'overflow-x', 'auto')
  setStyle(body, 'overflow-y', 'hidden')
  showAlternatives(mail)
  if (!order.isDark && !order.asSent) groundMissingPictures(mail)
  const isDarkened = setCanvas(mail, order)
  const fit = order.asSent
    ? { scale: 1, isWide: mail.scrollWidth > width + 1 }
    : fitWidth(mail, width, { mayScale: !order.isZoomed, wideTable: order.wideTable })
  if (!order.asSent) settle(mail)
  const bar = body.offsetHeight - body.clientHeight
  const heightPx = Math.ceil(Math.max(body.getBoundingClientRect().height, body.scrollHeight + bar))
  const isWatched = foldsOf().length <= mostFolds
  if (heightPx > maxHeightPx || !isWatched) setStyle(root, 'overflow', 'auto')
  else if (growsUnderPointer()) {
    // While it is higher than its frame the rest of it can be scrolled to; a bar would make it narrower.
    setStyle(root, 'overflow', 'hidden auto')
    setStyle(root, 'scrollbar-width', 'none')
  }
  return {
    heightPx: Math.min(heightPx, maxHeightPx),
    ...fit,
    isDarkened,
    marks: marksOf(mail),
    folds: isWatched ? openFolds() : '',
  }
}

/** The mail as it came, in a frame that scrolls by itself. */
export const putBack = (): null => {
  takeBack()
  document.documentElement.removeAttribute(isSet)
  return null
}

/** How far below the frame's upper edge the place lies that a fragment names; null when there is none. */
export const topOf = (fragment: string): number | null => {
  let name = fragment
  try {
    name = decodeURIComponent(fragment)
  } catch {
    // What is no encoding is meant as it stands.
  }
  const place = document.getElementById(name)
  // HTML standard §7.4.6.4: without such a place `top` is the beginning. The sanitiser puts `m-` before every name.
  if (place === null) return /^m-top$/i.test(name) ? 0 : null
  return Math.max(0, Math.min(maxHeightPx, place.getBoundingClientRect().top + window.scrollY))
}
