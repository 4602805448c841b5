import type { DragEvent } from 'react'
import type { EventId } from '../../../shared/features/calendar/model'

/** Says that a to-do is in the hand. Its id stays in the page: a drop outside must learn nothing of it. */
const todoType = 'application/x-siegel-todo'

let held: EventId | null = null

export function holdTodo({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>, id: EventId): void {
  held = id
  dataTransfer.setData(todoType, '1')
  dataTransfer.effectAllowed = 'move'
}

export const carriesTodo = ({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): boolean =>
  dataTransfer.types.includes(todoType)

/** The to-do that is let go of; null for something else. */
export function droppedTodo(event: Pick<DragEvent, 'dataTransfer'>): EventId | null {
  const id = carriesTodo(event) ? held : null
  held = null
  return id
}
