import type { DragEvent } from 'react'
import type { EventId } from '../../../shared/features/calendar/model'

/** Of a to-do in the hand: nothing outside of this window knows it. */
const todoType = 'application/x-siegel-todo'

export function holdTodo({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>, id: EventId): void {
  dataTransfer.setData(todoType, String(id))
  dataTransfer.effectAllowed = 'move'
}

export const carriesTodo = ({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): boolean =>
  dataTransfer.types.includes(todoType)

/** The to-do that is let go of; null for something else. */
export function droppedTodo({ dataTransfer }: Pick<DragEvent, 'dataTransfer'>): EventId | null {
  const id = Number(dataTransfer.getData(todoType))
  return Number.isSafeInteger(id) && id > 0 ? (id as EventId) : null
}
