import { leastTrust, trustShown } from '../../../../../shared/features/chat/encryption/trust'
import type {
  ChatAccount,
  ChatHold,
  ChatMessage,
  ChatMessageId,
  ChatPerson,
  ChatRoom,
  ChatRow,
  Conversation,
} from '../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import type { Clock } from '../../../ports/basics'
import type { ChatControl } from '../../../ports/chat/chat-control'
import type { XmppState } from '../../../ports/chat/xmpp-session'
import type { ChatStore } from '../connection/link'

/** What showing chat takes. */
export type ShownContext = Readonly<{
  store: Readonly<{ chat: ChatStore }>
  chat: ChatControl
  clock: Clock
}>

type ConversationRow = NonNullable<ReturnType<ChatStore['conversations']['get']>>
type MessageRow = ReturnType<ChatStore['messages']['require']>

const lineLetters = 200
/** Behind the content of a file that is sealed (XEP-0454). */
const sealBytes = 16

const states: Readonly<Record<XmppState['kind'], ChatAccount['state']>> = {
  offline: 'offline',
  connecting: 'connecting',
  authenticating: 'connecting',
  'catching-up': 'catching-up',
  online: 'online',
  waiting: 'waiting',
  refused: 'refused',
}

/** An account with chat; null where it has none. */
export function shownAccount(
  { store, chat }: ShownContext,
  accountId: AccountId,
  isOff: boolean,
): ChatAccount | null {
  const [state, address] = [chat.stateOf(accountId), chat.addressOf(accountId)]
  if (state === null || address === null) return null
  const place = chat.uploadPlace(accountId)
  const problem = state.kind === 'waiting' || state.kind === 'refused' ? state.problem : null
  return {
    ...{ accountId, address, state: isOff ? 'off' : states[state.kind], reason: problem?.code ?? null },
    waitsUntilMs: state.kind === 'waiting' ? state.untilMs : null,
    waiting: store.chat.outgoing.count(accountId),
    canSendFiles: place !== null,
    largestFileBytes: place && Math.max(0, place.largestBytes - sealBytes),
    fingerprint: store.chat.keys.own(accountId)?.fingerprint ?? null,
  }
}

export function personOf(
  { store, chat }: ShownContext,
  row: ConversationRow,
  message: MessageRow,
): ChatPerson {
  const accountId = store.chat.conversations.accountOf(row)
  const isOwn = message.is_own === 1
  if (row.kind === 'room') {
    const address = chat.room(accountId, row.jid)?.occupants.get(message.sender_name)?.jid ?? ''
    return { address, name: message.sender_name, isOwn }
  }
  if (message.is_private === 1) return { address: '', name: message.sender_name || message.sender, isOwn }
  const name = isOwn ? '' : store.chat.conversations.rosterName(accountId, message.sender)
  return { address: message.sender, name: name || message.sender, isOwn }
}

/** What is known of the devices that will read what is written in a conversation. */
function trustOf({ store }: ShownContext, row: ConversationRow, accountId: AccountId): Conversation['trust'] {
  const readers = row.kind === 'room' ? (store.chat.roomOf(row)?.members ?? []) : [row.jid]
  const devices = readers
    .flatMap(jid => store.chat.keys.devices(accountId, jid))
    .filter(each => each.is_active === 1)
  return leastTrust(devices.map(({ trust }) => trust))
}

/** What a conversation is called: what a person or a room named it, or its address. */
export const nameOfConversation = ({ store }: ShownContext, row: ConversationRow): string =>
  row.name || store.chat.conversations.rosterName(store.chat.conversations.accountOf(row), row.jid) || row.jid

