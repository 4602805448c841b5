import { bareJid, parseJid } from '../../../../../shared/kit/jid'
import { SiegelError } from '../../../../../shared/kit/result'
import { ns } from '../../../formats/chat/namespaces'
import { randomUuid } from '../../../kit/objects/new-uid'
import { attributeOf, childOf, childrenOf, type Element, el, textOf } from '../../../ports/chat/element'
import type { RoomKept } from '../store/rows'
import { catchUp } from './catch-up'
import type { ChatParts, Link, Occupant, RoomLink } from './link'
import { pump } from './outbox'
import { conditionOf, items, publish } from './pubsub'

const bookmarkOptions = {
  'pubsub#persist_items': 'true',
  'pubsub#max_items': 'max',
  'pubsub#send_last_published_item': 'never',
  'pubsub#access_model': 'whitelist',
}

const roles = ['none', 'visitor', 'participant', 'moderator'] as const
const affiliations = ['outcast', 'none', 'member', 'admin', 'owner'] as const
const oneOf = <T extends string>(all: readonly T[], text: string | undefined, other: T): T =>
  all.find(each => each === text) ?? other

/** Whoever floods a room with occupants fills no memory. */
const mostOccupants = 10_000

const field = (name: string, value: string, type?: string): Element =>
  el('field', ns.dataForms, { var: name, type }, el('value', ns.dataForms, {}, value))

const kept = (parts: ChatParts, link: Link, jid: string) => {
  const row = parts.store.chat.conversations.byJid(link.accountId, jid)
  const room = row === null ? null : parts.store.chat.roomOf(row)
  return row === null || room === null ? null : { row, room }
}

const remember = (parts: ChatParts, link: Link, jid: string, change: Partial<RoomKept>): void => {
  const found = kept(parts, link, jid)
  if (found === null) return
  parts.store.chat.conversations.change(found.row.id, { room: { ...found.room, ...change } })
}

/**
 * What a room says it is. A room that was closed, by `before` or by what is kept, and is open by now holds what waits until somebody decides.
 */
async function look(
  parts: ChatParts,
  link: Link,
  jid: string,
  before: RoomKept | null = null,
): Promise<void> {
  const answer = await link.session.iq(el('query', ns.discoInfo), { to: jid, type: 'get' })
  const query = childOf(answer, 'query', ns.discoInfo)
  const features = new Set(
    childrenOf(query, ns.discoInfo, 'feature').map(each => attributeOf(each, 'var') ?? ''),
  )
  const name = attributeOf(childOf(query, 'identity', ns.discoInfo), 'name') ?? ''
  const found = kept(parts, link, jid)
  if (found === null) return
  const isMembersOnly = features.has('muc_membersonly')
  const showsAddresses = features.has('muc_nonanonymous')
  const earlier = before ?? found.room
  const was = earlier.isMembersOnly && earlier.showsAddresses
  parts.store.chat.conversations.change(found.row.id, {
    ...(name === '' ? {} : { name: name.slice(0, 200) }),
    ...(was && found.row.mode === 'encrypted' && !(isMembersOnly && showsAddresses)
      ? { hold: 'room-changed' }
      : {}),
    room: {
      ...found.room,
      ...{ isMembersOnly, showsAddresses },
      hasArchive: features.has(ns.mam),
      hasIds: features.has(ns.sid) || features.has(ns.mam),
      hasOccupantIds: features.has(ns.occupant),
    },
  })
}

