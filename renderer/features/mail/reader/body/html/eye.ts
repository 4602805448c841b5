import type { BodyFit } from '../../../../../../shared/features/mail/body-fit'

type Marks = BodyFit['marks']

/** What somebody looks at: a place in a mail, and how far it stands below the upper edge of what is seen. */
export type Eye = Readonly<{ place: number; belowPx: number }>

/** A beginning in this share of what is seen is rather kept than the middle of a text above it. */
const upperShare = 0.6
/** Lengths are rounded. */
const slackPx = 2

const highest = (marks: Marks, from: number, to: number, onlyStarts: boolean): Marks[number] | null => {
  let found: Marks[number] | null = null
  // Columns stand beside each other: the order of the marks is that of the text, not of their heights.
  for (const mark of marks) {
    const [, top, isStart] = mark
    if (top < from || top > to || (onlyStarts && !isStart)) continue
    if (found === null || top < found[1]) found = mark
  }
  return found
}

/**
 * What is to stay where it is when a mail is set anew: what begins first below the upper edge; within a long paragraph a place of it.
 * `edgePx`: how far below the frame's top what is seen begins; `seenPx`: how much of it is seen. Null where nothing is there to keep.
 */
export function eyeAt(marks: Marks, edgePx: number, seenPx: number): Eye | null {
  const from = edgePx - slackPx
  const mark =
    highest(marks, from, edgePx + seenPx * upperShare, true) ?? highest(marks, from, edgePx + seenPx, false)
  if (mark !== null) return { place: mark[0], belowPx: mark[1] - edgePx }
  // A picture higher than the window, or the empty end of a mail: what is above it stays, seen or not.
  const above = marks.filter(([, top]) => top < from).sort(([, one], [, other]) => other - one)[0]
  return above === undefined ? null : { place: above[0], belowPx: above[1] - edgePx }
}

/** How far below the frame's top what is seen has to begin now; null when nothing of the mail is there. */
export function edgeFor(marks: Marks, { place, belowPx }: Eye): number | null {
  // What is not shown any more gives its place to what comes behind it, as in a text that was folded.
  const mark = marks.find(([each]) => each >= place) ?? marks.at(-1)
  return mark === undefined ? null : mark[1] - belowPx
}