export function shownConversation(context: ShownContext, row: ConversationRow): Conversation {
  const { store, chat } = context
  const { conversations, messages, keys } = store.chat
  const accountId = conversations.accountOf(row)
  const unread = messages.unread(row.id, row.seen)
  const last = messages.last(row.id)
  const kept = store.chat.roomOf(row)
  const live = kept === null ? null : chat.room(accountId, row.jid)
  const hasFile = last !== null && messages.files([last.id]).length > 0
  const own = live === null ? undefined : live.occupants.get(live.nick)
  const rosterName = conversations.rosterName(accountId, row.jid)
  const readers = row.kind === 'room' ? (kept?.members ?? []) : [row.jid]
  const room: ChatRoom | null = kept && {
    state: live?.state ?? 'left',
    reason: live?.reason ?? null,
    subject: kept.subject,
    nick: live?.nick ?? kept.nick,
    role: own?.role ?? 'none',
    affiliation: own?.affiliation ?? 'none',
    occupants: live?.occupants.size ?? 0,
    isMembersOnly: kept.isMembersOnly,
    showsAddresses: kept.showsAddresses,
    isAutojoined: kept.isAutojoined,
  }
  return {
    ...{ id: row.id, accountId, address: row.jid, kind: row.kind },
    name: nameOfConversation(context, row),
    isContact: rosterName !== null,
    ...{ isRequest: row.is_request === 1, isPinned: row.is_pinned === 1, isMuted: row.is_muted === 1 },
    isBlocked: conversations.isBlocked(accountId, row.jid),
    ...{ unread: unread.count, isMentioned: unread.isMentioned, firstUnread: unread.first },
    ...{ draft: row.draft, draftReplyTo: row.draft_reply, draftCorrects: row.draft_corrects },
    mode: row.mode,
    trust: row.mode === 'encrypted' ? trustOf(context, row, accountId) : 'none',
    hold: row.mode === 'encrypted' ? (row.hold as ChatHold | null) : null,
    newDevices: readers
      .flatMap(jid => keys.devices(accountId, jid))
      .filter(each => each.is_new === 1 && each.is_active === 1).length,
    failed: messages.failed(row.id),
    last: last && {
      ...{
        id: last.id,
        author: personOf(context, row, last),
        text: hasFile || last.spoiler !== null ? '' : last.text.slice(0, lineLetters),
        atMs: last.at,
      },
      ...{ encryption: last.encryption, state: last.state, isRetracted: last.retracted !== null },
      ...{ undecryptable: last.undecryptable, hasFile, isSpoiler: last.spoiler !== null },
    },
    typing: chat.typing(accountId, row.jid),
    presence: row.kind === 'room' ? 'unknown' : chat.presence(accountId, row.jid),
    room,
  }
}

