import type { Page } from 'playwright-core'

/**
 * What of the page cannot be seen or reached: outside of the window, cut by something that does not scroll, or only to be read
 * by scrolling sideways (WCAG 1.4.10). Words that end in an ellipsis on purpose, what a button is called while it is pointed at, and the document of a mail, are left out.
 */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const slack = 1.5
    const nameOf = (element: Element) => {
      const words = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
      return `${element.tagName.toLowerCase()}.${element.className.toString().replaceAll(' ', '.')} "${words.slice(0, 50)}"`
    }
    const controls =
      'button, a[href], input, textarea, select, [role=tab], [role=option], [role=treeitem], [tabindex]'
    const isSeen = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      element.closest(
        '.spoken, .ui-tooltip, svg, [aria-hidden=true], [inert], [data-react-aria-prevent-focus]',
      ) === null
    const isLeaf = (element: Element) =>
      element.matches(controls) ||
      [...element.childNodes].some(
        node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      )
    const hides = (value: string) => value === 'hidden' || value === 'clip'
    const scrolls = (value: string) => value === 'auto' || value === 'scroll'

    const found: string[] = []
    for (const element of document.body.querySelectorAll('*')) {
      if (!isSeen(element)) continue
      const own = getComputedStyle(element)
      if (
        scrolls(own.overflowX) &&
        element.scrollWidth > element.clientWidth + slack &&
        !element.matches('pre, textarea, [data-wide]')
      )
        found.push(`scrolls sideways: ${nameOf(element)}`)
      const box = element.getBoundingClientRect()
      // Hidden from the eye by being a pixel wide: for screen readers only.
      if ((element.parentElement?.offsetWidth ?? 0) < 2) continue
      if (!isLeaf(element) || box.width < 2 || box.height < 2) continue
      // Rows above and below what is seen of a list are reached by scrolling it.
      let bottom = innerHeight
      let top = 0
      let left = 0
      let right = innerWidth
      let canScroll = false
      let canScrollAside = false
      let isEllipsis = own.textOverflow === 'ellipsis'
      for (let above = element.parentElement; above !== null; above = above.parentElement) {
        if (above === document.body) break
        const style = getComputedStyle(above)
        const bounds = above.getBoundingClientRect()
        isEllipsis ||= style.textOverflow === 'ellipsis'
        canScroll ||= scrolls(style.overflowY) && above.scrollHeight > above.clientHeight
        canScrollAside ||= scrolls(style.overflowX)
        if (hides(style.overflowY) && !canScroll) {
          bottom = Math.min(bottom, bounds.bottom)
          top = Math.max(top, bounds.top)
        }
        if (hides(style.overflowX) && !canScrollAside) {
          right = Math.min(right, bounds.right)
          left = Math.max(left, bounds.left)
        }
        if (style.position === 'fixed') break
      }
      if (!isEllipsis && (box.right > right + slack || box.left < left - slack))
        found.push(`outside at the side: ${nameOf(element)}`)
      if (!canScroll && (box.bottom > bottom + slack || box.top < top - slack))
        found.push(`outside above or below: ${nameOf(element)}`)
      if (
        !element.matches('input') &&
        own.textOverflow !== 'ellipsis' &&
        !isEllipsis &&
        hides(own.overflowX) &&
        element.scrollWidth > element.clientWidth + slack
      )
        found.push(`words cut: ${nameOf(element)}`)
    }
    return [...new Set(found)]
  })
