import { setStyle } from './changes'
import { parseColour } from './colour'

/** Of a letter that says nothing about its edges: it stands in line with the head above it. */
const letterEdge = 24
/** Of a design that says nothing about its edges: what browsers give. */
const designEdge = 8
/** From this width on a box is a design, not a paragraph. */
const designWidth = 300

const isOpaque = (style: CSSStyleDeclaration): boolean => {
  const colour = parseColour(style.backgroundColor)
  return colour !== null && colour.alpha > 0.5
}

/** The elements that carry a mail's own background, from the outside in: each as wide as the one before and nearly as high. */
const canvasCarrier = (mail: HTMLElement): HTMLElement | null => {
  const whole = mail.getBoundingClientRect()
  let at: HTMLElement = mail
  for (let depth = 0; depth < 12; depth++) {
    if (isOpaque(getComputedStyle(at))) return at
    const next = [...at.children].find((child): child is HTMLElement => {
      const box = child.getBoundingClientRect()
      return child instanceof HTMLElement && box.width >= whole.width - 64 && box.height >= whole.height - 96
    })
    if (next === undefined) return null
    at = next
  }
  return null
}

const isDesign = (mail: HTMLElement): boolean =>
  [...mail.querySelectorAll<HTMLElement>('table, div, td')].some(element => {
    if (element.getBoundingClientRect().width < designWidth) return false
    const style = getComputedStyle(element)
    return (element.tagName === 'TABLE' && element.querySelector('th') === null) || isOpaque(style)
  })

/** Whether anything in the mail paints a ground; then what it leaves free is meant to be white. */
const paintsGround = (mail: HTMLElement): boolean =>
  [mail, ...mail.querySelectorAll<HTMLElement>('*')].some(element => isOpaque(getComputedStyle(element)))

export type Canvas = Readonly<{ colour: string | null; isPainted: boolean }>

/**
 * Sets the mail's edges and finds its canvas. A mail's own ground fills its whole area and does not end with the text;
 * a letter without one stands on the page's paper.
 */
export const setEdges = (mail: HTMLElement): Canvas => {
  const style = getComputedStyle(mail)
  const saysNothing = style.paddingLeft === `${letterEdge}px`
  const design = isDesign(mail)
  const carrier = canvasCarrier(mail)
  if (carrier !== null && carrier !== mail && saysNothing) setStyle(mail, 'padding', '0')
  else if (design && saysNothing) setStyle(mail, 'padding', `${designEdge}px`)
  else if (!design && Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.marginLeft) < designEdge)
    for (const side of ['left', 'right']) setStyle(mail, `padding-${side}`, `${letterEdge}px`)
  const colour = carrier === null ? null : getComputedStyle(carrier).backgroundColor
  return { colour, isPainted: paintsGround(mail) || mail.querySelector('img[src]') !== null }
}