/** Members of all kinds, those who are away too: those for whom something in the room is encrypted. */
async function readMembers(parts: ChatParts, link: Link, jid: string): Promise<void> {
  const members = new Set<string>()
  for (const affiliation of ['owner', 'admin', 'member']) {
    try {
      const answer = await link.session.iq(
        el('query', ns.mucAdmin, {}, el('item', ns.mucAdmin, { affiliation })),
        { to: jid, type: 'get' },
      )
      for (const item of childrenOf(childOf(answer, 'query', ns.mucAdmin), ns.mucAdmin, 'item')) {
        const member = bareJid(attributeOf(item, 'jid') ?? '')
        if (member !== null) members.add(member)
      }
    } catch (error) {
      // Some rooms show their lists to admins only; who is there is known by presence.
      if (conditionOf(error) === null) throw error
    }
  }
  for (const { jid: occupant } of link.rooms.get(jid)?.occupants.values() ?? [])
    if (occupant !== '') members.add(occupant)
  remember(parts, link, jid, { members: [...members] })
}

/** Goes into a room: its kind first, then its people, then what was said since. */
export async function join(parts: ChatParts, link: Link, jid: string): Promise<void> {
  const found = kept(parts, link, jid)
  if (found === null) return
  const { nick, password } = found.room
  const room: RoomLink = {
    ...{ state: 'joining', reason: null, nick, occupants: new Map(), isCaughtUp: false },
  }
  link.rooms.set(jid, room)
  note(parts, link, jid)
  try {
    await look(parts, link, jid)
  } catch (error) {
    // A room that is not there yet is made by joining it; everything else is told by the join.
    if (conditionOf(error) === null) throw error
  }
  link.session.tell(
    el(
      'presence',
      ns.client,
      { to: `${jid}/${nick}` },
      el(
        'x',
        ns.muc,
        {},
        el('history', ns.muc, { maxstanzas: '0' }),
        ...(password === null ? [] : [el('password', ns.muc, {}, password)]),
      ),
    ),
  )
}

/** After the own presence came back: from now on what is said here comes. */
async function joined(parts: ChatParts, link: Link, jid: string): Promise<void> {
  const room = link.rooms.get(jid)
  if (room === undefined) return
  await look(parts, link, jid)
  const found = kept(parts, link, jid)
  if (found?.room.showsAddresses) await readMembers(parts, link, jid)
  if (found?.room.hasArchive) await catchUp(parts, link, jid)
  room.isCaughtUp = true
  parts.store.chat.outgoing.sendUnknownAgain(link.accountId, 'room', jid)
  note(parts, link, jid)
  await pump(parts, link)
}

const note = (parts: ChatParts, link: Link, jid: string): void => {
  const row = parts.store.chat.conversations.byJid(link.accountId, jid)
  if (row !== null) parts.store.chat.noteRoom(row.id)
  link.changed()
}

const reasonOf: Readonly<Record<string, string>> = {
  '301': 'banned',
  '307': 'kicked',
  '321': 'members-only',
  '322': 'members-only',
  '332': 'gone',
}
const refusals: Readonly<Record<string, string>> = {
  'registration-required': 'members-only',
  forbidden: 'banned',
  'not-authorized': 'password',
  conflict: 'nick-taken',
  'item-not-found': 'gone',
  gone: 'gone',
}

