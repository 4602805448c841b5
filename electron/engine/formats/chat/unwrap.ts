import { bareJid, parseJid } from '../../../../shared/kit/jid'
import { attributeOf, childOf, childrenOf, type Element, isNamed } from '../../ports/chat/element'
import { ns } from './namespaces'

/** What is known of the account and of what was asked, as far as the origin of a stanza depends on it. */
export type OriginContext = Readonly<{
  /** The own bare JID. */
  own: string
  nowMs: number
  /** The server keeps an archive or gives ids, so that ids by the own address are believed. */
  hasArchive: boolean
  /** Archives that are being asked: query id to the address of the archive. */
  queries: ReadonlyMap<string, string>
  /** Rooms that were joined, by bare address: whether their ids are believed. */
  rooms: ReadonlyMap<string, Readonly<{ hasIds: boolean }>>
}>

/** A message whose way here is proven. */
export type Incoming = Readonly<{
  message: Element
  via: 'live' | 'carbon' | 'archive'
  /** The own account wrote it, on another device or in the past. */
  isOwn: boolean
  /** Its place in an archive; null where nobody who may say so did. */
  archive: Readonly<{ jid: string; id: string }> | null
  /** The open query that it answers. */
  queryId: string | null
  atMs: number
  isDelayed: boolean
}>

/** Why something was not taken in at all. */
export type Dropped = Readonly<{
  dropped:
    | 'foreign-carbon'
    | 'unasked-archive'
    | 'foreign-archive'
    | 'malformed'
    | 'not-for-us'
    | 'unknown-room'
}>

const isMessage = (element: Element | undefined): element is Element =>
  element !== undefined && isNamed(element, 'message', ns.client)

/** Before Jabber was, and later than a clock may be wrong by. */
const earliest = Date.UTC(1999, 0, 1)
const laterMs = 86_400_000

/** A stamp of XEP-0082, or null for what is none, or one that no archive can have. */
function stampMs(delay: Element | undefined, nowMs: number): number | null {
  const text = attributeOf(delay, 'stamp') ?? ''
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)) return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) || ms < earliest || ms > nowMs + laterMs ? null : ms
}

const forwardedIn = (wrapper: Element): Element | undefined => childOf(wrapper, 'forwarded', ns.forward)

/** The id that this archive gave it; with two by one nobody knows which, so none. */
function idBy(message: Element, by: string): string | null {
  const ids = childrenOf(message, ns.sid, 'stanza-id').filter(
    // An address within it, an occupant's, is not it.
    each => {
      const said = attributeOf(each, 'by') ?? ''
      return bareJid(said) === by && parseJid(said)?.resource === null
    },
  )
  const id = ids.length === 1 ? attributeOf(ids[0], 'id') : undefined
  return id === undefined || id === '' || id.length > 500 ? null : id
}

/**
 * Takes a message out of what carried it (carbon, XEP-0280; archive, XEP-0313), and proves whose word its way here is. What is in a wrapper that is
 * not believed is never looked at.
 */
export function unwrap(stanza: Element, context: OriginContext): Incoming | Dropped {
  const { own, nowMs } = context
  const from = attributeOf(stanza, 'from')
  const fromBare = from === undefined || from === '' ? own : bareJid(from)
  if (!isMessage(stanza) || fromBare === null) return { dropped: 'malformed' }
  const isFromAccount = fromBare === own && (from === undefined || parseJid(from)?.resource === null)

  const carbon = childrenOf(stanza, ns.carbons).find(({ name }) => name === 'sent' || name === 'received')
  if (carbon !== undefined) {
    const forwarded = forwardedIn(carbon)
    const inner = childOf(forwarded, 'message', ns.client)
    if (!isFromAccount || !isMessage(inner)) return { dropped: 'foreign-carbon' }
    const [innerFrom, innerTo] = [attributeOf(inner, 'from') ?? '', attributeOf(inner, 'to') ?? '']
    const isSent = carbon.name === 'sent'
    const mine = bareJid(isSent ? innerFrom : innerTo)
    if (mine !== own || attributeOf(inner, 'type') === 'groupchat') return { dropped: 'foreign-carbon' }
    const stamp = stampMs(childOf(forwarded, 'delay', ns.delay), nowMs)
    const id = context.hasArchive ? idBy(inner, own) : null
    return {
      ...{ message: inner, via: 'carbon', isOwn: bareJid(innerFrom) === own, queryId: null },
      archive: id === null ? null : { jid: own, id },
      ...{ atMs: stamp ?? nowMs, isDelayed: false },
    }
  }

  const result = childOf(stanza, 'result', ns.mam)
  if (result !== undefined) {
    const queryId = attributeOf(result, 'queryid') ?? ''
    const archive = context.queries.get(queryId)
    if (archive === undefined) return { dropped: 'unasked-archive' }
    if (fromBare !== archive || (archive === own && !isFromAccount)) return { dropped: 'foreign-archive' }
    const forwarded = forwardedIn(result)
    const inner = childOf(forwarded, 'message', ns.client)
    const id = attributeOf(result, 'id') ?? ''
    if (!isMessage(inner) || id === '' || id.length > 500) return { dropped: 'malformed' }
    const [innerFrom, innerTo] = [
      bareJid(attributeOf(inner, 'from') ?? own),
      bareJid(attributeOf(inner, 'to') ?? own),
    ]
    const isOwn = archive === own && innerFrom === own
    if (archive !== own ? innerFrom !== archive : innerFrom !== own && innerTo !== own)
      return { dropped: 'foreign-archive' }
    return {
      ...{ message: inner, via: 'archive', isOwn, queryId, archive: { jid: archive, id } },
      ...{ atMs: stampMs(childOf(forwarded, 'delay', ns.delay), nowMs) ?? nowMs, isDelayed: true },
    }
  }

  const to = attributeOf(stanza, 'to')
  if (to !== undefined && bareJid(to) !== own) return { dropped: 'not-for-us' }
  const isGroup = attributeOf(stanza, 'type') === 'groupchat'
  const room = context.rooms.get(fromBare)
  if (isGroup && room === undefined) return { dropped: 'unknown-room' }
  // Only the own account, its server and the room may say when something was.
  const domain = parseJid(own)?.domain
  const delays = childrenOf(stanza, ns.delay, 'delay')
    .filter(each => {
      const by = bareJid(attributeOf(each, 'from') ?? '')
      return by !== null && (by === own || by === domain || (isGroup && by === fromBare))
    })
    .map(each => stampMs(each, nowMs))
    .filter(each => each !== null)
  const archive = isGroup ? fromBare : own
  const believed = isGroup ? room?.hasIds === true : context.hasArchive
  const id = believed ? idBy(stanza, archive) : null
  return {
    ...{ message: stanza, via: 'live', isOwn: !isGroup && fromBare === own, queryId: null },
    archive: id === null ? null : { jid: archive, id },
    ...{ atMs: Math.min(delays[0] ?? nowMs, nowMs), isDelayed: delays.length > 0 },
  }
}
