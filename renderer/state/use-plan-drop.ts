import type { DragEvent } from 'react'
import { useHost } from '../host/host-context'
import { dragged, dragType } from './dragged-messages'
import { runCommand } from './run-command'
import { type PlannedMessage, useUi } from './ui-store'

/** Whether messages are in the hand. */
export const carriesMessages = ({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): boolean =>
  dataTransfer.types.includes(dragType)

/**
 * Messages that are let go of where days and to-dos are: the first of them is to become one. What it becomes is asked before. By
 * keyboard the same is done with the command of the message.
 */
export function usePlanDrop(): (event: DragEvent, plan: Pick<PlannedMessage, 'kind' | 'day'>) => void {
  const host = useHost()
  return (event, plan) => {
    event.preventDefault()
    const [id] = dragged.take()
    if (id === undefined) return
    void runCommand(host, 'messages.summaries', { ids: [id] }).then(found => {
      const [message] = found ?? []
      if (message === undefined) return
      useUi.setState({ planned: { ...plan, name: message.messageIdHeader, subject: message.subject } })
    })
  }
}
