import type { ChatMessage } from '../../../../shared/features/chat/model'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { useMeetings } from '../../../ui/layout/feature'

/** "Join" below a message with a link to a meeting; it goes the way of the conversation's account, or not at all. */
export function ChatMeeting({ message: { text, conversationId } }: Readonly<{ message: ChatMessage }>) {
  const { JoinMeeting } = useMeetings()
  const hasLink = text.includes('https://')
  const { data } = useLiveQuery('chat.conversation', hasLink ? { conversationId } : null)
  return JoinMeeting === undefined || data === undefined ? null : (
    <JoinMeeting text={text} accountId={data.accountId} service="xmpp" />
  )
}
