import { useEffect } from 'react'
import type { MessageSummary } from '../../../../shared/features/mail/model'
import { useHost } from '../../../host/host-context'
import { changeFlags } from '../../../state/run-command'
import { useMail } from '../state'

/** Marks the message being looked at as read after a moment; -1 seconds never does. */
export function useMarkSeen(row: MessageSummary | null, afterSeconds: number): void {
  const host = useHost()
  const heldUnreadId = useMail(state => state.heldUnreadId)
  const id = row?.id ?? null
  const isUnread = row !== null && !row.flags.includes('seen')
  useEffect(() => {
    if (id === null || !isUnread || afterSeconds < 0 || heldUnreadId === id) return
    const timer = setTimeout(() => {
      useMail.setState({ keptId: id })
      void changeFlags(host, { ids: [id], add: ['seen'], remove: [], undoable: false })
    }, afterSeconds * 1000)
    return () => clearTimeout(timer)
  }, [host, id, isUnread, afterSeconds, heldUnreadId])
  useEffect(() => {
    if (heldUnreadId !== null && id !== null && id !== heldUnreadId) useMail.setState({ heldUnreadId: null })
  }, [id, heldUnreadId])
}
