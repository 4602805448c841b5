import { type RefObject, useEffect, useRef } from 'react'
import type { ChatMessageId, ChatRow, Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'

/** A newest message counts as seen when most of it is in sight. */
const inSightPx = 16

/** Says what was seen: drawn in sight, in a window that has the focus. A request of somebody unknown is never answered so. */
export function useSeen(
  { id, unread, isRequest }: Conversation,
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly ChatRow[],
): void {
  const host = useHost()
  const told = useRef(0)
  useEffect(() => {
    const pane = scroller.current
    if (pane === null || unread === 0 || isRequest) return
    const messages = new Map<string, ChatMessageId>(
      rows.flatMap(row => (row.kind === 'message' ? [[`m${row.id}`, row.id] as const] : [])),
    )
    const look = () => {
      if (!document.hasFocus() || document.visibilityState !== 'visible') return
      const foot = pane.getBoundingClientRect().bottom
      const seen = [...pane.querySelectorAll<HTMLElement>('article[data-row]')].findLast(
        row => row.getBoundingClientRect().top + inSightPx < foot,
      )
      const upTo = messages.get(seen?.dataset['row'] ?? '')
      if (upTo === undefined || upTo === told.current) return
      told.current = upTo
      void host.call('chat.seen', { conversationId: id, upTo })
    }
    // Once what was drawn has its place.
    const frame = requestAnimationFrame(look)
    pane.addEventListener('scroll', look, { passive: true })
    addEventListener('focus', look)
    return () => {
      cancelAnimationFrame(frame)
      pane.removeEventListener('scroll', look)
      removeEventListener('focus', look)
    }
  }, [host, id, unread, isRequest, scroller, rows])
}
