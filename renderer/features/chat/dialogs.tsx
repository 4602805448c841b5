import type { ChatAccount, ConversationId } from '../../../shared/features/chat/model'
import { useHost } from '../../host/host-context'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { useMeetings } from '../../ui/layout/feature'
import type { ChatAccounts } from './account-field'
import { BeginDialog } from './begin-dialog'
import { DetailsDialog } from './details/details-dialog'
import { DevicesDialog, OwnDevicesDialog } from './devices/devices-dialog'
import { CreateRoomDialog } from './rooms/create-room-dialog'
import { FindRoomDialog } from './rooms/find-room-dialog'
import { InviteDialog } from './rooms/invite-dialog'
import { MembersDialog } from './rooms/members-dialog'
import { openDialog, useChat } from './state'

const close = () => openDialog(null)

/** What lies in front of the room. */
export function ChatDialogs({ accounts: all }: Readonly<{ accounts: readonly ChatAccount[] }>) {
  const [first, ...others] = all
  const dialog = useChat(state => state.dialog)
  const about = dialog !== null && 'id' in dialog ? dialog.id : null
  if (dialog === null || first === undefined) return null
  const accounts: ChatAccounts = [first, ...others]
  if (dialog.kind === 'begin')
    return <BeginDialog accounts={accounts} address={dialog.address ?? ''} onClose={close} />
  if (dialog.kind === 'find-room') return <FindRoomDialog accounts={accounts} onClose={close} />
  if (dialog.kind === 'create-room') return <CreateRoomDialog accounts={accounts} onClose={close} />
  if (dialog.kind === 'own-devices') return <OwnDevicesDialog accounts={accounts} onClose={close} />
  return about === null ? null : <AboutConversation id={about} kind={dialog.kind} />
}

function AboutConversation({
  id,
  kind,
}: Readonly<{ id: ConversationId; kind: 'devices' | 'details' | 'members' | 'invite' | 'meet' }>) {
  const { data: conversation } = useLiveQuery('chat.conversation', { conversationId: id })
  if (conversation === undefined) return null
  if (kind === 'devices') return <DevicesDialog conversation={conversation} onClose={close} />
  if (kind === 'details') return <DetailsDialog conversation={conversation} onClose={close} />
  if (kind === 'members') return <MembersDialog conversation={conversation} onClose={close} />
  if (kind === 'invite') return <InviteDialog conversation={conversation} onClose={close} />
  return <Meet id={id} />
}

/** The link of a meeting, written into a conversation; by the rule of the conversation, so encrypted where that is. */
function Meet({ id }: Readonly<{ id: ConversationId }>) {
  const host = useHost()
  const { MeetDialog } = useMeetings()
  const post = async (text: string): Promise<boolean> =>
    (await runCommand(host, 'chat.send', { conversationId: id, text, replyTo: null, inClear: false })) !==
    null
  return MeetDialog === undefined ? null : <MeetDialog into="chat" onLink={post} onClose={close} />
}
