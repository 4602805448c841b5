import { type DragEvent, useState } from 'react'
import { useHost } from '../../../host/host-context'
import { dragged, dragType } from '../../../state/dragged-messages'
import { leave } from '../../../state/leaving'
import { runUndoable } from '../../../state/run-command'
import { staysListed } from '../list/stays-listed'
import type { FolderLine } from './folder-lines'

/** Messages dragged from the list onto a folder are moved there. By keyboard the same is done with `v`. */
export function useMessageDrop(lines: readonly FolderLine[]) {
  const host = useHost()
  const [dropTargetId, setDropTargetId] = useState<string | null>(null)
  const targetOf = (id: string) => {
    const line = lines.find(other => other.id === id)
    return line?.kind === 'mailbox' && line.mailbox.selectable ? line.mailbox : null
  }
  return {
    dropTargetId,
    onDragOver: (id: string, event: DragEvent) => {
      if (!event.dataTransfer.types.includes(dragType) || targetOf(id) === null) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'move'
      setDropTargetId(id)
    },
    onDragLeave: () => setDropTargetId(null),
    onDrop: (id: string, event: DragEvent) => {
      event.preventDefault()
      setDropTargetId(null)
      const mailbox = targetOf(id)
      const ids = dragged.take()
      if (mailbox === null || ids.length === 0) return
      const move = () => runUndoable(host, 'move', 'messages.move', { ids: [...ids], mailboxId: mailbox.id })
      void (staysListed(mailbox) ? move() : leave(ids, move))
    },
  }
}
