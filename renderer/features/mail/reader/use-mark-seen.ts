import { useEffect } from 'react'
import type { MessageSummary } from '../../../../shared/model/mail'
import { useHost } from '../../../host/host-context'
import { changeFlags } from '../../../state/run-command'
import { useUi } from '../../../state/ui-store'

/** Marks the message being looked at as read after a moment; -1 seconds never does. */
export function useMarkSeen(row: MessageSummary | null, afterSeconds: number): void {
  const host = useHost()
  const heldUnreadId = useUi(state => state.heldUnreadId)
  const id = row?.id ?? null
  const isUnread = row !== null && !row.flags.includes('seen')
  useEffect(() => {
    if (id === null || !isUnread || afterSeconds < 0 || heldUnreadId === id) return
    const timer = setTimeout(() => {
      useUi.setState({ keptId: id })
      void changeFlags(host, { ids: [id], add: ['seen'], remove: [] })
    }, afterSeconds * 1000)
    return () => clearTimeout(timer)
  }, [host, id, isUnread, afterSeconds, heldUnreadId])
  useEffect(() => {
    if (heldUnreadId !== null && id !== null && id !== heldUnreadId) useUi.setState({ heldUnreadId: null })
  }, [id, heldUnreadId])
}
