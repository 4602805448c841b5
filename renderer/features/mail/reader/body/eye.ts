import type { BodyFit } from '../../../../../shared/features/mail/body-fit'

/** What the reader looks at: the element that begins above the upper edge of what is seen, and how far above. */
export type Eye = Readonly<{ number: number; belowPx: number }>

type Marks = BodyFit['marks']

/** The nearest element above a place in the frame; null where none is. */
export function eyeAt(marks: Marks, topPx: number): Eye | null {
  let found: Marks[number] | null = null
  // Columns stand beside each other, so the marks are in the order of the document and not of their places.
  for (const mark of marks) if (mark[1] <= topPx && (found === null || mark[1] > found[1])) found = mark
  return found === null ? null : { number: found[0], belowPx: topPx - found[1] }
}

/** Where that place is now; null when it is not seen any more. */
export function placeOfEye(marks: Marks, { number, belowPx }: Eye): number | null {
  const mark = marks.find(([each]) => each === number)
  return mark === undefined ? null : mark[1] + belowPx
}
