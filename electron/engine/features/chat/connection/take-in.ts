import { type Identity, identify } from '../../../formats/chat/identify'
import { type Effect, judge, type Locked } from '../../../formats/chat/judge'
import { type Content, readContent } from '../../../formats/chat/read-content'
import { type Incoming, unwrap } from '../../../formats/chat/unwrap'
import { writeReceipt } from '../../../formats/chat/write-message'
import { encryptedElementsOf } from '../../../formats/omemo/stanza/encrypted'
import { randomUuid } from '../../../kit/objects/new-uid'
import { attributeOf, type Element } from '../../../ports/chat/element'
import type { PlaceFor } from '../store/apply'
import type { ChatParts, Link } from './link'
import { roomFacts } from './link'
import { cannotBeOpened, openLocked } from './open-locked'

/** How a message came: on the stream, or in a page of an archive at this place. */
export type Way = Readonly<{
  place: PlaceFor
  /** Called inside the transaction. */
  commit: (() => void) | null
}>

/** What is worth saying of a message that was taken in. */
export type Taken = Readonly<{
  incoming: Incoming
  effects: readonly Effect[]
  place: number | null
}>

const originOf = (parts: ChatParts, link: Link) => ({
  own: link.own,
  nowMs: parts.clock.now(),
  hasArchive:
    link.bound?.features.account.has('urn:xmpp:mam:2') === true ||
    link.bound?.features.account.has('urn:xmpp:sid:0') === true,
  queries: new Map([...link.queries].map(([id, { archive }]) => [id, archive])),
})

/**
 * Takes one message in: proves its way, says whose it is, opens it, judges it against what is stored, and writes what comes of it with the states of
 * keys and the count of the stream in one transaction. Null where nothing came of it; then too it was committed.
 */
export async function takeIn(parts: ChatParts, link: Link, stanza: Element, way: Way): Promise<Taken | null> {
  const isPoison = link.poison.isPoison(stanza)
  try {
    return await takeInOnce(parts, link, stanza, way, isPoison)
  } catch (error) {
    link.poison.note(stanza, error)
    if (!isPoison) throw error
    if (way.commit !== null) parts.store.chat.transaction(way.commit)
    return null
  }
}

/** `isPoison`: it failed again and again. Where it came encrypted, that there was one is shown; else it is left to the archive, and the log says so. */
async function takeInOnce(
  parts: ChatParts,
  link: Link,
  stanza: Element,
  { place, commit }: Way,
  isPoison: boolean,
): Promise<Taken | null> {
  const { chat } = parts.store
  const drop = (): null => {
    if (commit !== null) chat.transaction(commit)
    return null
  }
  if (isPoison) parts.log.error('a stanza that could not be taken in again and again is passed over')
  const rooms = roomFacts(parts, link)
  const incoming = unwrap(stanza, { ...originOf(parts, link), rooms })
  if ('dropped' in incoming) {
    parts.log.info('a message was not taken in', { reason: incoming.dropped })
    return drop()
  }
  const identity = identify(incoming, link.own, rooms)
  if (identity === null) return drop()

  // What an error quotes is whatever the other side likes.
  const isError = attributeOf(incoming.message, 'type') === 'error'
  const isLocked = !isError && encryptedElementsOf(incoming.message).length > 0
  if (isPoison && !isLocked) return drop()
  if (!isLocked)
    return write(parts, link, incoming, identity, readContent(incoming.message), null, place, commit)
  // What was read before is not opened again: its key is gone, and nothing new is in it.
  const known = chat.transaction(() => isKnown(parts, link, identity, incoming))
  if (known) {
    const nothing = readContent({ ...incoming.message, children: [] })
    return write(parts, link, incoming, identity, nothing, null, place, commit)
  }
  return link.exclusively(async () => {
    const opened = isPoison ? cannotBeOpened(incoming) : await openLocked(parts, link, incoming, identity)
    if (opened === null) return drop()
    return write(
      ...([parts, link, incoming, identity, opened.content, opened.locked, place] as const),
      () => {
        opened.write()
        commit?.()
      },
    )
  })
}

