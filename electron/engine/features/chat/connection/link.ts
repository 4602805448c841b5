import type { ChatSettings } from '../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import type { RoomFacts } from '../../../formats/chat/identify'
import type { Clock, Log, Random } from '../../../ports/basics'
import type { Element } from '../../../ports/chat/element'
import type { OmemoVault } from '../../../ports/chat/omemo'
import type { Bound, XmppControl, XmppSession } from '../../../ports/chat/xmpp-session'
import type { ChatStore } from '../store/store'
import { PoisonStanzas } from './poison'

export type { ChatStore } from '../store/store'

/** What the connection of chat is made of. */
export type ChatParts = Readonly<{
  store: Readonly<{ chat: ChatStore }>
  xmpp: XmppControl
  vault: Readonly<{ omemo: OmemoVault }>
  clock: Clock
  random: Random
  log: Log
  settingsOf: (accountId: AccountId) => ChatSettings
  /** One element of XML that came encrypted; null for what is none. */
  readXml: (bytes: Uint8Array) => Element | null
}>

export type Occupant = Readonly<{
  nick: string
  jid: string
  occupantId: string | null
  role: 'none' | 'visitor' | 'participant' | 'moderator'
  affiliation: 'outcast' | 'none' | 'member' | 'admin' | 'owner'
  /** When this nick was first seen without a break since. */
  sinceMs: number
}>

/** A room as it is while the stream lasts. */
export type RoomLink = {
  state: 'joining' | 'joined' | 'left' | 'failed'
  reason: string | null
  nick: string
  occupants: Map<string, Occupant>
  isCaughtUp: boolean
}

/** The own server's place for files, and how large one may be as it is put there. */
export type UploadPlace = Readonly<{ jid: string; largestBytes: number }>

/** One stanza of an archive that waits for the end of its page. */
export type PageItem = Readonly<{ stanza: Element }>

const typingMs = 30_000

/** What is known of one account while its stream lasts; all that is to outlive it is in the store. */
export class Link {
  readonly accountId: AccountId
  readonly own: string
  readonly session: XmppSession
  bound: Bound | null = null
  /** Archives were read up to their edges: from now on something may be sent. */
  isCaughtUp = false
  isCatchingUp = false
  /** All that a new stream begins with is done: bookmarks are read, and rooms are being joined. */
  isInStep = false
  /** Open questions to archives: by query id whose archive, and what came so far. */
  readonly queries = new Map<string, { archive: string; items: PageItem[] }>()
  readonly rooms = new Map<string, RoomLink>()
  /** Rooms that were made by joining them. */
  readonly newRooms = new Set<string>()
  readonly presence = new Map<string, 'online' | 'away' | 'busy'>()
  /** When lists of devices were asked for, by address. */
  readonly listsAt = new Map<string, number>()
  /** Bundles that were refused lately, by `jid/device/version`. */
  readonly refusedAt = new Map<string, number>()
  /** So often the own list was mended on this stream. */
  listMends = 0
  /** Where files are put; null where it is not known, or there is none. It outlives the stream. */
  uploadPlace: UploadPlace | null = null
  /** The archive id of the last live message, for the end of a catch-up. */
  lastLive: Readonly<{ id: string; atMs: number; place: number }> | null = null
  readonly poison = new PoisonStanzas()
  received = 0
  sent = 0
  /** What was told of these two already. */
  receivedBefore = 0
  sentBefore = 0
  readonly #typing = new Map<string, Map<string, number>>()
  #turn: Promise<unknown> = Promise.resolve()
  #round: Promise<unknown> = Promise.resolve()
  readonly #listeners = new Set<() => void>()

  constructor(session: XmppSession) {
    this.session = session
    this.accountId = session.accountId
    this.own = session.bareJid
  }

  /** Work with keys of one account, one after the other: two answers from one state would use a key twice. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Rounds of sending, one after the other. What is asked of the server meanwhile keeps nobody from taking in what comes. */
  oneRound<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#round.then(work)
    this.#round = turn.catch(() => undefined)
    return turn
  }

  /** What was begun is ended. */
  async settled(): Promise<void> {
    await this.#round
    await this.#turn
  }

  /** Something may be another by now: who waits looks again. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  /** Waits for a condition; false when the signal came first. */
  until(condition: () => boolean, signal: AbortSignal): Promise<boolean> {
    if (condition()) return Promise.resolve(true)
    return new Promise(resolve => {
      const end = (met: boolean): void => {
        this.#listeners.delete(look)
        signal.removeEventListener('abort', stop)
        resolve(met)
      }
      const look = (): void => {
        if (condition()) end(true)
      }
      const stop = (): void => end(condition())
      this.#listeners.add(look)
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
    })
  }

  setTyping(conversation: string, name: string, isTyping: boolean, nowMs: number): void {
    const all = this.#typing.get(conversation) ?? new Map<string, number>()
    if (isTyping) all.set(name, nowMs + typingMs)
    else all.delete(name)
    this.#typing.set(conversation, all)
  }

  typing(conversation: string, nowMs: number): string[] {
    return [...(this.#typing.get(conversation) ?? [])].flatMap(([name, until]) =>
      until > nowMs ? [name] : [],
    )
  }

  /** A stream that begins anew knows nothing of the one before. */
  reset(): void {
    this.isCaughtUp = false
    this.isInStep = false
    this.queries.clear()
    this.presence.clear()
    this.listsAt.clear()
    this.listMends = 0
    this.lastLive = null
    this.#typing.clear()
    for (const room of this.rooms.values()) {
      room.state = 'left'
      room.isCaughtUp = false
      room.occupants.clear()
    }
  }
}

/** What identity in rooms depends on, of the rooms that are joined or being joined. */
export function roomFacts(
  parts: ChatParts,
  link: Link,
): ReadonlyMap<string, RoomFacts & { hasIds: boolean }> {
  const facts = new Map<string, RoomFacts & { hasIds: boolean }>()
  for (const row of parts.store.chat.conversations.rooms(link.accountId)) {
    const kept = row.room === null ? null : parts.store.chat.roomOf(row)
    const room = link.rooms.get(row.jid)
    if (kept === null) continue
    facts.set(row.jid, {
      nick: room?.nick ?? kept.nick,
      ownOccupant: kept.ownOccupant,
      hasOccupantIds: kept.hasOccupantIds,
      hasIds: kept.hasIds,
      presentSinceMs: nick => room?.occupants.get(nick)?.sinceMs ?? null,
    })
  }
  return facts
}
