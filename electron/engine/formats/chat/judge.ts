import type {
  ChatEncryption,
  ChatFailure,
  ChatMessageId,
  ChatMessageState,
  Undecryptable,
} from '../../../../shared/features/chat/model'
import { attributeOf, childOf } from '../../ports/chat/element'
import { errorOf, type Identity } from './identify'
import { ns } from './namespaces'
import type { Content, FileSaid } from './read-content'
import type { Incoming } from './unwrap'

/** What protected a message, after the vault looked at it. */
export type Locked = Readonly<{
  encryption: Exclude<ChatEncryption, 'none'>
  fingerprint: string | null
  deviceId: number
  undecryptable: Undecryptable | null
  /** It carried nothing but keys. */
  isEmpty: boolean
  /** Only the text was protected (the old form): what else it says is the server's word. */
  isTextOnly: boolean
}>

/** A message that came, whole. `locked` null: in clear. */
export type Arrived = Readonly<{
  incoming: Incoming
  identity: Identity
  content: Content
  locked: Locked | null
}>

/** A stored message as far as judgement needs it. */
export type KnownMessage = Readonly<{
  id: ChatMessageId
  isOwn: boolean
  sender: string
  originId: string
  stanzaId: string | null
  atMs: number
  encryption: ChatEncryption
  fingerprint: string | null
  state: ChatMessageState
  undecryptable: Undecryptable | null
}>

/** What is stored, asked in one transaction with what comes of it. */
export type Known = Readonly<{
  conversation: Readonly<{ mode: 'encrypted' | 'clear'; isEncryptedSoFar: boolean }> | null
  /** Somebody on the roster, or to whom something was written. */
  isFamiliar: boolean
  isBlocked: boolean
  byStanzaId(stanzaId: string): KnownMessage | null
  /** Also by the id of a correction that was applied to it. `sender` null: of mine, under whatever address it stands. */
  byOrigin(
    sender: string | null,
    originId: string,
  ): Readonly<{ message: KnownMessage; isCorrection: boolean }> | null
  /** What another message names: in rooms by the archive's id, else by the author's. */
  target(id: string): KnownMessage | null
  /** Own messages of this id, whoever names it. */
  ownByOrigin(originId: string): KnownMessage | null
}>

export type NewMessage = Readonly<{
  isOwn: boolean
  sender: string
  senderName: string
  senderFull: string
  originId: string
  stanzaId: string | null
  atMs: number
  text: string
  encryption: ChatEncryption
  fingerprint: string | null
  deviceId: number | null
  undecryptable: Undecryptable | null
  reply: Content['reply']
  file: FileSaid | null
  isMention: boolean
  spoiler: string | null
  isPrivate: boolean
  fromOtherDevice: boolean
  /** It says that it corrects a message which is not here, or may not be changed by it. */
  corrects: string | null
}>

/** What becomes of a message in the store and in the window. `id`s are of stored messages. */
export type Effect =
  | Readonly<{ do: 'begin'; isRequest: boolean }>
  | Readonly<{ do: 'add'; message: NewMessage }>
  /** It was here: what the archive knows of it is added, and its place is the archive's. */
  | Readonly<{
      do: 'place'
      id: ChatMessageId
      stanzaId: string | null
      atMs: number | null
      isSent: boolean
    }>
  /** What could not be read before can be now. */
  | Readonly<{
      do: 'open'
      id: ChatMessageId
      text: string
      fingerprint: string | null
      file: FileSaid | null
      spoiler: string | null
    }>
  | Readonly<{
      do: 'version'
      id: ChatMessageId
      text: string
      byId: string
      atMs: number
      encryption: ChatEncryption
    }>
  | Readonly<{ do: 'retract'; id: ChatMessageId; by: 'author' | 'moderator'; reason: string }>
  | Readonly<{
      do: 'react'
      id: ChatMessageId
      sender: string
      name: string
      emoji: readonly string[]
      atMs: number
    }>
  /** About a message that may still come. */
  | Readonly<{
      do: 'wait'
      kind: 'retract' | 'react'
      target: string
      sender: string
      detail: string
      atMs: number
    }>
  | Readonly<{ do: 'state'; id: ChatMessageId; state: 'delivered' }>
  | Readonly<{ do: 'read-up-to'; id: ChatMessageId }>
  | Readonly<{ do: 'seen'; id: ChatMessageId }>
  | Readonly<{ do: 'fail'; id: ChatMessageId; cause: ChatFailure; detail: string }>
  | Readonly<{ do: 'typing'; name: string; isTyping: boolean }>
  | Readonly<{ do: 'subject'; text: string }>
  | Readonly<{ do: 'invited'; room: string; by: string; reason: string; password: string | null }>
  /** Worth an answer where the settings allow it. */
  | Readonly<{ do: 'answer'; to: string; originId: string; isReceiptAsked: boolean; isMarkable: boolean }>
  /** The peer asks for no encryption (XEP-0384 §5.10): nothing is sent until a person decides. Clear text alone changes nothing. */
  | Readonly<{ do: 'hold'; reason: 'peer-in-clear' }>

