import type {
  ChatDevice,
  ChatMessage,
  ChatMessageId,
  ChatSettings,
} from '../../../shared/features/chat/model'
import type { FaceCallName } from '../../../shared/ipc/contract'
import { SiegelError } from '../../../shared/kit/result'
import type { FakeWorld } from '../fake-world'
import type { Handlers } from '../handlers'
import { type MadeUp, madeUp, own } from './made-up'

type ChatCalls = Extract<FaceCallName, `chat.${string}`>

const undoMs = 8000

const fingerprint = (seed: number): string =>
  Array.from({ length: 64 }, (_, at) => ((at * 7 + seed * 13 + ((at * at) % 11)) % 16).toString(16)).join('')

/** Chat in memory. Options: `chat=none` (no account has it), `chat=empty`, `chat=offline`, `chat=refused`, `chat=changed`, `rows=100000`. */
export function chatHandlers(world: FakeWorld, options: URLSearchParams): Handlers<ChatCalls> {
  const how = options.get('chat') ?? ''
  const accountId = world.accounts[0]?.id
  const all: MadeUp[] =
    accountId === undefined || how === 'none' || how === 'empty'
      ? []
      : madeUp(accountId, Number(options.get('rows') ?? 400))
  let settings: ChatSettings = {
    receipts: true,
    markers: true,
    typing: true,
    toStrangers: false,
    encryptByDefault: true,
    undoSeconds: 8,
  }
  const device = (address: string, deviceId: number, change: Partial<ChatDevice>): ChatDevice => ({
    address,
    deviceId,
    label: '',
    fingerprint: fingerprint(deviceId),
    trust: 'unverified',
    isOwn: false,
    isThis: false,
    isActive: true,
    namespaces: ['omemo', 'omemo2'],
    lastSeenMs: Date.now() - 3_600_000,
    firstSeenMs: Date.now() - 40 * 86_400_000,
    isNew: false,
    ...change,
  })
  const theirs = [
    device('eva@example.net', 711_203_118, { trust: 'verified' }),
    device('eva@example.net', 1_402_118_733, { trust: 'undecided', isNew: true }),
    device('eva@example.net', 99_120_333, { trust: 'rejected', isActive: false }),
  ]
  const owns = [
    device(own.address, 455_120_119, { isOwn: true, isThis: true, label: 'Siegel', trust: 'verified' }),
    device(own.address, 77_120_119, { isOwn: true, label: 'Telefon' }),
  ]
  if (how === 'changed' && all[0] !== undefined) {
    all[0].conversation = { ...all[0].conversation, hold: 'undecided-devices', trust: 'undecided' }
    all[0].rows.push({
      kind: 'note',
      key: 'note changed',
      atMs: Date.now(),
      about: 'identity-changed',
      name: 'Eva Lindqvist',
      detail: '',
    })
  }
  const find = (id: number): MadeUp => {
    const found = all.find(({ conversation }) => conversation.id === id)
    if (found === undefined) throw new SiegelError('not-found', { what: 'conversation' })
    return found
  }
  const messageOf = (id: number) => {
    for (const made of all) {
      const at = made.rows.findIndex(row => row.kind === 'message' && row.id === id)
      const row = made.rows[at]
      if (row?.kind === 'message') return { made, at, message: row }
    }
    throw new SiegelError('not-found', { what: 'chat message' })
  }
  const told = (made: MadeUp) => world.changed('chat', [made.conversation.id])
  const change = (made: MadeUp, next: Partial<MadeUp['conversation']>) => {
    made.conversation = { ...made.conversation, ...next }
    told(made)
  }
  const put = (id: number, next: Partial<ChatMessage>) => {
    const { made, at, message } = messageOf(id)
    made.rows[at] = { ...message, ...next }
    told(made)
  }
  return {
    'chat.accounts': () => ({
      accounts:
        accountId === undefined || how === 'none'
          ? []
          : [
              {
                accountId,
                address: own.address,
                state: how === 'offline' ? 'waiting' : how === 'refused' ? 'refused' : 'online',
                reason: how === 'offline' ? 'offline' : how === 'refused' ? 'login-refused' : null,
                waitsUntilMs: how === 'offline' ? Date.now() + 45_000 : null,
                waiting: how === 'offline' ? 2 : 0,
                canSendFiles: true,
                largestFileBytes: 10_000_000,
                fingerprint: fingerprint(455_120_119),
              },
            ],
    }),
    'chat.conversations': ({ which }) => ({
      conversations: all
        .map(({ conversation }) => conversation)
        .filter(({ isRequest }) => isRequest === (which === 'requests')),
      requests: all.filter(({ conversation }) => conversation.isRequest).length,
      isCut: false,
    }),
    'chat.conversation': ({ conversationId }) => find(conversationId).conversation,
    'chat.messages': ({ conversationId, anchor, limit }) => {
      const { rows, conversation } = find(conversationId)
      const place = (id: number) => rows.findIndex(row => row.kind === 'message' && row.id === id)
      const unread = conversation.firstUnread
      const from =
        anchor.at === 'end' || (anchor.at === 'unread' && unread === null)
          ? rows.length - limit
          : anchor.at === 'before'
            ? place(anchor.id) - limit
            : anchor.at === 'after'
              ? place(anchor.id) + 1
              : place(anchor.at === 'unread' ? (unread ?? 0) : anchor.id) - Math.floor(limit / 2)
      const to = anchor.at === 'before' ? place(anchor.id) : Math.max(0, from) + limit
      return {
        rows: rows.slice(Math.max(0, from), to),
        isStart: from <= 0,
        isEnd: to >= rows.length,
      }
    },
    'chat.message': ({ id }) => {
      const { message } = messageOf(id)
      return { message, earlier: message.edits > 0 ? [{ text: 'He is not.', atMs: message.atMs }] : [] }
    },
    'chat.search': ({ text, conversationId, limit }) => {
      const found = (conversationId === null ? all : [find(conversationId)])
        .flatMap(({ rows }) => rows)
        .filter(row => row.kind === 'message')
        .filter(row => row.text.toLowerCase().includes(text.toLowerCase()))
        .toReversed()
      return { messages: found.slice(0, limit), isCut: found.length > limit }
    },
    'chat.open': ({ address }) => {
      const known = all.find(({ conversation }) => conversation.address === address)
      if (known === undefined) throw new SiegelError('unsupported', { reason: 'demo' })
      return { conversationId: known.conversation.id }
    },
    'chat.send': ({ conversationId, text, replyTo, inClear }) => {
      const made = find(conversationId)
      const { hold, name, mode } = made.conversation
      if (hold !== null && mode === 'encrypted' && !inClear)
        throw new SiegelError('chat-needs-decision', { reason: hold, name })
      const last = made.rows.findLast(row => row.kind === 'message')
      const answered = replyTo === null ? null : messageOf(replyTo).message
      const id = (Math.max(
        ...all.flatMap(({ rows }) => rows.map(row => (row.kind === 'message' ? row.id : 0))),
      ) + 1) as ChatMessageId
      const undoUntilMs = Date.now() + undoMs
      made.rows.push({
        ...(last as ChatMessage),
        id,
        author: own,
        text,
        atMs: Date.now(),
        state: 'queued',
        waits: 'undo',
        undoUntilMs,
        failure: null,
        attachments: [],
        reactions: [],
        edits: 0,
        encryption: inClear || mode === 'clear' ? 'none' : 'omemo',
        replyTo:
          answered === null ? null : { id: answered.id, author: answered.author.name, text: answered.text },
      })
      told(made)
      setTimeout(() => {
        if (made.rows.some(row => row.kind === 'message' && row.id === id))
          put(id, { state: 'sent', waits: null, undoUntilMs: null })
      }, undoMs)
      return { id, undoUntilMs }
    },
    'chat.unsend': ({ id }) => {
      const { made, at, message } = messageOf(id)
      made.rows.splice(at, 1)
      told(made)
      return { text: message.text }
    },
    'chat.correct': ({ id, text }) => {
      put(id, { text, edits: messageOf(id).message.edits + 1 })
      return {}
    },
    'chat.retract': ({ id, reason }) => {
      put(id, { retracted: { by: messageOf(id).message.author.isOwn ? 'author' : 'moderator', reason } })
      return {}
    },
    'chat.react': ({ id, emoji }) => {
      const others = messageOf(id)
        .message.reactions.map(each => ({ ...each, isOwn: false, by: each.by.filter(({ isOwn }) => !isOwn) }))
        .filter(({ by }) => by.length > 0)
      const mine = emoji.filter(each => !others.some(other => other.emoji === each))
      put(id, {
        reactions: [
          ...others.map(each =>
            emoji.includes(each.emoji) ? { ...each, isOwn: true, by: [...each.by, own] } : each,
          ),
          ...mine.map(each => ({ emoji: each, by: [own], isOwn: true })),
        ],
      })
      return {}
    },
    'chat.retry': ({ id }) => {
      put(id, { state: 'sent', failure: null })
      return {}
    },
    'chat.discard': ({ id }) => {
      const { made, at } = messageOf(id)
      made.rows.splice(at, 1)
      told(made)
      return {}
    },
    'chat.seen': ({ conversationId }) => {
      change(find(conversationId), { unread: 0, firstUnread: null, isMentioned: false })
      return {}
    },
    'chat.typing': () => ({}),
    'chat.draft': ({ conversationId, text, replyTo, corrects }) => {
      change(find(conversationId), {
        draft: text,
        draftReplyTo: replyTo as ChatMessageId | null,
        draftCorrects: corrects as ChatMessageId | null,
      })
      return {}
    },
    'chat.mark': ({ conversationId, isPinned, isMuted }) => {
      const made = find(conversationId)
      change(made, {
        isPinned: isPinned ?? made.conversation.isPinned,
        isMuted: isMuted ?? made.conversation.isMuted,
      })
      return {}
    },
    'chat.encrypt': ({ conversationId, mode }) => {
      change(find(conversationId), { mode, ...(mode === 'clear' ? { hold: null } : {}) })
      return {}
    },
    'chat.answerRequest': ({ conversationId }) => {
      change(find(conversationId), { isRequest: false })
      return {}
    },
    'chat.blocked': () => ({ addresses: ['spam@example.com'] }),
    'chat.devices': ({ address }) => ({ devices: address === null ? owns : theirs }),
    'chat.rooms': () => ({
      rooms: all.map(({ conversation }) => conversation).filter(({ kind }) => kind === 'room'),
    }),
    'chat.findRooms': () => ({
      rooms: [
        { address: 'garten@rooms.example.org', name: 'Garten' },
        { address: 'technik@rooms.example.org', name: 'Technik' },
      ],
      service: 'rooms.example.org',
      isCut: false,
    }),
    'chat.occupants': () => ({
      occupants: [
        {
          nick: 'Mara',
          address: own.address,
          role: 'moderator',
          affiliation: 'owner',
          isOwn: true,
          isHere: true,
        },
        {
          nick: 'Tom',
          address: 'tom@example.net',
          role: 'participant',
          affiliation: 'member',
          isOwn: false,
          isHere: true,
        },
        {
          nick: '',
          address: 'eva@example.net',
          role: 'none',
          affiliation: 'member',
          isOwn: false,
          isHere: false,
        },
      ],
    }),
    'chat.settings': () => settings,
    'chat.changeSettings': ({ settings: next }) => {
      settings = { ...settings, ...(next as Partial<ChatSettings>) }
      world.changed('chat-account', null)
      return settings
    },
  }
}
