/**
 * What the script changes in a mail's document, so that it can be taken back: the next pass begins with the mail as it
 * came. A mail cannot bring these attributes itself; the sanitiser keeps none that begins with `data-`.
 */
const styleWas = 'data-siegel-was'
const added = 'data-siegel-added'
const region = 'data-siegel-region'

export const setStyle = (element: Element, property: string, value: string): void => {
  if (!('style' in element)) return
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
