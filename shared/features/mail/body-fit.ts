import { z } from 'zod'
import { messageId } from '../../kit/ids'
import { attachedPath } from './attached-message'

/** A colour as `getComputedStyle` writes it: `rgb(35, 36, 37)`. */
const plainColour = z.string().regex(/^rgb\(\d{1,3}, \d{1,3}, \d{1,3}\)$/)

/** A message's HTML body in a frame of the page, and how it is to be set. */
export const bodyFitRequest = z.strictObject({
  messageId,
  attached: attachedPath,
  /** As its sender made it: neither scaled nor darkened. */
  asSent: z.boolean(),
  /** What stands around the frame. */
  paper: plainColour,
  ink: plainColour,
  /** What a screen reader says of a table with a scroller of its own. */
  wideTable: z.string().max(200),
})
export type BodyFitRequest = z.infer<typeof bodyFitRequest>

/** Higher frames scroll by themselves: what comes from a body is hostile, and Chromium's lengths end somewhere. */
const maxBodyHeightPx = 200_000

/** Places of a body by which what somebody looks at is found again. */
const mostMarks = 3000

/** How a body was set. The numbers come from a frame with a hostile document, so they are bounded. */
export const bodyFit = z.object({
  /** CSS pixels of the page; null: there was no such frame any more, or it could not be measured. */
  heightPx: z.number().int().min(0).max(maxBodyHeightPx).nullable(),
  /** 1: nothing was scaled. */
  scale: z.number().min(0.1).max(1),
  isDarkened: z.boolean(),
  /** Whether it is still wider than its frame and scrolls sideways. */
  isWide: z.boolean(),
  /**
   * Places of the text in its order: how many characters and pictures are before one, the same for as long as the message is; how
   * many CSS pixels of the page it lies below the frame's upper edge; whether a paragraph begins there, or a line.
   */
  marks: z
    .array(
      z.tuple([
        z.number().int().nonnegative(),
        z
          .number()
          .min(-maxBodyHeightPx)
          .max(2 * maxBodyHeightPx),
        z.boolean(),
      ]),
    )
    .max(mostMarks),
})
export type BodyFit = z.infer<typeof bodyFit>

/** Where in the frame of a body a place lies that a link in it leads to. */
export const bodyPlace = z.object({
  messageId,
  attached: attachedPath,
  topPx: z.number().min(0).max(maxBodyHeightPx),
})
export type BodyPlace = z.infer<typeof bodyPlace>
