import { type DragEvent, type ReactNode, useEffect, useRef } from 'react'
import { openRoom, type PlannedMessage } from '../state/ui-store'
import { carriesMessages, usePlanDrop } from '../state/use-plan-drop'

/** Whoever holds messages over a room for so long wants to let go of them inside. */
const openAfterMs = 700

const kinds: Readonly<Record<string, PlannedMessage['kind']>> = { calendar: 'event', todos: 'todo' }

/** Rooms that make something of a message take it where their button is, and open when it is held there. */
export function RailDrop({ room, children }: Readonly<{ room: string; children: ReactNode }>) {
  const drop = usePlanDrop()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const stop = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  const kind = kinds[room]
  if (kind === undefined) return children
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: messages are dropped here; by keyboard their own command does the same.
    <span
      className="rail-drop"
      onDragEnter={event => {
        if (!carriesMessages(event)) return
        stop()
        timer.current = setTimeout(() => openRoom(room), openAfterMs)
      }}
      onDragLeave={stop}
      onDragOver={(event: DragEvent) => {
        if (!carriesMessages(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
      }}
      onDrop={event => {
        stop()
        if (carriesMessages(event)) drop(event, { kind })
      }}
    >
      {children}
    </span>
  )
}
