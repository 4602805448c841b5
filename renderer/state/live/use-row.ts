import { useCallback, useSyncExternalStore } from 'react'
import type { MessageSummary } from '../../../shared/features/mail/model'
import type { MessageId } from '../../../shared/kit/ids'
import { useLive } from './live-context'

/** One row of a message list; undefined until it arrives. */
export function useRow(id: MessageId): MessageSummary | undefined {
  const { rows } = useLive()
  const watch = useCallback((listener: () => void) => rows.watch(id, listener), [rows, id])
  return useSyncExternalStore(watch, () => rows.get(id))
}
