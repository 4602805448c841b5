import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { BodyFit } from '../../../../../../shared/features/mail/body-fit'
import { type Eye, edgeFor, eyeAt } from './eye'

/** How far the frame reaches above what is seen; below 0 while its upper edge is seen. */
const aboveFrame = (scroller: Element, frame: Element): number =>
  scroller.getBoundingClientRect().top - frame.getBoundingClientRect().top

const scrollerOf = (frame: RefObject<HTMLIFrameElement | null>): Element | null =>
  frame.current?.closest('.scroll') ?? null

/**
 * Keeps what somebody reads where it is on the screen when the body in a frame was set anew. `eye` outlives the frame: a body
 * that is asked for again with its pictures is another document. What changes above the frame is left to Chromium's own anchoring
 * (`overflow-anchor`), which keeps the frame's upper edge; so both count from that edge and neither undoes the other.
 * Answers what to call when the body is about to be set: until the next `fit` its places are not known.
 */
export function useSteadyEye(
  frame: RefObject<HTMLIFrameElement | null>,
  fit: BodyFit | null,
  eye: RefObject<Eye | null>,
): () => void {
  const known = useRef<Readonly<{ marks: BodyFit['marks']; widthPx: number }> | null>(null)
  const lastAbove = useRef(0)

  useLayoutEffect(() => {
    const scroller = scrollerOf(frame)
    if (scroller === null || frame.current === null || fit === null) return
    const edge = eye.current === null ? null : edgeFor(fit.marks, eye.current)
    if (edge !== null) scroller.scrollTop += edge - aboveFrame(scroller, frame.current)
    lastAbove.current = aboveFrame(scroller, frame.current)
    known.current = { marks: fit.marks, widthPx: frame.current.clientWidth }
  }, [fit, frame, eye])

  useEffect(() => {
    const element = frame.current
    const scroller = scrollerOf(frame)
    if (scroller === null || element === null) return
    lastAbove.current = aboveFrame(scroller, element)
    const look = (): void => {
      const above = aboveFrame(scroller, element)
      const moved = above - lastAbove.current
      lastAbove.current = above
      // A step of ours, or of rounding, is none of the reader's.
      if (Math.abs(moved) < 1) return
      if (known.current?.widthPx === element.clientWidth) {
        eye.current = above > 0 ? eyeAt(known.current.marks, above, scroller.clientHeight) : null
        return
      }
      // Not known where things are now. What ends because the frame is lower for a moment was not scrolled by the reader.
      const isAtEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1
      if (eye.current !== null && !(moved < 0 && isAtEnd))
        eye.current = { ...eye.current, belowPx: eye.current.belowPx - moved }
    }
    scroller.addEventListener('scroll', look, { passive: true })
    return () => scroller.removeEventListener('scroll', look)
  }, [frame, eye])

  return useCallback(() => {
    known.current = null
  }, [])
}
