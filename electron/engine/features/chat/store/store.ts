import type { StoreContext } from '../../../store/context'
import { createApply } from './apply'
import { createConversationRows } from './conversations'
import { createKeyRows } from './keys'
import { createMessageRows } from './messages'
import { createOutgoing } from './outgoing'
import { createRanges } from './ranges'

/** All that chat keeps. */
export function createChatStore(context: StoreContext) {
  const conversations = createConversationRows(context)
  const messages = createMessageRows(context)
  return {
    conversations,
    messages,
    outgoing: createOutgoing(context, conversations, messages),
    ranges: createRanges(context),
    keys: createKeyRows(context),
    intake: createApply(context, conversations, messages),
    transaction: <T>(work: () => T): T => context.database.write(work),
    noteTyping: (ids: readonly number[]): void =>
      context.database.write(() => context.feed.note('chat', ids, 'typing')),
    noteAccount: (id: string): void => context.database.write(() => context.feed.note('chat-account', [id])),
  }
}
export type ChatStore = ReturnType<typeof createChatStore>
