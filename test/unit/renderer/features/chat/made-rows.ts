import type {
  ChatMessage,
  ChatMessageId,
  ChatRow,
  ConversationId,
} from '../../../../../shared/features/chat/model'

type Note = Extract<ChatRow, { kind: 'note' }>

/** A message from somebody else, encrypted, as a conversation has most of them. */
export const message = (id: number, change: Partial<ChatMessage> = {}): ChatMessage => ({
  kind: 'message',
  id: id as ChatMessageId,
  conversationId: 1 as ConversationId,
  originId: `o${id}`,
  stanzaId: `s${id}`,
  author: { address: 'eva@example.net', name: 'Eva', isOwn: false },
  from: 'eva@example.net',
  to: 'me@example.org',
  atMs: new Date(2026, 2, 12, 12).getTime(),
  text: `text ${id}`,
  encryption: 'omemo',
  trust: 'unverified',
  state: 'received',
  waits: null,
  undoUntilMs: null,
  failure: null,
  undecryptable: null,
  edits: 0,
  isEditUnlocked: false,
  retracted: null,
  isFromOtherDevice: false,
  replyTo: null,
  reactions: [],
  attachments: [],
  isMention: false,
  spoiler: null,
  isPrivate: false,
  ...change,
})

export const note = (about: Note['about']): Note => ({
  kind: 'note',
  key: `note ${about}`,
  atMs: new Date(2026, 2, 12, 12).getTime(),
  about,
  name: 'Eva',
  detail: '',
})
