import type {
  ChatEncryption,
  ChatFailure,
  ChatMessageId,
  ChatMessageState,
  ConversationId,
  Undecryptable,
} from '../../../../../shared/features/chat/model'

/** What waits to be sent stands behind everything that was. */
export const unsentPlace = 2 ** 52

/** Room between two streams for what is read of the archive in between. */
export const placesBetween = 1_000_000_000

export type ConversationRow = {
  id: ConversationId
  account: number
  jid: string
  kind: 'person' | 'room'
  name: string
  mode: 'encrypted' | 'clear'
  hold: string | null
  is_request: number
  is_hidden: number
  is_pinned: number
  is_muted: number
  draft: string
  draft_reply: ChatMessageId | null
  draft_corrects: ChatMessageId | null
  seen: number
  wrote_at: number | null
  last_at: number
  room: string | null
}

export type MessageRow = {
  id: ChatMessageId
  conversation: ConversationId
  place: number
  is_own: number
  sender: string
  sender_name: string
  sender_full: string
  origin_id: string
  stanza_id: string | null
  at: number
  text: string
  encryption: ChatEncryption
  fingerprint: string | null
  device_id: number | null
  state: ChatMessageState
  waits: 'undo' | 'connection' | 'decision' | 'upload' | null
  undo_until: number | null
  failure: string | null
  undecryptable: Undecryptable | null
  retracted: 'author' | 'moderator' | null
  retract_reason: string
  reply_id: string | null
  reply_to: string | null
  is_mention: number
  is_private: number
  from_other_device: number
  corrects: string | null
  spoiler: string | null
  note: string | null
}

export type StoredFailure = Readonly<{ cause: ChatFailure; detail: string }>

/** What is known of a room, as it is kept. */
export type RoomKept = Readonly<{
  nick: string
  password: string | null
  isAutojoined: boolean
  subject: string
  isMembersOnly: boolean
  showsAddresses: boolean
  hasIds: boolean
  hasOccupantIds: boolean
  hasArchive: boolean
  ownOccupant: string | null
  /** Bare addresses of members, admins and owners: those for whom is encrypted. */
  members: readonly string[]
}>

export const newRoom = (nick: string): RoomKept => ({
  ...{ nick, password: null, isAutojoined: true, subject: '', isMembersOnly: false, showsAddresses: false },
  ...{ hasIds: false, hasOccupantIds: false, hasArchive: false, ownOccupant: null, members: [] },
})

export const roomOf = (row: Pick<ConversationRow, 'room'>): RoomKept | null =>
  // Written by this program, in this store.
  row.room === null ? null : (JSON.parse(row.room) as RoomKept)
