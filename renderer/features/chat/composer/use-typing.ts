import { useEffect, useMemo } from 'react'
import type { ConversationId } from '../../../../shared/features/chat/model'
import type { Host } from '../../../host/host'

/** After this long without a letter nobody writes any more. */
const restMs = 5000

/** Says that somebody writes, and that they stopped: once each. Whether anybody is told, the engine decides by the settings. */
export function useTyping(host: Host, conversationId: ConversationId) {
  const typing = useMemo(() => {
    let isTyping = false
    let timer: ReturnType<typeof setTimeout> | null = null
    const tell = (next: boolean) => {
      if (timer !== null) clearTimeout(timer)
      timer = next ? setTimeout(() => tell(false), restMs) : null
      if (next === isTyping) return
      isTyping = next
      void host.call('chat.typing', { conversationId, isTyping: next })
    }
    return { typed: (text: string) => tell(text.trim() !== ''), stop: () => tell(false) }
  }, [host, conversationId])
  useEffect(() => typing.stop, [typing])
  return typing
}
