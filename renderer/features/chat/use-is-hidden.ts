import type { ConversationId } from '../../../shared/features/chat/model'
import { useLiveQuery } from '../../state/live/use-live-query'

/** Whether a conversation goes another way than directly, so that a browser would show what it hides. Until it is known, it is. */
export function useIsHidden(conversationId: ConversationId): boolean {
  const accountId = useLiveQuery('chat.conversation', { conversationId }).data?.accountId
  const accounts = useLiveQuery('net.status', {}).data?.accounts
  if (accountId === undefined || accounts === undefined) return true
  return accounts.some(each => each.accountId === accountId && each.way !== 'direct')
}
