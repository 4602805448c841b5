import type {
  ChatMessage,
  ChatMessageId,
  ChatRow,
  Conversation,
  ConversationId,
} from '../../../shared/features/chat/model'
import type { AccountId } from '../../../shared/kit/ids'

const minuteMs = 60_000
const dayMs = 86_400_000

type Author = ChatMessage['author']
export const own: Author = { address: 'mara@example.org', name: 'Mara', isOwn: true }
const eva: Author = { address: 'eva@example.net', name: 'Eva Lindqvist', isOwn: false }
const tom: Author = { address: 'tom@example.net', name: 'Tom', isOwn: false }

let lastId = 0
const rows = (conversationId: number) => {
  const list: ChatRow[] = []
  let atMs = Date.now() - 2 * dayMs
  const say = (
    author: Author,
    text: string,
    change: Partial<ChatMessage> = {},
    laterMs = 3 * minuteMs,
  ): ChatMessage => {
    atMs = Math.min(atMs + laterMs, Date.now() - 1000)
    lastId += 1
    const message: ChatMessage = {
      kind: 'message',
      id: lastId as ChatMessageId,
      conversationId: conversationId as ConversationId,
      originId: `origin-${lastId}`,
      stanzaId: `stanza-${lastId}`,
      author,
      from: author.address,
      to: '',
      atMs,
      text,
      encryption: 'omemo',
      trust: 'unverified',
      state: author.isOwn ? 'read' : 'received',
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
    }
    list.push(message)
    return message
  }
  const note = (about: Extract<ChatRow, { kind: 'note' }>['about'], name = '', detail = '') => {
    list.push({ kind: 'note', key: `note ${list.length}`, atMs, about, name, detail })
  }
  const hole = (state: 'to-fetch' | 'purged') => {
    list.push({ kind: 'hole', key: `hole ${list.length}`, atMs, state })
  }
  return { list, say, note, hole }
}

const file = (
  fileName: string,
  contentType: string,
  change: Partial<ChatMessage['attachments'][number]> = {},
) => ({
  index: 0,
  fileName,
  contentType,
  sizeBytes: 482_113,
  width: null,
  height: null,
  isEncrypted: true,
  state: 'there' as const,
  doneBytes: null,
  ...change,
})

/** A conversation with somebody in which everything happens that can. */
function talk(id: number): ChatRow[] {
  const { list, say, note, hole } = rows(id)
  note('start')
  say(eva, 'Hej! Did you get the *draft* of the article?')
  say(own, 'Yes, reading it right now. Back in ten minutes.')
  note('before-this-device')
  hole('purged')
  const first = say(
    eva,
    'Take your time. The second half still needs `numbers`, see https://example.org/figures?x=1',
    {},
    dayMs,
  )
  say(eva, 'And this is what Tom wrote:\n> the chart on page 3\n> > is from last year\nNot sure he is right.')
  say(own, 'He is. I changed it.', {
    replyTo: { id: first.id, author: eva.name, text: first.text },
    edits: 1,
    reactions: [{ emoji: '👍', by: [eva], isOwn: false }],
  })
  say(eva, '🎉')
  say(eva, 'Ignore this', { retracted: { by: 'author', reason: '' } })
  note('new-device', 'Eva Lindqvist', '')
  say(eva, '', { undecryptable: 'not-for-this-device' })
  say(eva, 'Written on the train, without keys.', { encryption: 'none', trust: 'none' })
  say(eva, 'From a tablet you do not know.', { trust: 'undecided' })
  say(eva, '', { attachments: [file('Figures 2026 final version.pdf', 'application/pdf')] })
  say(own, '', {
    attachments: [file('map.png', 'image/png', { state: 'uploading', doneBytes: 200_000 })],
    state: 'queued',
    waits: 'upload',
  })
  say(eva, 'שלום, this goes both ways: \u202eabc\u202c and מעורב text')
  say(eva, '```\nconst sum = rows.reduce((all, each) => all + each.value, 0)\n```')
  say(eva, 'Shall we talk? https://meet.example.org/ab7k2mq4xw6tzr5ynd3fhcjvle', {
    reactions: [
      { emoji: '❤️', by: [own], isOwn: true },
      { emoji: '😂', by: [eva, tom], isOwn: false },
    ],
  })
  say(eva, 'It was the gardener.', { spoiler: 'The end of the film' })
  say(own, 'Tomorrow at nine?', { state: 'delivered' })
  say(own, 'Or at ten.', { state: 'failed', failure: { cause: 'unknown-address', detail: 'item-not-found' } })
  say(own, 'I will be there in any case.', {
    state: 'queued',
    waits: 'undo',
    undoUntilMs: Date.now() + 60_000,
  })
  return list
}

