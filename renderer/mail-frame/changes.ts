/**
 * What the script changes in a mail's document, so that it can be taken back: the next pass begins with the mail as it
 * came. A mail cannot bring these attributes itself; the sanitiser keeps none that begins with `data-`.
 */
const styleWas = 'data-siegel-was'
const added = 'data-siegel-added'
const region = 'data-siegel-region'

type Before = Readonly<{ style: string | null; was: string | null }>
/** How elements were before a trial; null while none is made. */
let trial: Map<Element, Before> | null = null

const attributeBack = (element: Element, name: string, value: string | null): void => {
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}

/** Makes changes (`setStyle`) that stay only if the mail is well with them. */
export const tryOut = (use: () => void, isGood: () => boolean): boolean => {
  const changed = new Map<Element, Before>()
  trial = changed
  use()
  trial = null
  if (isGood()) return true
  for (const [element, { style, was }] of changed) {
    attributeBack(element, 'style', style)
    attributeBack(element, styleWas, was)
  }
  return false
}

export const setStyle = (element: Element, property: string, value: string): void => {
  if (!('style' in element)) return
  if (trial !== null && !trial.has(element))
    trial.set(element, { style: element.getAttribute('style'), was: element.getAttribute(styleWas) })
  if (!element.hasAttribute(styleWas)) element.setAttribute(styleWas, element.getAttribute('style') ?? '')
  ;(element as HTMLElement).style.setProperty(property, value, 'important')
}

/** Puts an element of ours around another. */
export const wrapIn = (element: Element): HTMLElement => {
  const around = document.createElement('div')
  around.setAttribute(added, '')
  element.replaceWith(around)
  around.append(element)
  return around
}

/** Makes a box that scrolls sideways one that the keyboard reaches and a screen reader names. */
export const nameRegion = (element: Element, label: string): void => {
  element.setAttribute(region, '')
  element.setAttribute('tabindex', '0')
  element.setAttribute('role', 'region')
  element.setAttribute('aria-label', label)
}

/** Whether an element stands in a box of ours that scrolls by itself. */
export const scrollsByItself = (element: Element): boolean => element.closest(`[${region}]`) !== null

export const takeBack = (): void => {
  for (const element of document.querySelectorAll(`[${region}]`))
    for (const name of [region, 'tabindex', 'role', 'aria-label']) element.removeAttribute(name)
  for (const element of document.querySelectorAll(`[${styleWas}]`)) {
    const was = element.getAttribute(styleWas) ?? ''
    if (was === '') element.removeAttribute('style')
    else element.setAttribute('style', was)
    element.removeAttribute(styleWas)
  }
  for (const element of document.querySelectorAll(`[${added}]`)) element.replaceWith(...element.childNodes)
}
