import { isAdded } from './changes'

/** More would cost more than the eye notices (shared/features/mail/body-fit.ts). */
const mostMarks = 3000

const hasOwnText = (element: Element): boolean =>
  [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && /\S/.test((node as Text).data))

/** Where elements with text begin, by their number among those that the mail brought. */
export const marksOf = (mail: Element): readonly [number: number, topPx: number][] => {
  const marks: [number, number][] = []
  let number = 0
  for (const element of mail.querySelectorAll('*')) {
    if (isAdded(element)) continue
    number += 1
    if (!hasOwnText(element) || !element.checkVisibility()) continue
    const { top, height } = element.getBoundingClientRect()
    if (height === 0) continue
    marks.push([number, top + window.scrollY])
    if (marks.length >= mostMarks) break
  }
  return marks
}
