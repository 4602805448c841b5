import type { ChatMessageId } from '../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import type { StoreContext } from '../../../store/context'
import { createApply } from './apply'
import { createConversationRows } from './conversations'
import { createKeyRows } from './keys'
import { createMessageRows } from './messages'
import { createOutgoing } from './outgoing'
import { createRanges } from './ranges'
import { newRoom, roomOf } from './rows'

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
    roomOf,
    newRoom,
    /** The rule for a conversation that begins. */
    modeOfNew: (accountId: AccountId): 'encrypted' | 'clear' => {
      const kept = JSON.parse(conversations.settingsText(accountId)) as { encryptByDefault?: boolean }
      return kept.encryptByDefault === false ? 'clear' : 'encrypted'
    },
    /** What held sending to somebody, or in rooms with them, is looked at anew. */
    letGo: (accountId: AccountId, jid: string): void => {
      const held = [conversations.byJid(accountId, jid), ...conversations.rooms(accountId)]
      for (const row of held)
        if (row?.hold === 'no-keys' || row?.hold === 'undecided-devices')
          conversations.change(row.id, { hold: null })
    },
    transaction: <T>(work: () => T): T => context.database.write(work),
    noteTyping: (ids: readonly number[]): void =>
      context.database.write(() => context.feed.note('chat', ids, 'typing')),
    noteRoom: (id: number): void => context.database.write(() => context.feed.note('chat', [id], 'room')),
    /** More of a file is done; its message is drawn again, and nothing else. */
    noteFile: (id: ChatMessageId): void => {
      const message = messages.get(id)
      if (message !== null)
        context.database.write(() => context.feed.note('chat', [message.conversation], 'files'))
    },
    noteAccount: (id: string): void => context.database.write(() => context.feed.note('chat-account', [id])),
  }
}
export type ChatStore = ReturnType<typeof createChatStore>