function roomTalk(id: number): ChatRow[] {
  const { list, say, note } = rows(id)
  note('joined', 'Tom')
  say(tom, 'Morning all.')
  say({ ...tom, name: 'Jonas Weber', address: 'jonas@example.net' }, 'Mara, can you look at the agenda?', {
    isMention: true,
  })
  say(own, 'Will do.', { state: 'sent' })
  note('subject', 'Tom', 'Editorial meeting on Monday')
  say(tom, 'A word between us: not today.', { isPrivate: true })
  return list
}

function many(id: number, count: number): ChatRow[] {
  const { list, say } = rows(id)
  for (let at = 0; at < count; at += 1)
    say(
      at % 3 === 0 ? own : eva,
      `Message ${at}${at % 7 === 0 ? ` ${'and more words '.repeat(at % 30)}` : ''}`,
      {},
      1000,
    )
  return list
}

const conversation = (
  id: number,
  accountId: AccountId,
  list: readonly ChatRow[],
  change: Partial<Conversation>,
): Conversation => {
  const last = list.findLast(row => row.kind === 'message')
  return {
    id: id as ConversationId,
    accountId,
    address: 'somebody@example.net',
    kind: 'person',
    name: '',
    isContact: true,
    isRequest: false,
    isPinned: false,
    isMuted: false,
    isBlocked: false,
    unread: 0,
    isMentioned: false,
    firstUnread: null,
    draft: '',
    draftReplyTo: null,
    draftCorrects: null,
    mode: 'encrypted',
    trust: 'unverified',
    hold: null,
    newDevices: 0,
    failed: 0,
    last:
      last?.kind === 'message'
        ? {
            id: last.id,
            author: last.author,
            text: last.text,
            atMs: last.atMs,
            encryption: last.encryption,
            state: last.state,
            isRetracted: last.retracted !== null,
            undecryptable: last.undecryptable,
            hasFile: last.attachments.length > 0,
            isSpoiler: last.spoiler !== null,
          }
        : null,
    typing: [],
    presence: 'offline',
    room: null,
    ...change,
  }
}

export type MadeUp = { conversation: Conversation; rows: ChatRow[] }

const joined: NonNullable<Conversation['room']> = {
  state: 'joined',
  reason: null,
  subject: 'Editorial meeting on Monday',
  nick: 'Mara',
  role: 'moderator',
  affiliation: 'owner',
  occupants: 4,
  isMembersOnly: true,
  showsAddresses: true,
  isAutojoined: true,
}

/** Conversations of one account. `rowCount`: so many messages in the one with Jonas. */
export function madeUp(accountId: AccountId, rowCount: number): MadeUp[] {
  const make = (id: number, list: ChatRow[], change: Partial<Conversation>): MadeUp => ({
    rows: list,
    conversation: conversation(id, accountId, list, change),
  })
  return [
    make(1, talk(1), {
      address: eva.address,
      name: eva.name,
      isPinned: true,
      newDevices: 1,
      failed: 1,
      presence: 'online',
    }),
    make(2, roomTalk(2), {
      address: 'redaktion@conference.example.org',
      name: 'Redaktion',
      kind: 'room',
      unread: 2,
      isMentioned: true,
      room: joined,
    }),
    make(3, many(3, rowCount), {
      address: 'jonas@example.net',
      name: 'Jonas Weber',
      isMuted: true,
      unread: 12,
      typing: ['Jonas'],
      trust: 'verified',
    }),
    make(4, many(4, 3), {
      address: 'tom@example.net',
      name: 'Tom',
      draft: 'About Friday',
      hold: 'no-keys',
      trust: 'none',
    }),
    make(5, many(5, 2), {
      address: 'club@rooms.example.com',
      name: 'Verein',
      kind: 'room',
      mode: 'clear',
      hold: 'room-open',
      trust: 'none',
      room: {
        ...joined,
        isMembersOnly: false,
        showsAddresses: false,
        role: 'participant',
        affiliation: 'none',
        occupants: 61,
        subject: '',
      },
    }),
    make(6, many(6, 1), {
      address: 'stranger@example.com',
      name: 'stranger',
      isRequest: true,
      isContact: false,
      unread: 1,
    }),
  ]
}