function isKnown(parts: ChatParts, link: Link, identity: Identity, { archive }: Incoming): boolean {
  const { messages, conversations } = parts.store.chat
  const row = conversations.byJid(link.accountId, identity.conversation)
  if (row === null) return false
  const found =
    (archive === null ? null : messages.byStanza(row.id, archive.id)) ??
    (identity.originId === ''
      ? null
      : identity.kind === 'room' && identity.isOwn
        ? (messages.ownByOrigin(row.id, identity.originId) ??
          messages.ownByCorrection(row.id, identity.originId))
        : (messages.byOrigin(row.id, identity.sender, identity.originId) ??
          messages.byCorrection(row.id, identity.sender, identity.originId)))
  return found !== null && found.undecryptable === null
}

function write(
  parts: ChatParts,
  link: Link,
  incoming: Incoming,
  identity: Identity,
  content: Content,
  locked: Locked | null,
  place: PlaceFor,
  commit: (() => void) | null,
): Taken {
  const { chat } = parts.store
  const modeOfNew = parts.settingsOf(link.accountId).encryptByDefault ? 'encrypted' : 'clear'
  const { effects, added } = chat.intake.write(db => {
    const known = chat.intake.known(db, link.accountId, identity.conversation, identity.kind)
    const room = link.rooms.get(identity.conversation)
    const judged = judge({ incoming, identity, content, locked }, known).map(effect =>
      effect.do === 'add' && room !== undefined && !effect.message.isOwn
        ? { ...effect, message: { ...effect.message, isMention: names(effect.message.text, room.nick) } }
        : effect,
    )
    const done = chat.intake.apply(
      ...([db, link.accountId, identity.conversation, identity.kind, judged, place, modeOfNew] as const),
    )
    commit?.()
    return { effects: judged, added: done.added }
  })
  after(parts, link, identity, effects)
  if (added !== null) link.received += 1
  return { incoming, effects, place: added === null ? null : chat.messages.require(added).place }
}

/** Whether a text names somebody, as a word of its own. */
function names(text: string, nick: string): boolean {
  const at = text.toLowerCase().indexOf(nick.toLowerCase())
  if (at === -1 || nick === '') return false
  const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
  return !isLetter(text[at - 1]) && !isLetter(text[at + nick.length])
}

/** What is not for the store: who types, and answers that somebody waits for. */
function after(parts: ChatParts, link: Link, identity: Identity, effects: readonly Effect[]): void {
  const { chat } = parts.store
  const row = chat.conversations.byJid(link.accountId, identity.conversation)
  const settings = parts.settingsOf(link.accountId)
  const mayTell =
    row !== null &&
    row.is_request === 0 &&
    (settings.toStrangers || chat.conversations.isFamiliar(link.accountId, identity.conversation))
  for (const effect of effects) {
    if (effect.do === 'typing' && row !== null) {
      link.setTyping(row.jid, effect.name || row.jid, effect.isTyping, parts.clock.now())
      chat.noteTyping([row.id])
    }
    if (effect.do === 'add' && row !== null)
      link.setTyping(row.jid, effect.message.senderName || row.jid, false, parts.clock.now())
    if (effect.do === 'answer' && effect.isReceiptAsked && settings.receipts && mayTell)
      link.session.tell(writeReceipt(effect.to, effect.originId, randomUuid(parts.random)))
    if (effect.do === 'subject' && row !== null) {
      const kept = chat.roomOf(row)
      if (kept !== null) chat.conversations.change(row.id, { room: { ...kept, subject: effect.text } })
    }
    if (effect.do === 'invited' && !chat.conversations.isBlocked(link.accountId, effect.by)) {
      const known = chat.conversations.byJid(link.accountId, effect.room)
      if (known === null) {
        const begun = chat.conversations.ensure(link.accountId, effect.room, 'room', {
          isRequest: true,
          mode: 'encrypted',
        })
        const nick = link.own.slice(0, link.own.indexOf('@'))
        if (begun !== null)
          chat.conversations.change(begun.id, {
            room: { ...chat.newRoom(nick), password: effect.password, isAutojoined: false },
          })
      }
    }
  }
}
