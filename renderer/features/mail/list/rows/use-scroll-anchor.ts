import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { MessageId } from '../../../../../shared/kit/ids'
import type { MessageList } from '../use-message-list'

/** The row at the upper edge of what is seen, and how far it is scrolled past, in CSS pixels. */
type Anchor = Readonly<{ id: MessageId; pastPx: number }>

/**
 * Mail that comes in above what is being looked at must not push it away: the row at the upper edge stays where it
 * is. At the very top the list is left alone, so that new mail is seen there.
 */
export function useScrollAnchor(
  scroller: RefObject<HTMLElement | null>,
  list: MessageList,
  rowHeightPx: number,
): () => void {
  const anchor = useRef<Anchor | null>(null)
  const remember = () => {
    const top = scroller.current?.scrollTop ?? 0
    const at = Math.floor(top / rowHeightPx)
    const id = list.ids[at]
    anchor.current = top === 0 || id === undefined ? null : { id, pastPx: top - at * rowHeightPx }
  }
  useLayoutEffect(() => {
    const element = scroller.current
    const kept = anchor.current
    if (element === null || kept === null) return
    const at = list.positions.get(kept.id)
    if (at === undefined) return
    const top = at * rowHeightPx + kept.pastPx
    if (Math.abs(element.scrollTop - top) >= 1) element.scrollTop = top
  }, [scroller, list.positions, rowHeightPx])
  return remember
}
