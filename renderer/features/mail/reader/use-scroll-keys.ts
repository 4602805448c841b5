import type { RefObject } from 'react'
import { type CommandHandlers, commandRegistry } from '../../../state/keys/command-registry'

/** Lines left over from the page before, so that the eye finds its place. */
const overlapPx = 48

/** Space reads on: a page down, and at the end the next message. */
export function useScrollKeys(scroller: RefObject<HTMLElement | null>): CommandHandlers {
  const page = (direction: 1 | -1) => () => {
    const element = scroller.current
    if (element === null) return
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 2
    if (direction === 1 && atEnd) commandRegistry.run('next')
    else element.scrollBy({ top: direction * (element.clientHeight - overlapPx) })
  }
  return { scrollDown: page(1), scrollUp: page(-1) }
}
