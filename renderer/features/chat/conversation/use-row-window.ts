import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { ChatAnchor, ConversationId } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { RowWindow } from './row-window'

/** The rows of a conversation around where the reader is. `begin`: where the reading starts. */
export function useRowWindow(conversationId: ConversationId, begin: ChatAnchor) {
  const host = useHost()
  const held = useMemo(() => new RowWindow(host, conversationId), [host, conversationId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it begins is said once; afterwards the reader goes where they want.
  useEffect(() => {
    held.start()
    void held.open(begin)
    return () => held.close()
  }, [held])
  return { held, stretch: useSyncExternalStore(held.watch, held.stretch) }
}