/** Presence of a room that is known here; false where it is of somebody else. */
export function takeRoomPresence(parts: ChatParts, link: Link, presence: Element): boolean {
  const from = parseJid(attributeOf(presence, 'from') ?? '')
  const jid = bareJid(attributeOf(presence, 'from') ?? '')
  const room = jid === null ? undefined : link.rooms.get(jid)
  if (from === null || jid === null || room === undefined) return false
  const type = attributeOf(presence, 'type')
  // An occupant may have put one of their own beside the room's; nobody knows which is which.
  const said = childrenOf(presence, ns.mucUser, 'x')
  const x = said.length === 1 ? said[0] : undefined
  const codes = new Set(childrenOf(x, ns.mucUser, 'status').map(each => attributeOf(each, 'code') ?? ''))
  const item = childOf(x, 'item', ns.mucUser)
  const nick = from.resource ?? ''
  if (type === 'error') {
    const error = childOf(presence, 'error', ns.client)
    const condition = childrenOf(error, ns.stanzaErrors)[0]?.name ?? 'undefined-condition'
    if (room.state === 'joining') {
      room.state = 'failed'
      room.reason = refusals[condition] ?? condition
    }
  } else if (type === 'unavailable') {
    room.occupants.delete(nick)
    const isNewNick = codes.has('303')
    const newNick = attributeOf(item, 'nick')
    const isOwn = codes.has('110') || nick === room.nick
    if (isOwn && isNewNick && newNick !== undefined) room.nick = newNick
    else if (isOwn) {
      room.state = 'left'
      room.isCaughtUp = false
      const code = [...codes].find(each => Object.hasOwn(reasonOf, each))
      room.reason = code === undefined ? null : (reasonOf[code] ?? null)
    }
    memberChanged(parts, link, jid, item)
  } else if (nick !== '' && (room.occupants.has(nick) || room.occupants.size < mostOccupants)) {
    const occupantId = attributeOf(childOf(presence, 'occupant-id', ns.occupant), 'id') ?? null
    const occupant: Occupant = {
      ...{ nick, occupantId, jid: bareJid(attributeOf(item, 'jid') ?? '') ?? '' },
      sinceMs: room.occupants.get(nick)?.sinceMs ?? parts.clock.now(),
      role: oneOf(roles, attributeOf(item, 'role'), 'none'),
      affiliation: oneOf(affiliations, attributeOf(item, 'affiliation'), 'none'),
    }
    room.occupants.set(nick, occupant)
    memberChanged(parts, link, jid, item)
    if (codes.has('110') && room.state === 'joining') {
      room.state = 'joined'
      room.reason = null
      room.nick = nick
      remember(parts, link, jid, { ownOccupant: occupantId, nick })
      if (codes.has('201')) link.newRooms.add(jid)
      later(parts, link, jid, () => joined(parts, link, jid))
    }
  }
  note(parts, link, jid)
  return true
}

/** Who came or went as a member: newcomers read from now on, those who went no more. */
function memberChanged(parts: ChatParts, link: Link, jid: string, item: Element | undefined): void {
  const member = bareJid(attributeOf(item, 'jid') ?? '')
  const affiliation = oneOf(affiliations, attributeOf(item, 'affiliation'), 'none')
  const found = kept(parts, link, jid)
  if (member === null || found === null) return
  const isMember = affiliation === 'member' || affiliation === 'admin' || affiliation === 'owner'
  const { members } = found.room
  if (members.includes(member) === isMember) return
  remember(parts, link, jid, {
    members: isMember ? [...members, member] : members.filter(each => each !== member),
  })
}

/** The room says that it is another by now (XEP-0045 §10.2.1), or that somebody who is away became a member or is none any more. */
export function takeRoomNews(parts: ChatParts, link: Link, message: Element): void {
  const from = attributeOf(message, 'from') ?? ''
  const jid = bareJid(from)
  if (jid === null || parseJid(from)?.resource !== null || !link.rooms.has(jid)) return
  const x = childOf(message, 'x', ns.mucUser)
  for (const item of childrenOf(x, ns.mucUser, 'item')) memberChanged(parts, link, jid, item)
  const codes = childrenOf(x, ns.mucUser, 'status').map(each => attributeOf(each, 'code') ?? '')
  if (!codes.some(code => ['104', '172', '173', '174'].includes(code))) return
  const found = kept(parts, link, jid)
  // Until it is known what it is now, nothing leaves.
  if (found?.row.mode === 'encrypted')
    remember(parts, link, jid, { isMembersOnly: false, showsAddresses: false })
  later(parts, link, jid, async () => {
    await look(parts, link, jid, found?.room ?? null)
    await readMembers(parts, link, jid)
    await pump(parts, link)
  })
}

function later(parts: ChatParts, link: Link, jid: string, work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    parts.log.warn('a room could not be read', {
      code: error instanceof SiegelError ? error.code : 'internal',
    })
    note(parts, link, jid)
  })
}

