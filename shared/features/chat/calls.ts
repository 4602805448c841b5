import { z } from 'zod'
import { bytes, type Calls, done, filePath, nothing } from '../../ipc/call'
import { accountId } from '../../kit/ids'
import {
  chatAccount,
  chatAddress,
  chatAnchor,
  chatDevice,
  chatMessage,
  chatMessageId,
  chatOccupant,
  chatRow,
  chatSettings,
  chatTextCharacters,
  conversation,
  conversationId,
  spoilerHintCharacters,
} from './model'

const engineQuery = { kind: 'query', host: 'engine', face: 'all' } as const
const engineCommand = { kind: 'command', host: 'engine', face: 'all' } as const
const inConversation = z.strictObject({ conversationId })
const aboutMessage = z.strictObject({ id: chatMessageId })
const text = z.string().max(chatTextCharacters)
const nick = z.string().min(1).max(200)
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const sent = z.object({
  id: chatMessageId,
  /** Until when `chat.unsend` takes it back. */
  undoUntilMs: z.number(),
})

/** Chat: conversations with people and in rooms, of every account that has chat. */
export const chatCalls = {
  'chat.accounts': { ...engineQuery, in: nothing, out: z.object({ accounts: z.array(chatAccount) }) },
  /** Pinned first, then by the newest message. Requests are apart. `isCut`: there are more. */
  'chat.conversations': {
    ...engineQuery,
    in: z.strictObject({ which: z.enum(['conversations', 'requests']) }),
    out: z.object({ conversations: z.array(conversation), requests: z.number().int(), isCut: z.boolean() }),
  },
  'chat.conversation': { ...engineQuery, in: inConversation, out: conversation },
  /** A page of rows, oldest first. `isStart`, `isEnd`: nothing is before, after it. */
  'chat.messages': {
    ...engineQuery,
    in: z.strictObject({ conversationId, anchor: chatAnchor, limit: z.number().int().min(1).max(500) }),
    out: z.object({ rows: z.array(chatRow), isStart: z.boolean(), isEnd: z.boolean() }),
  },
  /** One message, with the texts that it had before, oldest first. */
  'chat.message': {
    ...engineQuery,
    in: aboutMessage,
    out: z.object({
      message: chatMessage,
      earlier: z.array(z.object({ text: z.string(), atMs: z.number() })),
    }),
  },
  /** Messages in which every word occurs, newest first; `isCut`: there are more. */
  'chat.search': {
    ...engineQuery,
    in: z.strictObject({
      text: z.string().max(1000),
      conversationId: conversationId.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    out: z.object({ messages: z.array(chatMessage), isCut: z.boolean() }),
  },
  /**
   * Writes the history of a conversation into a file that is not there yet, as JSON Lines; `isEncrypted`: as an OpenPGP message for the own keys. Fails with
   * `no-key` where there is none that encrypts. It is for reading elsewhere: Siegel does not read it back.
   */
  'chat.export': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ conversationId, path: filePath, isEncrypted: z.boolean() }),
    out: z.object({ exported: z.number().int() }),
  },
  /** The conversation with somebody, or in a room that is known, begun where there is none. Nothing is sent. */
  'chat.open': {
    ...engineCommand,
    in: z.strictObject({ accountId, address: chatAddress }),
    out: z.object({ conversationId }),
  },
  /**
   * Writes. It waits where it must, and is sent when it can be. Fails with `chat-needs-decision` where the conversation is encrypted and somebody has
   * to decide before anything can leave; `inClear`: that decision, for this message alone.
   */
  'chat.send': {
    ...engineCommand,
    in: z.strictObject({
      conversationId,
      text: text.min(1),
      replyTo: chatMessageId.nullable(),
      inClear: z.boolean(),
      /** The text is to be shown by a press only; what is said of it before, empty where nothing. Absent: it is shown as it is. */
      spoiler: z.string().max(spoilerHintCharacters).optional(),
    }),
    out: sent,
  },
  /** Takes back what was not handed over yet; the text is the draft again. Fails with `chat-too-late`. */
  'chat.unsend': { ...engineCommand, in: aboutMessage, out: z.object({ text: z.string() }) },
  /** Another text for an own message. `inClear`: as in `chat.send`. */
  'chat.correct': {
    ...engineCommand,
    in: z.strictObject({ id: chatMessageId, text: text.min(1), inClear: z.boolean() }),
    out: done,
  },
  /** Asks everybody to forget an own message; of somebody else's in a room, as its moderator. */
  'chat.retract': {
    ...engineCommand,
    in: z.strictObject({ id: chatMessageId, reason: z.string().max(1000) }),
    out: done,
  },
  /** All reactions of mine to a message; none: an empty list. */
  'chat.react': {
    ...engineCommand,
    in: z.strictObject({ id: chatMessageId, emoji: z.array(z.string().min(1).max(40)).max(20) }),
    out: done,
  },
  /** Tries what failed once more, as the same message. */
  'chat.retry': { ...engineCommand, in: aboutMessage, out: done },
  /** Takes what failed or waits out of the conversation; it was never sent. */
  'chat.discard': { ...engineCommand, in: aboutMessage, out: done },
  /** Everything up to this message was seen. */
  'chat.seen': {
    ...engineCommand,
    in: z.strictObject({ conversationId, upTo: chatMessageId }),
    out: done,
  },
  'chat.typing': {
    ...engineCommand,
    in: z.strictObject({ conversationId, isTyping: z.boolean() }),
    out: done,
  },
  'chat.draft': {
    ...engineCommand,
    in: z.strictObject({
      conversationId,
      text,
      replyTo: chatMessageId.nullable(),
      corrects: chatMessageId.nullable(),
    }),
    out: done,
  },
  /** What is not said stays as it is. */
  'chat.mark': {
    ...engineCommand,
    in: z.strictObject({ conversationId, isPinned: z.boolean().optional(), isMuted: z.boolean().optional() }),
    out: done,
  },
  /** The rule for what is written from now on; to clear it is a decision that the window asks for in words. */
  'chat.encrypt': {
    ...engineCommand,
    in: z.strictObject({ conversationId, mode: z.enum(['encrypted', 'clear']) }),
    out: done,
  },
  /** Takes the conversation away from here, with its messages. Rooms are left. */
  'chat.remove': { ...engineCommand, in: inConversation, out: done },
  /** An answer to a request of somebody unknown. Nobody is told of a refusal; `report` blocks, and says to the own server that it is spam (XEP-0377). */
  'chat.answerRequest': {
    ...engineCommand,
    in: z.strictObject({ conversationId, answer: z.enum(['accept', 'refuse', 'block', 'report']) }),
    out: done,
  },
  'chat.blocked': {
    ...engineQuery,
    in: z.strictObject({ accountId }),
    out: z.object({ addresses: z.array(z.string()) }),
  },
  /** On the server's list (XEP-0191). `report`: said to the server beside it (XEP-0377). */
  'chat.block': {
    ...engineCommand,
    in: z.strictObject({
      accountId,
      address: chatAddress,
      isBlocked: z.boolean(),
      report: z.enum(['spam', 'abuse']).nullable(),
    }),
    out: done,
  },
  /** Devices of somebody, or with null the own ones. */
  'chat.devices': {
    ...engineQuery,
    in: z.strictObject({ accountId, address: chatAddress.nullable() }),
    out: z.object({ devices: z.array(chatDevice) }),
  },
  /** A decision about one device: `trust` without comparing, `verify` after it was compared, `reject`. */
  'chat.trust': {
    ...engineCommand,
    in: z.strictObject({
      accountId,
      address: chatAddress,
      fingerprint,
      decision: z.enum(['trust', 'verify', 'reject']),
    }),
    out: done,
  },
  /** Takes one of the own devices off the list, so that nobody writes to it. */
  'chat.removeDevice': {
    ...engineCommand,
    in: z.strictObject({ accountId, deviceId: z.number().int() }),
    out: done,
  },
  /** Begins a new session with one device. */
  'chat.resetSession': {
    ...engineCommand,
    in: z.strictObject({ accountId, address: chatAddress, deviceId: z.number().int() }),
    out: done,
  },
  'chat.rooms': {
    ...engineQuery,
    in: z.strictObject({ accountId: accountId.nullable() }),
    out: z.object({ rooms: z.array(conversation) }),
  },
  /** Rooms that a service offers; null: the service of the own server. Asks the network. */
  'chat.findRooms': {
    ...engineCommand,
    in: z.strictObject({ accountId, service: chatAddress.nullable() }),
    out: z.object({
      rooms: z.array(z.object({ address: z.string(), name: z.string() })),
      service: z.string(),
      isCut: z.boolean(),
    }),
  },
  'chat.join': {
    ...engineCommand,
    in: z.strictObject({
      accountId,
      address: chatAddress,
      nick: nick.nullable(),
      password: z.string().max(1000).nullable(),
    }),
    out: z.object({ conversationId }),
  },
  /** It stays among the conversations, and is joined no more by itself. */
  'chat.leave': { ...engineCommand, in: inConversation, out: done },
  /** A room for members only who see each other, so that it can be encrypted; its address is random. */
  'chat.createRoom': {
    ...engineCommand,
    in: z.strictObject({
      accountId,
      name: z.string().min(1).max(200),
      invite: z.array(chatAddress).max(100),
    }),
    out: z.object({ conversationId }),
  },
  'chat.invite': {
    ...engineCommand,
    in: z.strictObject({ conversationId, addresses: z.array(chatAddress).min(1).max(100) }),
    out: done,
  },
  'chat.occupants': {
    ...engineQuery,
    in: inConversation,
    out: z.object({ occupants: z.array(chatOccupant) }),
  },
  /** What a moderator does with one occupant or member. */
  'chat.moderate': {
    ...engineCommand,
    in: z.strictObject({
      conversationId,
      /** The nick for `kick`, the address for the rest. */
      who: z.string().min(1).max(3071),
      act: z.enum(['kick', 'ban', 'member', 'none', 'admin', 'owner']),
      reason: z.string().max(1000),
    }),
    out: done,
  },
  'chat.settings': {
    ...engineQuery,
    in: z.strictObject({ accountId }),
    out: chatSettings,
  },
  'chat.changeSettings': {
    ...engineCommand,
    in: z.strictObject({ accountId, settings: chatSettings.partial() }),
    out: chatSettings,
  },
  /** Sends a file: cleaned of hidden data as in mail, encrypted where the conversation is. It is in the conversation at once, and leaves when the server has it. */
  'chat.sendFile': {
    ...engineCommand,
    in: z.strictObject({
      conversationId,
      fileName: z.string().min(1).max(500),
      contentType: z.string().max(200),
      bytes,
      inClear: z.boolean(),
    }),
    out: sent,
  },
  'chat.sendFiles': {
    ...engineCommand,
    face: 'trusted',
    in: z.strictObject({ conversationId, paths: z.array(filePath).min(1).max(100), inClear: z.boolean() }),
    out: z.object({ sent: z.array(sent) }),
  },
  /** Fetches, checks and decrypts a file of a message, by a wish; kept encrypted in the store. */
  'chat.fetchFile': {
    ...engineCommand,
    in: z.strictObject({ id: chatMessageId, index: z.number().int() }),
    out: z.object({ fileName: z.string(), contentType: z.string(), bytes }),
  },
  /** Fetches it where it is not here yet, and writes it into `directory` under an unused variant of its name. */
  'chat.saveFile': {
    ...engineCommand,
    face: 'trusted',
    in: z.strictObject({ id: chatMessageId, index: z.number().int(), directory: filePath }),
    out: z.object({ path: z.string() }),
  },
  /** Stops fetching it, or sending it; what is not sent then stays in sight as failed. */
  'chat.stopFile': {
    ...engineCommand,
    in: z.strictObject({ id: chatMessageId, index: z.number().int() }),
    out: done,
  },
  /** Brings chat of all accounts, or of one, into step once: connects where needed, catches up, sends what waits. */
  /** The window came into view, or went out of it: minimised, hidden, behind the screen's lock. */
  'chat.watched': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ isWatched: z.boolean() }),
    out: done,
  },
  'chat.sync': {
    ...engineCommand,
    in: z.strictObject({ accountId: accountId.nullable() }),
    out: z.object({
      accounts: z.array(
        z.object({
          accountId,
          received: z.number().int(),
          sent: z.number().int(),
          waiting: z.number().int(),
          problem: z.string().nullable(),
        }),
      ),
    }),
  },
} as const satisfies Calls
