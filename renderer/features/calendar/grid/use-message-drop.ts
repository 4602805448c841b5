import type { DragEvent } from 'react'
import { carriesMessages, usePlanDrop } from '../../../state/use-plan-drop'
import { isoOf } from '../time/day'

const cellOf = (event: DragEvent): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-day]') : null

/** A message that is let go of on a day, or an hour of one, is to become an event there. */
export function useMessageDrop() {
  const drop = usePlanDrop()
  return {
    onDragOver: (event: DragEvent) => {
      if (!carriesMessages(event) || cellOf(event) === null) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'move'
    },
    onDrop: (event: DragEvent) => {
      const { day, hour } = cellOf(event)?.dataset ?? {}
      if (day === undefined || !carriesMessages(event)) return
      const time = hour === undefined ? '' : ` ${hour.padStart(2, '0')}:00`
      drop(event, { kind: 'event', day: `${isoOf(Number(day))}${time}` })
    },
  }
}