/** After a resumed stream, or a long silence: whether the room still knows us (XEP-0410). */
export async function pingRooms(parts: ChatParts, link: Link): Promise<void> {
  for (const [jid, room] of link.rooms) {
    if (room.state !== 'joined') continue
    try {
      await link.session.iq(el('ping', ns.ping), { to: `${jid}/${room.nick}`, type: 'get' })
    } catch (error) {
      const condition = conditionOf(error)
      // Those who know no ping still answer for us.
      if (condition === 'service-unavailable' || condition === 'feature-not-implemented') continue
      if (condition === 'not-acceptable' || condition === 'item-not-found') await join(parts, link, jid)
    }
  }
}

/** The rooms that the own bookmarks name (XEP-0402). */
export async function readBookmarks(parts: ChatParts, link: Link): Promise<void> {
  for (const { id, payload } of await items(link, link.own, ns.bookmarks))
    takeBookmark(parts, link, id, payload)
}

/** One bookmark, told by the own account. */
export function takeBookmark(parts: ChatParts, link: Link, id: string, payload: Element): string | null {
  const jid = bareJid(id)
  if (jid === null || payload.name !== 'conference' || payload.namespace !== ns.bookmarks) return null
  const { conversations } = parts.store.chat
  const isAutojoined = ['true', '1'].includes(attributeOf(payload, 'autojoin') ?? '')
  const row =
    conversations.byJid(link.accountId, jid) ??
    conversations.ensure(link.accountId, jid, 'room', { isRequest: false, mode: 'encrypted' })
  if (row === null) return null
  const nick = textOf(childOf(payload, 'nick', ns.bookmarks)).slice(0, 200)
  const password = textOf(childOf(payload, 'password', ns.bookmarks)).slice(0, 1000)
  const room = parts.store.chat.roomOf(row) ?? parts.store.chat.newRoom(nickOf(link))
  conversations.change(row.id, {
    isRequest: false,
    ...(row.name === '' ? { name: (attributeOf(payload, 'name') ?? '').slice(0, 200) } : {}),
    room: {
      ...{ ...room, isAutojoined },
      ...(nick === '' ? {} : { nick }),
      ...(password === '' ? {} : { password }),
    },
  })
  return jid
}

export const nickOf = (link: Link): string => link.own.slice(0, Math.max(1, link.own.indexOf('@')))

/** Keeps a room among the bookmarks; `isAutojoined` false: it is left. */
export async function bookmark(
  parts: ChatParts,
  link: Link,
  jid: string,
  isAutojoined: boolean,
): Promise<void> {
  const found = kept(parts, link, jid)
  if (found === null) return
  const { nick, password } = found.room
  remember(parts, link, jid, { isAutojoined })
  await publish(
    link,
    ns.bookmarks,
    {
      id: jid,
      payload: el(
        'conference',
        ns.bookmarks,
        {
          autojoin: isAutojoined ? 'true' : 'false',
          name: found.row.name === '' ? undefined : found.row.name,
        },
        el('nick', ns.bookmarks, {}, nick),
        ...(password === null ? [] : [el('password', ns.bookmarks, {}, password)]),
      ),
    },
    bookmarkOptions,
  )
}

/** The rooms in which something can be said. */
export const joinedNow = (link: Link): string[] =>
  [...link.rooms].flatMap(([jid, room]) => (room.state === 'joined' ? [jid] : []))

/** Leaves a room, and joins it no more by itself. */
export function leave(link: Link, jid: string): void {
  const room = link.rooms.get(jid)
  if (room === undefined) return
  if (room.state === 'joined' || room.state === 'joining')
    link.session.tell(el('presence', ns.client, { to: `${jid}/${room.nick}`, type: 'unavailable' }))
  link.rooms.delete(jid)
}

