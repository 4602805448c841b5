import { bareJid, parseJid } from '../../../../shared/kit/jid'
import { attributeOf, childOf, childrenOf, textOf } from '../../ports/chat/element'
import { ns } from './namespaces'
import type { Incoming } from './unwrap'

/** A room as far as the identity of who writes in it depends on it. */
export type RoomFacts = Readonly<{
  nick: string
  /** The own occupant id (XEP-0421), where the room gives them. */
  ownOccupant: string | null
  hasOccupantIds: boolean
  /** Since when who has a nick now had it without a break, as far as was seen; null: not known. */
  presentSinceMs: (nick: string) => number | null
}>

/** Whose a message is, and where it belongs. */
export type Identity = Readonly<{
  /** Address of the conversation: bare; of a message that an occupant wrote to us alone with the nick. */
  conversation: string
  kind: 'person' | 'room'
  isPrivate: boolean
  isOwn: boolean
  /** By which the same person is known again: bare address; in a room the occupant id, else the full address. */
  sender: string
  /**
   * What this author wrote since then is certainly theirs: 0 where an address or the room says who it is; in a room that tells occupants apart by
   * their nicks alone, since when this one has it. Infinity: not known.
   */
  sameSinceMs: number
  /** The nick in a room, else empty. */
  senderName: string
  senderFull: string
  /** The bare address behind an occupant, where the archive of a room that shows it says so. */
  realJid: string | null
  to: string
  /** The id that its author gave it; empty where there is none. */
  originId: string
  /** A room itself speaks: no nick. */
  isRoomItself: boolean
}>

const longestId = 500

/** Says who wrote a message and in which conversation. Null where the addresses are none. */
export function identify(
  { message, isOwn, archive, via }: Incoming,
  own: string,
  rooms: ReadonlyMap<string, RoomFacts>,
): Identity | null {
  const from = parseJid(attributeOf(message, 'from') ?? own)
  const to = parseJid(attributeOf(message, 'to') ?? own)
  const fromBare = bareJid(attributeOf(message, 'from') ?? own)
  const toBare = bareJid(attributeOf(message, 'to') ?? own)
  if (from === null || to === null || fromBare === null || toBare === null) return null
  const full = (bare: string, resource: string | null) => (resource === null ? bare : `${bare}/${resource}`)
  const fromFull = full(fromBare, from.resource)
  const toFull = full(toBare, to.resource)
  // `id` alone where nobody says origin-id; a room or a gateway may have written its own id over it (XEP-0359).
  const origin = attributeOf(childOf(message, 'origin-id', ns.sid), 'id') ?? attributeOf(message, 'id') ?? ''
  const originId = origin.length <= longestId ? origin : ''
  const common = { to: toFull, originId, senderFull: fromFull, sameSinceMs: 0 }

  const room = rooms.get(fromBare)
  if (attributeOf(message, 'type') === 'groupchat') {
    if (room === undefined) return null
    const occupants = childrenOf(message, ns.occupant, 'occupant-id')
    const occupant = occupants.length === 1 ? attributeOf(occupants[0], 'id') : undefined
    const isKnownOccupant = room.hasOccupantIds && occupant !== undefined && occupant !== ''
    const isMine =
      from.resource !== null &&
      (isKnownOccupant && room.ownOccupant !== null
        ? occupant === room.ownOccupant
        : from.resource === room.nick)
    const item = childOf(childOf(message, 'x', ns.mucUser), 'item', ns.mucUser)
    return {
      ...common,
      ...{ conversation: fromBare, kind: 'room', isPrivate: false, isOwn: isMine },
      sender: isKnownOccupant ? occupant : fromFull,
      sameSinceMs:
        isKnownOccupant || isMine
          ? 0
          : ((via === 'live' ? room.presentSinceMs(from.resource ?? '') : null) ?? Number.POSITIVE_INFINITY),
      senderName: from.resource ?? '',
      // In a room's archive the room says who it was; from an occupant it would be a claim.
      realJid: archive?.jid === fromBare ? bareJid(attributeOf(item, 'jid') ?? '') : null,
      isRoomItself: from.resource === null,
    }
  }

  const other = isOwn ? toBare : fromBare
  const isThroughRoom = rooms.has(other) || childOf(message, 'x', ns.mucUser) !== undefined
  const resource = isOwn ? to.resource : from.resource
  // A nick can be called like anybody: it is no person that is known, and never their conversation.
  if (isThroughRoom && resource !== null)
    return {
      ...common,
      ...{ conversation: full(other, resource), kind: 'person', isPrivate: true, isOwn },
      ...{ sender: isOwn ? own : fromFull, senderName: isOwn ? '' : resource, realJid: null },
      isRoomItself: false,
    }
  return {
    ...common,
    ...{ conversation: other, kind: 'person', isPrivate: false, isOwn },
    ...{ sender: isOwn ? own : fromBare, senderName: '', realJid: null },
    isRoomItself: isThroughRoom,
  }
}

/** The condition and the words of a stanza error (RFC 6120 §8.3). */
export function errorOf(message: Incoming['message']): { condition: string; text: string } {
  const error = childOf(message, 'error', ns.client)
  const condition = childrenOf(error, ns.stanzaErrors).find(({ name }) => name !== 'text')
  return {
    condition: condition?.name ?? 'undefined-condition',
    text: textOf(childOf(error, 'text', ns.stanzaErrors)).slice(0, 500),
  }
}
