import { z } from 'zod'
import { accountId } from '../../kit/ids'
import { alarmNoticeChoices, quietHours } from '../alarms/notices'

/** A conversation with a person or a room: row id in the store. */
export const conversationId = z.number().int().positive().brand<'ConversationId'>()
export type ConversationId = z.infer<typeof conversationId>

/** A message of a conversation: row id in the store, never reused. Not the id of a stanza. */
export const chatMessageId = z.number().int().positive().brand<'ChatMessageId'>()
export type ChatMessageId = z.infer<typeof chatMessageId>

/** A bare address (RFC 7622), lower-case where it has case. */
export const chatAddress = z.string().min(1).max(3071)

/** How many characters a message has at most. What is longer is refused, never cut. */
export const chatTextCharacters = 50_000

/** How long the words before a text that is shown by a press only may be. */
export const spoilerHintCharacters = 200

/** How a message was protected on its way: not at all, or by OMEMO in one of its two namespaces. */
const chatEncryption = z.enum(['none', 'omemo', 'omemo2'])
export type ChatEncryption = z.infer<typeof chatEncryption>

/**
 * What is known of the keys behind something that is encrypted, the same three levels as for mail: `verified` (compared by a person),
 * `unverified` (trusted because it was there first), `undecided` (nobody decided); `none` where nothing is encrypted, `rejected` for a
 * device that a person rejected.
 */
const chatTrust = z.enum(['none', 'undecided', 'unverified', 'verified', 'rejected'])
export type ChatTrust = z.infer<typeof chatTrust>

/** Of an own message: `queued` not handed to the server, `sent` the server has it, `delivered` a device of the peer, `read`, `failed`. */
const chatMessageState = z.enum(['received', 'queued', 'sent', 'delivered', 'read', 'failed'])
export type ChatMessageState = z.infer<typeof chatMessageState>

/** What a message waits for: undo, a connection, or a decision of a person about its encryption. */
const chatWaits = z.enum(['undo', 'connection', 'decision', 'upload'])

/**
 * Why a message has no text that can be read. `not-for-this-device`: it was encrypted for devices without this one. `before-this-device`: it is
 * older than this device. `no-session`: no session, a new one is asked for by itself. `broken`: keys did not fit. `duplicate-key`: its key was
 * used before. `identity-changed`: a known device came with another identity. `unsupported`: a form not known here.
 */
const undecryptable = z.enum([
  'not-for-this-device',
  'before-this-device',
  'no-session',
  'broken',
  'duplicate-key',
  'identity-changed',
  'unsupported',
])
export type Undecryptable = z.infer<typeof undecryptable>

/** Why an own message failed. `detail` of it: the server's words, for people who look closer. */
const chatFailure = z.enum([
  'refused',
  'unknown-address',
  'no-such-room',
  'not-in-room',
  'blocked',
  'too-large',
  'needs-decision',
  'no-keys',
  'file-refused',
  'file-gone',
  /** The server has no place for files. */
  'no-upload',
  /** The place that the server named is one where nothing is put. */
  'upload-place',
  /** The connection broke while the file was sent, several times. */
  'upload-broken',
  'stopped',
])
export type ChatFailure = z.infer<typeof chatFailure>

/** What holds sending until a person decides; each has words, and a call that ends it. */
const chatHold = z.enum([
  /** The peer has no keys: `chat.encrypt` to clear, or wait. */
  'no-keys',
  /** Devices about which nobody decided, and no other that may read: `chat.trust`. */
  'undecided-devices',
  /** The peer wrote in clear, or asks to: `chat.encrypt`. */
  'peer-in-clear',
  /** The room is open to everybody or hides who is in it; nothing can be encrypted there. */
  'room-open',
  /** The room was private and is open now. */
  'room-changed',
  /** OMEMO could not be begun here (vault, own keys). */
  'own-keys',
])
export type ChatHold = z.infer<typeof chatHold>

/** What a service of chat does; `reason` where a person must do something. The words are those of services of accounts. */
const chatConnection = z.enum(['off', 'offline', 'connecting', 'catching-up', 'online', 'waiting', 'refused'])

export const chatAccount = z.object({
  accountId,
  /** The own bare address. */
  address: chatAddress,
  state: chatConnection,
  /** An error code (`shared/kit/result.ts`), for `waiting` and `refused`. */
  reason: z.string().nullable(),
  /** When it is tried again by itself. */
  waitsUntilMs: z.number().nullable(),
  /** Own messages that are not sent yet. */
  waiting: z.number().int(),
  /** A file can be sent there (XEP-0363); the largest one, null where that is not known. */
  canSendFiles: z.boolean(),
  largestFileBytes: z.number().nullable(),
  /** The own device, once there are keys. */
  fingerprint: z.string().nullable(),
})
export type ChatAccount = z.infer<typeof chatAccount>

