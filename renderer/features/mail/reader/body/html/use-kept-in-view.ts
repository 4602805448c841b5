import { type RefObject, useLayoutEffect, useRef } from 'react'

const lineOf = (box: HTMLElement): HTMLElement | null => box.querySelector('[aria-current="true"]')

/**
 * Keeps the line that is current where it is in a list that scrolls: another one is brought into the middle when it becomes
 * current, and lines that come or go above it do not move it. `lines`: how many there are; 0 while that is not known.
 */
export function useKeptInView(
  list: RefObject<HTMLElement | null>,
  currentId: number,
  lines: number,
): () => void {
  const before = useRef<{ id: number; offset: number } | null>(null)

  useLayoutEffect(() => {
    const box = list.current
    const line = box === null ? null : lineOf(box)
    if (box === null || line === null) return
    // The list is where its lines' places are counted from (position: relative).
    const top = line.offsetTop
    box.scrollTop =
      before.current?.id === currentId
        ? top - before.current.offset
        : top - (box.clientHeight - line.offsetHeight) / 2
    if (lines > 0) before.current = { id: currentId, offset: top - box.scrollTop }
  }, [list, currentId, lines])

  return () => {
    const box = list.current
    const line = box === null ? null : lineOf(box)
    if (box !== null && line !== null && before.current?.id === currentId)
      before.current = { id: currentId, offset: line.offsetTop - box.scrollTop }
  }
}
