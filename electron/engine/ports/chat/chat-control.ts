import type { ChatMessageId, ConversationId } from '../../../../shared/features/chat/model'
import type { AccountId } from '../../../../shared/kit/ids'
import type { XmppState } from './xmpp-session'

/** A conversation as far as something is told in it. */
type Where = Readonly<{
  id: ConversationId
  account: number
  jid: string
  kind: 'person' | 'room'
  is_request: number
}>

/** Somebody in a room. */
type RoomOccupant = Readonly<{
  nick: string
  /** Empty where the room hides it. */
  jid: string
  role: 'none' | 'visitor' | 'participant' | 'moderator'
  affiliation: 'outcast' | 'none' | 'member' | 'admin' | 'owner'
}>

/** A room as it is now. */
type LiveRoom = Readonly<{
  state: 'joining' | 'joined' | 'left' | 'failed'
  reason: string | null
  nick: string
  occupants: ReadonlyMap<string, RoomOccupant>
}>

/**
 * Chat over its connections; `features/chat/connection/` is the real one. What asks the server connects for it where nothing runs in the
 * background, and throws `chat-refused` for a no, `chat-not-connected`, and the failures of the way.
 */
export type ChatControl = Readonly<{
  /** Null for an account without chat. */
  stateOf(accountId: AccountId): XmppState | null
  addressOf(accountId: AccountId): string | null
  /** Something is to be sent, or may be by now. */
  changed(accountId: AccountId): void
  /** Names of those who write in a conversation. */
  typing(accountId: AccountId, jid: string): string[]
  presence(accountId: AccountId, jid: string): 'unknown' | 'offline' | 'online' | 'away' | 'busy'
  room(accountId: AccountId, jid: string): LiveRoom | null
  tellTyping(row: Where, isTyping: boolean): void
  /** Tells the other, where that is wanted, and the own devices. */
  tellSeen(
    row: Where,
    message: Readonly<{ origin_id: string; stanza_id: string | null; is_own: number }>,
  ): void
  /** Whether somebody can see the program: servers hold back what is only news for the eye. */
  setWatched(isWatched: boolean): void
  /** Reads archives to their edges and sends what waits, until nothing can be done. */
  sync(accountId: AccountId): Promise<{ received: number; sent: number; waiting: number }>
  join(accountId: AccountId, jid: string): Promise<void>
  leave(accountId: AccountId, jid: string): Promise<void>
  createRoom(accountId: AccountId, name: string, people: readonly string[]): Promise<ConversationId>
  invite(accountId: AccountId, jid: string, people: readonly string[]): Promise<void>
  moderate(
    accountId: AccountId,
    jid: string,
    who: string,
    act: 'kick' | 'ban' | 'member' | 'none' | 'admin' | 'owner',
    reason: string,
  ): Promise<void>
  retractOther(accountId: AccountId, jid: string, stanzaId: string, reason: string): Promise<void>
  findRooms(
    accountId: AccountId,
    service: string | null,
  ): Promise<{ service: string; rooms: { address: string; name: string }[]; isCut: boolean }>
  block(accountId: AccountId, jid: string, isBlocked: boolean, report: 'spam' | 'abuse' | null): Promise<void>
  refreshDevices(accountId: AccountId, jid: string): Promise<void>
  removeDevice(accountId: AccountId, deviceId: number): Promise<void>
  resetSession(accountId: AccountId, jid: string, deviceId: number): Promise<void>
  /** Where files are put, and how large one may be as it is put there; null where none is known. */
  uploadPlace(accountId: AccountId): Readonly<{ largestBytes: number }> | null
  /** Of a file that is sent or fetched just now. */
  fileProgress(
    id: ChatMessageId,
    index: number,
  ): Readonly<{ doneBytes: number; totalBytes: number | null }> | null
  fetchFile(
    accountId: AccountId,
    id: ChatMessageId,
    index: number,
  ): Promise<{ fileName: string; contentType: string; bytes: Uint8Array }>
  stopFile(id: ChatMessageId, index: number): void
  /** Before the store is closed: what was begun with keys is stored or thrown away. */
  close(): Promise<void>
}>
