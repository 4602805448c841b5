import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useCommands } from '../../../state/keys/use-commands'
import { type PaneCount, useMail } from '../state'
import { stepBack } from './move-between-panes'

const paneCountOf = (room: HTMLElement): PaneCount => {
  const count = getComputedStyle(room).getPropertyValue('--panes').trim()
  return count === '1' ? 1 : count === '2' ? 2 : 3
}

const stopOf = (paneId: string): HTMLElement | null => {
  const pane = document.getElementById(paneId)
  return pane?.querySelector<HTMLElement>('[data-pane-stop]') ?? pane
}

/** Tells the program what the style sheet decided, answers the way back, and takes the keyboard along with the pane. */
export function usePanes(room: RefObject<HTMLElement | null>): void {
  const paneCount = useMail(state => state.paneCount)
  const front = useMail(state => state.front)
  const foldersOpen = useMail(state => state.foldersOpen)
  const foldersLieOver = foldersOpen && paneCount < 3

  useLayoutEffect(() => {
    const element = room.current
    if (element === null) return
    const read = () => {
      const count = paneCountOf(element)
      const before = useMail.getState()
      if (count === before.paneCount) return
      // What is being read stays in sight when the window becomes small.
      const isReading =
        before.selection.focus !== null && document.activeElement?.closest('#pane-folders') == null
      useMail.setState({
        paneCount: count,
        ...(count === 3 ? { foldersOpen: false } : {}),
        ...(count === 1 ? { front: isReading ? ('reader' as const) : ('list' as const) } : {}),
      })
    }
    const observer = new ResizeObserver(read)
    observer.observe(element)
    read()
    return () => observer.disconnect()
  }, [room])

  const isReaderInFront = paneCount === 1 && front === 'reader'
  const shown = foldersLieOver ? 'pane-folders' : isReaderInFront ? 'pane-reader' : 'pane-list'
  const wasShown = useRef(shown)
  useEffect(() => {
    const before = wasShown.current
    wasShown.current = shown
    const active = document.activeElement
    const isLost = active === null || active === document.body || !active.checkVisibility()
    const hasTurned = before !== shown && (paneCount === 1 || foldersLieOver || before === 'pane-folders')
    if (isLost || hasTurned) stopOf(shown)?.focus()
  }, [shown, paneCount, foldersLieOver])

  useCommands(foldersLieOver || isReaderInFront ? { back: () => void stepBack() } : {}, 'front')
}