/** The service for rooms of the own server; null where there is none. */
export async function roomService(link: Link): Promise<string | null> {
  const domain = parseJid(link.own)?.domain ?? ''
  const answer = await link.session.iq(el('query', ns.discoItems), { to: domain, type: 'get' })
  const services = childrenOf(childOf(answer, 'query', ns.discoItems), ns.discoItems, 'item')
    .map(each => bareJid(attributeOf(each, 'jid') ?? ''))
    .filter(each => each !== null)
    .slice(0, 20)
  for (const service of services) {
    try {
      const info = await link.session.iq(el('query', ns.discoInfo), { to: service, type: 'get' })
      const query = childOf(info, 'query', ns.discoInfo)
      const isForRooms = childrenOf(query, ns.discoInfo, 'identity').some(
        each => attributeOf(each, 'category') === 'conference' && attributeOf(each, 'type') === 'text',
      )
      if (isForRooms) return service
    } catch (error) {
      if (conditionOf(error) === null) throw error
    }
  }
  return null
}

/** A room that was just made: for members only, who see each other, so that it can be encrypted. */
export async function closeNewRoom(parts: ChatParts, link: Link, jid: string, name: string): Promise<void> {
  const values = {
    'muc#roomconfig_roomname': name,
    'muc#roomconfig_persistentroom': '1',
    'muc#roomconfig_membersonly': '1',
    'muc#roomconfig_publicroom': '0',
    'muc#roomconfig_whois': 'anyone',
    'muc#roomconfig_allowinvites': '0',
    'muc#roomconfig_enablearchiving': '1',
    'muc#roomconfig_mam': '1',
  }
  const answer = await link.session.iq(el('query', ns.mucOwner), { to: jid, type: 'get' })
  const form = childOf(childOf(answer, 'query', ns.mucOwner), 'x', ns.dataForms)
  const offered = new Set(childrenOf(form, ns.dataForms, 'field').map(each => attributeOf(each, 'var') ?? ''))
  await link.session.iq(
    el(
      'query',
      ns.mucOwner,
      {},
      el(
        'x',
        ns.dataForms,
        { type: 'submit' },
        field('FORM_TYPE', ns.mucConfig, 'hidden'),
        ...Object.entries(values)
          .filter(([key]) => offered.has(key))
          .map(([key, value]) => field(key, value)),
      ),
    ),
    { to: jid, type: 'set' },
  )
  await look(parts, link, jid)
}

/** Makes somebody a member, and tells them. */
export async function invite(
  parts: ChatParts,
  link: Link,
  jid: string,
  people: readonly string[],
): Promise<void> {
  const found = kept(parts, link, jid)
  for (const person of people) {
    if (found?.room.isMembersOnly === true) await setAffiliation(link, jid, person, 'member', '')
    link.session.tell(
      el(
        'message',
        ns.client,
        { to: person, id: randomUuid(parts.random) },
        el('x', ns.directInvite, { jid, password: found?.room.password ?? undefined }),
        el('store', ns.hints),
      ),
    )
  }
  await readMembers(parts, link, jid)
}

export async function setAffiliation(
  link: Link,
  room: string,
  jid: string,
  affiliation: (typeof affiliations)[number],
  reason: string,
): Promise<void> {
  const why = reason === '' ? [] : [el('reason', ns.mucAdmin, {}, reason)]
  await link.session.iq(el('query', ns.mucAdmin, {}, el('item', ns.mucAdmin, { affiliation, jid }, ...why)), {
    to: room,
    type: 'set',
  })
}

export async function kick(link: Link, room: string, nick: string, reason: string): Promise<void> {
  const why = reason === '' ? [] : [el('reason', ns.mucAdmin, {}, reason)]
  await link.session.iq(
    el('query', ns.mucAdmin, {}, el('item', ns.mucAdmin, { role: 'none', nick }, ...why)),
    { to: room, type: 'set' },
  )
}
