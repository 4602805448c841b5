import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'

/** Closer to the end than this is at the end. */
const atEndPx = 24

/** Where the reader is: at the end, whatever comes, or at the row whose foot is lowest in sight. */
type Place = Readonly<{ at: 'end' } | { at: 'row'; key: string; fromFootPx: number }>

/** Where to go next, once its row is drawn. */
type Target = Readonly<{ key: string; where: 'middle' | 'top' }>

const rowsOf = (scroller: HTMLElement): HTMLElement[] => [
  ...scroller.querySelectorAll<HTMLElement>('[data-row]'),
]

/** The lowest row whose foot is in sight. Rows stand in order, so half of them need not be looked at each time. */
function lowestInSight(scroller: HTMLElement): HTMLElement | null {
  const rows = rowsOf(scroller)
  const foot = scroller.getBoundingClientRect().bottom
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.getBoundingClientRect().top ?? 0) < foot) low = middle + 1
    else high = middle
  }
  return rows[low - 1] ?? null
}

/**
 * The one owner of the scroll place of a conversation. The place is a row and how far its foot is from that of the pane, never a number of
 * pixels from the top: whatever is added above, grows or goes, that row stays where it is. A wish to go somewhere is kept until its row
 * is there; the newest wish wins, and whoever scrolls takes it back.
 */
export function useScrollPlace(
  scroller: RefObject<HTMLDivElement | null>,
  /** What is drawn; a new object for every change. */
  drawn: unknown,
  isEnd: boolean,
) {
  const place = useRef<Place>({ at: 'end' })
  const target = useRef<Target | null>(null)
  const end = useRef(isEnd)
  end.current = isEnd

  const restore = useCallback(() => {
    const pane = scroller.current
    if (pane === null) return
    const wish = target.current
    if (wish !== null) {
      const row = pane.querySelector<HTMLElement>(`[data-row="${CSS.escape(wish.key)}"]`)
      if (row !== null) {
        const box = row.getBoundingClientRect()
        const frame = pane.getBoundingClientRect()
        const above = wish.where === 'top' ? frame.height / 5 : Math.max(0, (frame.height - box.height) / 2)
        pane.scrollTop += box.top - frame.top - above
        place.current = {
          at: 'row',
          key: wish.key,
          fromFootPx: frame.bottom - row.getBoundingClientRect().bottom,
        }
        target.current = null
        return
      }
    }
    if (place.current.at === 'end') {
      pane.scrollTop = pane.scrollHeight
      return
    }
    const { key, fromFootPx } = place.current
    const row = pane.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)
    if (row === null) return
    const off = pane.getBoundingClientRect().bottom - row.getBoundingClientRect().bottom - fromFootPx
    if (Math.abs(off) >= 0.5) pane.scrollTop -= off
  }, [scroller])

  const remember = useCallback(() => {
    const pane = scroller.current
    if (pane === null) return
    if (end.current && pane.scrollHeight - pane.scrollTop - pane.clientHeight <= atEndPx) {
      place.current = { at: 'end' }
      return
    }
    const row = lowestInSight(pane)
    const foot = pane.getBoundingClientRect().bottom
    if (row !== null)
      place.current = {
        at: 'row',
        key: row.dataset['row'] ?? '',
        fromFootPx: foot - row.getBoundingClientRect().bottom,
      }
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn anew may have moved the row.
  useLayoutEffect(restore, [restore, drawn])

  useEffect(() => {
    const pane = scroller.current
    if (pane === null) return
    const observer = new ResizeObserver(restore)
    observer.observe(pane)
    if (pane.firstElementChild !== null) observer.observe(pane.firstElementChild)
    const cancel = () => {
      target.current = null
    }
    pane.addEventListener('wheel', cancel, { passive: true })
    pane.addEventListener('pointerdown', cancel, { passive: true })
    return () => {
      observer.disconnect()
      pane.removeEventListener('wheel', cancel)
      pane.removeEventListener('pointerdown', cancel)
    }
  }, [scroller, restore])

  return {
    /** To be called whenever the pane was scrolled. */
    remember,
    isAtEnd: () => place.current.at === 'end',
    toEnd: () => {
      target.current = null
      place.current = { at: 'end' }
      restore()
    },
    /** Goes to a row as soon as it is drawn. */
    toRow: (key: string, where: Target['where']) => {
      target.current = { key, where }
      restore()
    },
  }
}