const person = z.object({
  /** Bare address; in a room that hides who is in it empty. */
  address: z.string(),
  /** What is shown: the name of the roster or of the card, the nick in a room, else the address. */
  name: z.string(),
  isOwn: z.boolean(),
})
export type ChatPerson = z.infer<typeof person>

const room = z.object({
  state: z.enum(['joining', 'joined', 'left', 'failed']),
  /** Why not joined, an error code or a word of XEP-0045 (`banned`, `members-only`, `password`, `nick-taken`, `gone`, `kicked`). */
  reason: z.string().nullable(),
  subject: z.string(),
  nick: z.string(),
  role: z.enum(['none', 'visitor', 'participant', 'moderator']),
  affiliation: z.enum(['outcast', 'none', 'member', 'admin', 'owner']),
  occupants: z.number().int(),
  isMembersOnly: z.boolean(),
  /** Everybody sees the addresses of everybody; without it nothing can be encrypted. */
  showsAddresses: z.boolean(),
  /** It is joined by itself when the account comes online (XEP-0402). */
  isAutojoined: z.boolean(),
})
export type ChatRoom = z.infer<typeof room>

export const conversation = z.object({
  id: conversationId,
  accountId,
  address: chatAddress,
  kind: z.enum(['person', 'room']),
  name: z.string(),
  /** In the roster, or in an address book here. */
  isContact: z.boolean(),
  /** Somebody unknown wrote: shown apart, nothing is answered by itself. */
  isRequest: z.boolean(),
  isPinned: z.boolean(),
  isMuted: z.boolean(),
  isBlocked: z.boolean(),
  unread: z.number().int(),
  /** One of them names the reader (rooms). */
  isMentioned: z.boolean(),
  /** The line "new" stands before it. */
  firstUnread: chatMessageId.nullable(),
  draft: z.string(),
  /** What the draft answers or corrects. */
  draftReplyTo: chatMessageId.nullable(),
  draftCorrects: chatMessageId.nullable(),
  /** The rule for what is written here. It never changes by itself. */
  mode: z.enum(['encrypted', 'clear']),
  /** What is known of the devices that will read it. */
  trust: chatTrust,
  /** What holds sending; null where nothing does. */
  hold: chatHold.nullable(),
  /** Devices that are new since a person looked, of the peer or own. */
  newDevices: z.number().int(),
  /** Own messages that failed. */
  failed: z.number().int(),
  /** The newest message, as one line; null in an empty conversation. */
  last: z
    .object({
      id: chatMessageId,
      author: person,
      /** Empty where it was retracted or cannot be read. */
      text: z.string(),
      atMs: z.number(),
      encryption: chatEncryption,
      state: chatMessageState,
      isRetracted: z.boolean(),
      undecryptable: undecryptable.nullable(),
      hasFile: z.boolean(),
      /** Its text is shown by a press only, and not here. */
      isSpoiler: z.boolean(),
    })
    .nullable(),
  /** Names of those who write just now. */
  typing: z.array(z.string()),
  presence: z.enum(['unknown', 'offline', 'online', 'away', 'busy']),
  room: room.nullable(),
})
export type Conversation = z.infer<typeof conversation>

const attachment = z.object({
  /** Within its message, from 0. */
  index: z.number().int(),
  fileName: z.string(),
  contentType: z.string(),
  /** Null where it is not known before it is fetched. */
  sizeBytes: z.number().nullable(),
  /** Of a picture, where the sender or the file said it. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  isEncrypted: z.boolean(),
  /** `here`: fetched and checked. `there`: to be fetched by a wish. */
  state: z.enum(['there', 'fetching', 'here', 'uploading', 'refused', 'gone']),
  doneBytes: z.number().nullable(),
})
export type ChatAttachment = z.infer<typeof attachment>

const reaction = z.object({ emoji: z.string(), by: z.array(person), isOwn: z.boolean() })

export const chatMessage = z.object({
  kind: z.literal('message'),
  id: chatMessageId,
  conversationId,
  /** The id that its author gave it (`id` and XEP-0359 `origin-id`). */
  originId: z.string(),
  /** Its id in the archive (XEP-0359); null where it has none yet. */
  stanzaId: z.string().nullable(),
  author: person,
  /** A bare JID; in rooms, and of somebody written to through one, with the name there. */
  from: z.string(),
  to: z.string(),
  atMs: z.number(),
  text: z.string(),
  encryption: chatEncryption,
  /** Of the key that encrypted it. */
  trust: chatTrust,
  state: chatMessageState,
  waits: chatWaits.nullable(),
  /** Until when `chat.unsend` works. */
  undoUntilMs: z.number().nullable(),
  failure: z.object({ cause: chatFailure, detail: z.string() }).nullable(),
  undecryptable: undecryptable.nullable(),
  /** How often it was corrected, and whether what corrected it was without the lock that the message has. */
  edits: z.number().int(),
  isEditUnlocked: z.boolean(),
  retracted: z.object({ by: z.enum(['author', 'moderator']), reason: z.string() }).nullable(),
  /** It is another device of the own account that wrote it. */
  isFromOtherDevice: z.boolean(),
  replyTo: z.object({ id: chatMessageId.nullable(), author: z.string(), text: z.string() }).nullable(),
  reactions: z.array(reaction),
  attachments: z.array(attachment),
  /** It names the reader (rooms). */
  isMention: z.boolean(),
  /** Its text is shown by a press only (XEP-0382); what its author says of it before, empty where nothing. Null: as it is. */
  spoiler: z.string().nullable(),
  /** A message that one occupant of a room wrote to the reader alone. */
  isPrivate: z.boolean(),
})
export type ChatMessage = z.infer<typeof chatMessage>

