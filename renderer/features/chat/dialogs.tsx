import type { ChatAccount, ConversationId } from '../../../shared/features/chat/model'
import { useLiveQuery } from '../../state/live/use-live-query'
import type { ChatAccounts } from './account-field'
import { BeginDialog } from './begin-dialog'
import { DetailsDialog } from './details/details-dialog'
import { DevicesDialog, OwnDevicesDialog } from './devices/devices-dialog'
import { MeetDialog } from './meet-dialog'
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
  return <MeetDialog id={id} onClose={close} />
}
