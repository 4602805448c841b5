import { useCallback, useSyncExternalStore } from 'react'
import type { MessageSummary } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import { useLive } from '../../../state/live/live-context'

const nothingToStop = () => {}

/** The row of a message when there is one to look at. */
export function useMaybeRow(id: MessageId | null): MessageSummary | undefined {
  const { rows } = useLive()
  const watch = useCallback(
    (listener: () => void) => (id === null ? nothingToStop : rows.watch(id, listener)),
    [rows, id],
  )
  return useSyncExternalStore(watch, () => (id === null ? undefined : rows.get(id)))
}