/** Where messages are missing: before the row that follows. `purged`: the server has them no more. */
const hole = z.object({
  kind: z.literal('hole'),
  key: z.string(),
  atMs: z.number(),
  state: z.enum(['to-fetch', 'fetching', 'purged']),
})
/** Said in the conversation, not by anybody: each kind has words, `name` is whom it is about. */
const chatNote = z.object({
  kind: z.literal('note'),
  key: z.string(),
  atMs: z.number(),
  about: z.enum([
    'start',
    'before-this-device',
    'new-device',
    'device-verified',
    'identity-changed',
    'encrypted-from-here',
    'clear-from-here',
    'joined',
    'left',
    'kicked',
    'banned',
    'invited',
    'subject',
    'room-opened',
    'room-closed',
  ]),
  name: z.string(),
  /** The subject, a reason, a fingerprint. */
  detail: z.string(),
})
export const chatRow = z.discriminatedUnion('kind', [chatMessage, hole, chatNote])
export type ChatRow = z.infer<typeof chatRow>

/** From where a page of messages is read. Rows are oldest first. */
export const chatAnchor = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('end') }),
  z.strictObject({ at: z.literal('unread') }),
  z.strictObject({ at: z.literal('before'), id: chatMessageId }),
  z.strictObject({ at: z.literal('after'), id: chatMessageId }),
  /** In the middle of the page. */
  z.strictObject({ at: z.literal('around'), id: chatMessageId }),
])
export type ChatAnchor = z.infer<typeof chatAnchor>

/** What the one search found in chat: a message, or a conversation by its name or address. */
export const foundChat = z.object({
  conversationId,
  /** Null where the conversation itself was found. */
  messageId: chatMessageId.nullable(),
  /** Of the conversation. */
  name: z.string(),
  /** Who wrote the message; empty for the own ones and for a conversation. */
  author: z.string(),
  /** The first 300 characters; of a file its name. Of a conversation its address. */
  text: z.string(),
  /** Of a conversation when something last happened there. */
  atMs: z.number(),
})
export type FoundChat = z.infer<typeof foundChat>

export const chatDevice = z.object({
  address: chatAddress,
  deviceId: z.number().int(),
  /** Of own devices that said one. */
  label: z.string(),
  /** The X25519 form of the identity, 64 lower-case hex digits, as other programs show it (XEP-0384 §8). Empty: no bundle was seen yet. */
  fingerprint: z.string(),
  trust: chatTrust,
  isOwn: z.boolean(),
  /** This device. */
  isThis: z.boolean(),
  /** It is in the list of its account, so it is written to. */
  isActive: z.boolean(),
  namespaces: z.array(z.enum(['omemo', 'omemo2'])),
  lastSeenMs: z.number().nullable(),
  firstSeenMs: z.number(),
  isNew: z.boolean(),
})
export type ChatDevice = z.infer<typeof chatDevice>

export const chatOccupant = z.object({
  nick: z.string(),
  /** Empty where the room hides it. */
  address: z.string(),
  role: room.shape.role,
  affiliation: room.shape.affiliation,
  isOwn: z.boolean(),
  isHere: z.boolean(),
})
export type ChatOccupant = z.infer<typeof chatOccupant>

export const chatSettings = z.strictObject({
  /** Says that a message arrived (XEP-0184). */
  receipts: z.boolean(),
  /** Says that it was read (XEP-0333). */
  markers: z.boolean(),
  /** Says that somebody writes (XEP-0085). */
  typing: z.boolean(),
  /** All of these to people who are neither contacts nor were written to. */
  toStrangers: z.boolean(),
  /** New conversations begin encrypted. */
  encryptByDefault: z.boolean(),
  /** So long a message can be taken back before it leaves. On the command line it leaves at once. */
  undoSeconds: z.number().int().min(0).max(30),
})
export type ChatSettings = z.infer<typeof chatSettings>

/**
 * From the engine to main: messages came that nobody has seen. `title`: who wrote, or the room, where the desktop may be told and it is one
 * alone; null otherwise.
 */
export const chatNews = z.object({
  fresh: z.number().int(),
  notices: z.enum(alarmNoticeChoices),
  quietHours: quietHours.nullable(),
  title: z.string().max(500).nullable(),
})
export type ChatNews = z.infer<typeof chatNews>