/** Messages as they are shown, all of one conversation. */
export function shownMessages(
  context: ShownContext,
  row: ConversationRow,
  rows: readonly MessageRow[],
): ChatMessage[] {
  const { store, chat } = context
  const { messages, keys, conversations } = store.chat
  const accountId = conversations.accountOf(row)
  const ids = rows.map(({ id }) => id)
  const edits = new Map(messages.edits(ids).map(each => [each.message, each]))
  const files = messages.files(ids)
  const reactions = messages.reactions(ids)
  const own = chat.addressOf(accountId) ?? ''
  const ownDevice = keys.own(accountId)
  const trustOfKey = (message: MessageRow): ChatMessage['trust'] => {
    if (message.encryption === 'none') return 'none'
    if (message.is_own === 1 && message.from_other_device === 0)
      return ownDevice === null ? 'unverified' : 'verified'
    const jid = row.kind === 'room' ? null : message.sender
    const device =
      jid === null
        ? (store.chat.roomOf(row)?.members ?? [])
            .flatMap(each => keys.devices(accountId, each))
            .find(each => each.fingerprint === message.fingerprint)
        : keys.devices(accountId, jid).find(each => each.fingerprint === message.fingerprint)
    return device === undefined ? 'undecided' : trustShown(device.trust)
  }
  const quoted = (message: MessageRow): ChatMessage['replyTo'] => {
    if (message.reply_id === null) return null
    const target =
      row.kind === 'room'
        ? messages.byStanza(row.id, message.reply_id)
        : messages.byOrigin(row.id, null, message.reply_id)
    if (target === null) return { id: null, author: message.reply_to ?? '', text: '' }
    return {
      id: target.id,
      author: personOf(context, row, target).name,
      text: target.spoiler !== null ? '' : target.text.slice(0, lineLetters),
    }
  }
  return rows.map((message): ChatMessage => {
    const mine = reactions.filter(each => each.message === message.id)
    const emoji = new Map<string, ChatPerson[]>()
    for (const { sender, sender_name, emoji: list } of mine)
      for (const each of JSON.parse(list) as string[]) {
        const isOwn =
          row.kind === 'room' ? sender_name === chat.room(accountId, row.jid)?.nick : sender === own
        const name = sender_name || conversations.rosterName(accountId, sender) || sender
        emoji.set(each, [
          ...(emoji.get(each) ?? []),
          { address: row.kind === 'room' ? '' : sender, name, isOwn },
        ])
      }
    const edit = edits.get(message.id)
    const itsFiles = files.filter(each => each.message === message.id)
    return {
      ...{ kind: 'message', id: message.id, conversationId: row.id, originId: message.origin_id },
      ...{ stanzaId: message.stanza_id, author: personOf(context, row, message) },
      // Of a person it is the address; whoever is in a room is known by the name there alone.
      from: row.kind === 'room' || row.jid.includes('/') ? message.sender_full : message.sender,
      to: message.is_own === 1 || row.kind === 'room' ? row.jid : own,
      // The address of a file may hold its key, and is no text to read.
      text: itsFiles.some(({ url }) => url === message.text.trim().split('\n')[0]) ? '' : message.text,
      ...{ atMs: message.at, encryption: message.encryption, trust: trustOfKey(message) },
      ...{ state: message.state, waits: message.waits, undoUntilMs: message.undo_until },
      failure: message.failure === null ? null : (JSON.parse(message.failure) as ChatMessage['failure']),
      undecryptable: message.undecryptable,
      ...{ edits: edit?.count ?? 0, isEditUnlocked: (edit?.unlocked ?? 0) > 0 },
      retracted: message.retracted && { by: message.retracted, reason: message.retract_reason },
      isFromOtherDevice: message.from_other_device === 1,
      replyTo: quoted(message),
      reactions: [...emoji].map(([each, by]) => ({ emoji: each, by, isOwn: by.some(({ isOwn }) => isOwn) })),
      attachments: itsFiles.map(file => {
        const moving = chat.fileProgress(message.id, file.position)
        // What a process that ended was fetching is fetched by nobody.
        const resting = file.state === 'fetching' ? 'there' : file.state
        const isUploading = message.waits === 'upload'
        return {
          ...{ index: file.position, fileName: file.name, contentType: file.type },
          sizeBytes: file.size ?? moving?.totalBytes ?? null,
          ...{ width: file.width, height: file.height, isEncrypted: file.is_encrypted === 1 },
          state: isUploading ? 'uploading' : moving === null ? resting : 'fetching',
          doneBytes: moving?.doneBytes ?? null,
        }
      }),
      spoiler: message.spoiler,
      ...{ isMention: message.is_mention === 1, isPrivate: message.is_private === 1 },
    }
  })
}

/** Rows of a page: messages, and before each of them what is missing there. */
export function shownRows(
  context: ShownContext,
  row: ConversationRow,
  rows: readonly MessageRow[],
  isStart: boolean,
): ChatRow[] {
  const { store } = context
  const accountId = store.chat.conversations.accountOf(row)
  const archive = row.kind === 'room' ? row.jid : (context.chat.addressOf(accountId) ?? '')
  const ranges = store.chat.ranges.all(accountId, archive).filter(({ is_purged }) => is_purged === 1)
  const shown = new Map(shownMessages(context, row, rows).map(each => [each.id, each]))
  const beganMs = store.chat.keys.own(accountId)?.made_at ?? null
  const result: ChatRow[] = []
  let before: MessageRow | null = null
  for (const each of rows) {
    const message = shown.get(each.id)
    if (message === undefined) continue
    const hole = ranges.find(
      range => each.place >= range.first_place && before !== null && before.place < range.first_place,
    )
    if (hole !== undefined)
      result.push({ kind: 'hole', key: `hole-${hole.id}`, atMs: each.at, state: 'purged' })
    const isFirstOfDevice =
      beganMs !== null &&
      before?.undecryptable === 'before-this-device' &&
      each.undecryptable !== 'before-this-device'
    if (isFirstOfDevice) result.push(noteRow('before-this-device', each.id, each.at))
    if (before === null && isStart) result.push(noteRow('start', each.id, each.at))
    result.push(message)
    before = each
  }
  return result
}

const noteRow = (about: 'start' | 'before-this-device', id: ChatMessageId, atMs: number): ChatRow => ({
  ...{ kind: 'note', key: `${about}-${id}`, atMs, about, name: '', detail: '' },
})
