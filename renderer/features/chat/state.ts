import { create } from 'zustand'
import type { ChatMessageId, ConversationId } from '../../../shared/features/chat/model'

/** What lies in front of the room of chat. */
export type ChatDialog =
  | Readonly<{ kind: 'begin'; address?: string }>
  | Readonly<{ kind: 'find-room' | 'create-room' | 'own-devices' }>
  | Readonly<{ kind: 'devices' | 'details' | 'members' | 'invite' | 'meet'; id: ConversationId }>

type ChatState = Readonly<{
  shown: ConversationId | null
  /** The list shows requests of people unknown. */
  isRequests: boolean
  /** Somebody to chat with, asked for in another room. */
  wanted: string | null
  /** A message to go to in the conversation that is shown. */
  target: ChatMessageId | null
  dialog: ChatDialog | null
}>

const initial: ChatState = { shown: null, isRequests: false, wanted: null, target: null, dialog: null }

export const useChat = create<ChatState>(() => initial)

/** Forgets what was shown; used when the profile is locked. */
export const forgetChat = () => useChat.setState(initial)

export const showConversation = (shown: ConversationId | null, target: ChatMessageId | null = null) =>
  useChat.setState({ shown, target })

export const openDialog = (dialog: ChatDialog | null) => useChat.setState({ dialog })
