import { useSyncExternalStore } from 'react'
import type { EventPayload } from '../../shared/ipc/contract'

type ShownLink = EventPayload<'link'>

const none: ShownLink = { url: '', letters: '', isLookAlike: false }
let shown = none
const listeners = new Set<() => void>()

/** Says which link is under the pointer or has the focus; null when none is. */
export function showLink(link: ShownLink | null): void {
  shown = link ?? none
  for (const listener of listeners) listener()
}

/** The link under the pointer or the focus; its `url` is empty when none is. */
export const useShownLink = (): ShownLink =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
