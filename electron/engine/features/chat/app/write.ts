import type { ConversationId } from '../../../../../shared/features/chat/model'
import { bareJid, parseJid, writeJid } from '../../../../../shared/kit/jid'
import { SiegelError } from '../../../../../shared/kit/result'
import { randomUuid } from '../../../kit/objects/new-uid'
import type { Saying } from '../../../ports/chat/saying'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { settingsOf } from './settings'
import type { ShownContext } from './shown'

type Context = ShownContext & Needs<'random' | 'background', 'accounts'>

const quoteLetters = 500

/** Writing, and changing what was written. */
export function chatWritingUseCases(
  context: Context,
): Pick<
  UseCases,
  | 'chat.open'
  | 'chat.send'
  | 'chat.unsend'
  | 'chat.correct'
  | 'chat.retract'
  | 'chat.react'
  | 'chat.retry'
  | 'chat.discard'
  | 'chat.seen'
  | 'chat.typing'
  | 'chat.draft'
> {
  const { store, chat, clock, random } = context
  const { conversations, messages, outgoing } = store.chat
  const where = (id: ConversationId) => {
    const row = conversations.require(id)
    const accountId = conversations.accountOf(row)
    const own = chat.addressOf(accountId)
    if (own === null) throw new SiegelError('chat-no-service')
    return { row, accountId, own }
  }
  /** What names a message to others; null where nobody could know it by that. */
  const nameOf = (kind: 'person' | 'room', message: ReturnType<typeof messages.require>): string => {
    const name = kind === 'room' ? message.stanza_id : message.origin_id
    if (name === null || name === '')
      throw new SiegelError('conflict', { what: 'chat message', state: message.state })
    return name
  }
  const requireDecided = (row: ReturnType<typeof conversations.require>, inClear: boolean): void => {
    if (row.mode === 'encrypted' && row.hold !== null && !inClear)
      throw new SiegelError('chat-needs-decision', { reason: row.hold, name: row.jid })
  }
  const say = (id: ConversationId, saying: Saying, inClear = false): void => {
    const { accountId } = where(id)
    outgoing.say(id, randomUuid(random), saying, inClear)
    chat.changed(accountId)
  }
  return {
    'chat.open': ({ accountId, address }) => {
      if (chat.addressOf(accountId) === null) throw new SiegelError('chat-no-service')
      const jid = parseJid(address)
      if (jid === null || jid.local === null) throw new SiegelError('chat-bad-address', { name: address })
      // A nick in a room that is known is somebody who is written to through it; every other resource is one device of somebody.
      const bare = writeJid({ ...jid, resource: null })
      const isThroughRoom = jid.resource !== null && conversations.byJid(accountId, bare)?.kind === 'room'
      const mode = store.chat.modeOfNew(accountId)
      const row = conversations.ensure(accountId, isThroughRoom ? writeJid(jid) : bare, 'person', {
        isRequest: false,
        mode: isThroughRoom ? 'clear' : mode,
      })
      if (row === null) throw new SiegelError('not-found', { what: 'conversation' })
      conversations.change(row.id, { isHidden: false })
      return { conversationId: row.id }
    },
    'chat.send': ({ conversationId, text, replyTo, inClear, spoiler }) => {
      const { row, accountId, own } = where(conversationId)
      requireDecided(row, inClear)
      if (text.trim() === '') throw new SiegelError('bad-request', { field: 'text' })
      if (row.kind === 'room' && store.chat.roomOf(row)?.nick === undefined)
        throw new SiegelError('chat-not-in-room')
      const answered = replyTo === null ? null : messages.require(replyTo)
      const { undoSeconds } = settingsOf(conversations.settingsText(accountId))
      const undoUntilMs = clock.now() + (context.background ? undoSeconds * 1000 : 0)
      const id = outgoing.write({
        conversation: conversationId,
        own,
        stanza: randomUuid(random),
        text,
        saying: {
          ...{ kind: 'text', text },
          ...(spoiler === undefined ? {} : { spoiler }),
          reply: answered && {
            id: nameOf(row.kind, answered),
            to: row.kind === 'room' ? answered.sender_full : answered.sender,
            quote: answered.text.slice(0, quoteLetters),
          },
        },
        inClear,
        undoUntilMs,
        isEncrypted: row.mode === 'encrypted' && !inClear,
      })
      chat.changed(accountId)
      return { id, undoUntilMs }
    },
    'chat.unsend': ({ id }) => {
      const message = messages.require(id)
      const hasFile = messages.files([id]).length > 0
      const taken = outgoing.takeBack(id)
      if (taken === null) throw new SiegelError('chat-too-late')
      chat.stopFile(id, 0)
      // What a file says as text is its address.
      const text = hasFile ? '' : taken
      if (text !== '') conversations.setDraft(message.conversation, { text, replyTo: null, corrects: null })
      return { text }
    },
    'chat.correct': ({ id, text, inClear }) => {
      const message = messages.require(id)
      const { row } = where(message.conversation)
      if (message.is_own === 0 || message.retracted !== null || message.note !== null)
        throw new SiegelError('chat-not-own')
      requireDecided(row, inClear)
      if (message.state === 'queued' || message.state === 'failed') {
        // It never left, so there is nothing to correct.
        const isChanged = outgoing.rewrite(id, text)
        if (!isChanged) throw new SiegelError('chat-too-late')
        chat.changed(conversations.accountOf(row))
        return {}
      }
      const saying: Saying = { kind: 'correct', text, target: message.origin_id }
      store.chat.transaction(() => {
        const stanza = randomUuid(random)
        store.chat.intake.correctOwn(id, text, stanza, row.mode === 'encrypted' && !inClear)
        outgoing.say(message.conversation, stanza, saying, inClear)
      })
      chat.changed(conversations.accountOf(row))
      return {}
    },
    'chat.retract': async ({ id, reason }) => {
      const message = messages.require(id)
      const { row, accountId } = where(message.conversation)
      if (message.is_own === 0) {
        if (row.kind !== 'room' || message.stanza_id === null) throw new SiegelError('chat-not-own')
        await chat.retractOther(accountId, row.jid, message.stanza_id, reason)
        return {}
      }
      const saying: Saying = { kind: 'retract', target: nameOf(row.kind, message) }
      store.chat.transaction(() => {
        store.chat.intake.retractOwn(id)
        say(message.conversation, saying)
      })
      return {}
    },
    'chat.react': ({ id, emoji }) => {
      const message = messages.require(id)
      const { row, accountId, own } = where(message.conversation)
      const saying: Saying = { kind: 'react', target: nameOf(row.kind, message), emoji }
      const live = row.kind === 'room' ? chat.room(accountId, row.jid) : null
      const occupant = store.chat.roomOf(row)?.ownOccupant ?? null
      const sender = row.kind === 'room' ? (occupant ?? `${row.jid}/${live?.nick ?? ''}`) : own
      store.chat.transaction(() => {
        store.chat.intake.reactOwn(id, sender, live?.nick ?? '', emoji)
        say(message.conversation, saying)
      })
      return {}
    },
    'chat.retry': ({ id }) => {
      const message = messages.require(id)
      const { accountId } = where(message.conversation)
      if (message.state !== 'failed')
        throw new SiegelError('conflict', { what: 'chat message', state: message.state })
      const row = outgoing.ofMessage(id)
      const saying: Saying =
        row === null
          ? {
              ...{ kind: 'text', text: message.text, reply: null },
              ...(message.spoiler === null ? {} : { spoiler: message.spoiler }),
              ...(messages.files([id]).length > 0 ? { isFile: true } : {}),
            }
          : (JSON.parse(row.content) as Saying)
      outgoing.again(id, saying, row?.in_clear === 1)
      chat.changed(accountId)
      return {}
    },
    'chat.discard': ({ id }) => {
      if (outgoing.takeBack(id) === null) throw new SiegelError('chat-too-late')
      chat.stopFile(id, 0)
      return {}
    },
    'chat.seen': ({ conversationId, upTo }) => {
      const row = conversations.require(conversationId)
      const message = messages.require(upTo)
      if (message.conversation !== conversationId)
        throw new SiegelError('not-found', { what: 'chat message' })
      if (messages.see(conversationId, message.place)) {
        const last = messages.lastOfOthers(conversationId, message.place)
        if (last !== null) chat.tellSeen(row, last)
      }
      return {}
    },
    'chat.typing': ({ conversationId, isTyping }) => {
      chat.tellTyping(conversations.require(conversationId), isTyping)
      return {}
    },
    'chat.draft': ({ conversationId, text, replyTo, corrects }) => {
      conversations.require(conversationId)
      conversations.setDraft(conversationId, { text, replyTo, corrects })
      return {}
    },
  }
}

/** Addresses as they were typed, in one spelling. Throws `chat-bad-address`. */
export const requireAddress = (text: string): string => {
  const jid = bareJid(text)
  if (jid === null || parseJid(text)?.local === null)
    throw new SiegelError('chat-bad-address', { name: text })
  return jid
}
