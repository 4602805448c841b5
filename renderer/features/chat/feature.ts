import { MessagesSquare } from 'lucide-react'
import { openRoom } from '../../state/ui-store'
import type { Feature } from '../../ui/layout/feature'
import { ChatRoom } from './room'
import { ChatSettingsPage } from './settings/settings-page'
import { forgetChat, showConversation, useChat } from './state'
import { UnreadBadge } from './unread-badge'
import { words } from './words/words'

export const chat: Feature<typeof words.en> = {
  id: 'chat',
  words,
  room: { id: 'chat', icon: MessagesSquare, label: t => t('chat:title'), Badge: UnreadBadge, View: ChatRoom },
  settings: [{ id: 'chat', icon: MessagesSquare, label: t => t('chat:settings'), Page: ChatSettingsPage }],
  forget: forgetChat,
  showThing: thing => {
    if (thing.kind === 'conversation') {
      showConversation(thing.id, thing.message)
      openRoom('chat')
    }
    if (thing.kind !== 'chat') return
    useChat.setState({ wanted: thing.address })
    openRoom('chat')
  },
}