/** What was said with a lock may not be changed by something without it, nor with another key. */
const mayChange = (target: KnownMessage, identity: Identity, locked: Locked | null): boolean => {
  if (!isAuthor(target, identity)) return false
  if (target.encryption === 'none') return target.atMs >= identity.sameSinceMs
  return locked !== null && !locked.isEmpty && target.fingerprint === locked.fingerprint
}
/** In a room own messages stand under the own address before the room has named me in it. */
const isAuthor = (target: KnownMessage, { sender, isOwn, kind }: Identity): boolean =>
  target.sender === sender || (kind === 'room' && isOwn && target.isOwn)

const causes: Readonly<Record<string, ChatFailure>> = {
  'item-not-found': 'unknown-address',
  'remote-server-not-found': 'unknown-address',
  'jid-malformed': 'unknown-address',
  'not-acceptable': 'not-in-room',
  forbidden: 'refused',
  'policy-violation': 'refused',
}

/**
 * What becomes of one message that came, by the table of how chat decides who may change what (MODELS: 3). Pure: the same message and the same
 * state give the same effects, and a message that was taken in before gives none but what was missing.
 */
export function judge(arrived: Arrived, known: Known): readonly Effect[] {
  const { incoming, identity, content, locked } = arrived
  const { archive } = incoming
  const { sender, originId, isOwn } = identity
  const stanzaId = archive?.id ?? null
  const effects: Effect[] = []
  const isGroup = identity.kind === 'room'
  const author = isGroup && isOwn ? null : sender

  if (attributeOf(incoming.message, 'type') === 'error') {
    // Quoted content is whatever the other side likes; only the id counts, and only of what waits for an answer.
    const target = originId === '' ? null : known.ownByOrigin(originId)
    if (target === null || isOwn || target.state === 'delivered' || target.state === 'read') return []
    const { condition, text } = errorOf(incoming.message)
    const isElsewhere = !isGroup && condition === 'item-not-found'
    const cause = isElsewhere ? 'unknown-address' : (causes[condition] ?? 'refused')
    return [{ do: 'fail', id: target.id, cause, detail: text === '' ? condition : `${condition}: ${text}` }]
  }
  if (known.isBlocked && !isOwn && !isGroup) return []
  const isOptOut = childOf(incoming.message, 'opt-out', ns.omemo2) !== undefined
  if (isOptOut && !isOwn && !isGroup && known.conversation?.mode === 'encrypted' && known.isFamiliar)
    effects.push({ do: 'hold', reason: 'peer-in-clear' })

  // The same again: by the archive's id, else by the author's.
  const double =
    (stanzaId === null ? null : known.byStanzaId(stanzaId)) ??
    (originId === '' ? null : (known.byOrigin(author, originId)?.message ?? null))
  if (double !== null) {
    const isNewer = stanzaId !== null && double.stanzaId === null
    const isCorrection = originId !== '' && known.byOrigin(author, originId)?.isCorrection === true
    if (
      double.undecryptable !== null &&
      locked !== null &&
      locked.undecryptable === null &&
      content.text !== null
    )
      effects.push({
        ...{ do: 'open', id: double.id, text: content.text },
        ...{ fingerprint: locked.fingerprint, file: content.file, spoiler: content.spoiler },
      })
    if (!isCorrection && (isNewer || incoming.via === 'archive' || (isGroup && double.isOwn)))
      effects.push({
        ...{ do: 'place', id: double.id, stanzaId: isNewer ? stanzaId : null },
        ...{ atMs: incoming.via === 'archive' ? incoming.atMs : null, isSent: double.isOwn },
      })
    return effects
  }

  if (identity.isRoomItself) {
    if (content.moderates !== null && isGroup) {
      const target = known.byStanzaId(content.moderates.id)
      if (target === null)
        return [
          {
            ...{ do: 'wait', kind: 'retract', target: content.moderates.id, sender: 'moderator' },
            ...{ detail: content.moderates.reason, atMs: incoming.atMs },
          },
        ]
      return [{ do: 'retract', id: target.id, by: 'moderator', reason: content.moderates.reason }]
    }
    if (content.invite !== null && !isGroup) return invited(arrived, known)
    if (content.subject !== null && isGroup && content.text === null)
      return [{ do: 'subject', text: content.subject }]
    return []
  }
  if (content.subject !== null && content.text === null && isGroup)
    return [{ do: 'subject', text: content.subject }]
  if (content.invite !== null && !isGroup && locked === null) return invited(arrived, known)

  // What is said about other messages. Nothing of it is a text of its own.
  if (content.retracts !== null) {
    const target = known.target(content.retracts)
    // Who it was when the message was written is not known later.
    if (target === null && identity.sameSinceMs > 0) return []
    if (target === null)
      return [
        {
          ...{
            do: 'wait',
            kind: 'retract',
            target: content.retracts,
            sender,
            detail: '',
            atMs: incoming.atMs,
          },
        },
      ]
    // A retraction takes nothing in: one without a lock is drawn so, and believed of the author.
    const isTheirs = isAuthor(target, identity) && target.atMs >= identity.sameSinceMs
    return isTheirs ? [{ do: 'retract', id: target.id, by: 'author', reason: '' }] : []
  }
  if (content.reacts !== null) {
    const { id, emoji } = content.reacts
    const target = known.target(id)
    const name = identity.senderName
    if (target === null)
      return [
        {
          ...{ do: 'wait', kind: 'react', target: id, sender, atMs: incoming.atMs },
          detail: JSON.stringify({ name, emoji }),
        },
      ]
    return [{ do: 'react', id: target.id, sender, name, emoji, atMs: incoming.atMs }]
  }
  if (content.markerFor !== null && content.text === null && !isGroup) {
    const target = known.target(content.markerFor)
    if (target === null) return []
    if (isOwn) return target.isOwn ? [] : [{ do: 'seen', id: target.id }]
    return target.isOwn ? [{ do: 'read-up-to', id: target.id }] : []
  }
  if (content.receiptFor !== null && content.text === null) {
    const target = isGroup || isOwn ? null : known.ownByOrigin(content.receiptFor)
    return target === null ? [] : [{ do: 'state', id: target.id, state: 'delivered' }]
  }

  if (content.typing !== null && incoming.via === 'live' && !incoming.isDelayed && !isOwn)
    effects.push({ do: 'typing', name: identity.senderName, isTyping: content.typing === 'composing' })

  const isUnreadable = locked !== null && locked.undecryptable !== null
  if (locked?.isEmpty === true || (content.text === null && !isUnreadable)) return effects
  const text = content.text ?? ''

  if (content.corrects !== null && !isUnreadable) {
    const target = known.byOrigin(author, content.corrects)?.message ?? null
    if (target !== null && mayChange(target, identity, locked))
      return [
        ...effects,
        {
          ...{ do: 'version', id: target.id, text, byId: originId === '' ? (stanzaId ?? '') : originId },
          ...{ atMs: incoming.atMs, encryption: locked?.encryption ?? 'none' },
        },
      ]
  }

  if (known.conversation === null || !known.isFamiliar)
    effects.push({ do: 'begin', isRequest: !known.isFamiliar && !isOwn && !isGroup })
  effects.push({
    do: 'add',
    message: {
      ...{ isOwn, sender, senderName: identity.senderName, senderFull: identity.senderFull },
      ...{ originId, stanzaId, atMs: incoming.atMs, text },
      encryption: locked?.encryption ?? 'none',
      fingerprint: locked?.fingerprint ?? null,
      deviceId: locked?.deviceId ?? null,
      undecryptable: locked?.undecryptable ?? null,
      reply: content.reply,
      spoiler: content.spoiler,
      file: content.file,
      isMention: false,
      isPrivate: identity.isPrivate,
      fromOtherDevice: isOwn,
      corrects: content.corrects,
    },
  })
  if (!isOwn && !isGroup && !incoming.isDelayed && incoming.via !== 'archive' && originId !== '')
    effects.push({
      ...{ do: 'answer', to: identity.senderFull, originId },
      ...{ isReceiptAsked: content.asksReceipt, isMarkable: content.isMarkable },
    })
  return effects
}

function invited({ identity, content }: Arrived, known: Known): readonly Effect[] {
  const { invite } = content
  if (invite === null || identity.isOwn) return []
  // Whoever is unknown may ask, and nothing is joined by it.
  const by = identity.isRoomItself ? invite.room : identity.sender
  return [
    {
      ...{ do: 'invited', room: invite.room, by, reason: invite.reason },
      password: known.isFamiliar ? invite.password : null,
    },
  ]
}
