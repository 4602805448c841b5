import type { AccountId } from '../../../shared/kit/ids'
import type { Host } from '../../host/host'
import { runCommand } from '../../state/run-command'
import { showConversation, useChat } from './state'

/** Shows the conversation with somebody, begun where there is none. Nothing is sent. False when it failed and was said so. */
export async function openWith(host: Host, accountId: AccountId, address: string): Promise<boolean> {
  const opened = await runCommand(host, 'chat.open', { accountId, address })
  if (opened === null) return false
  useChat.setState({ isRequests: false })
  showConversation(opened.conversationId)
  return true
}
