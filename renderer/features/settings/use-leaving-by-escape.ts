import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { openRoom } from '../../state/ui-store'

type Field = HTMLInputElement | HTMLTextAreaElement

const isField = (target: EventTarget): target is Field =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type))

/**
 * The keyboard comes along into settings, and Escape leads out of them from a field too. What was typed into the field is not
 * lost by one press: the first only leaves the field.
 */
export function useLeavingByEscape(room: RefObject<HTMLElement | null>) {
  const valueAtFocus = useRef('')
  useEffect(() => {
    room.current?.focus()
    // The tabs are drawn in a second step.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === room.current)
        room.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [room])
  return {
    onFocus: ({ target }: FocusEvent) => {
      if (isField(target)) valueAtFocus.current = target.value
    },
    onKeyDown: (event: KeyboardEvent) => {
      const { target, currentTarget } = event
      if (event.key !== 'Escape' || event.defaultPrevented || !isField(target)) return
      // A dialog in front is no part of the room; its keys come here only through React's tree.
      if (!currentTarget.contains(target)) return
      event.preventDefault()
      if (target.value === valueAtFocus.current) openRoom('mail')
      else room.current?.focus()
    },
  }
}
