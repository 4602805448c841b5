import type { AccountId } from '../../../../../shared/kit/ids'
import { bareJid, parseJid } from '../../../../../shared/kit/jid'
import { SiegelError } from '../../../../../shared/kit/result'
import { capsElement, discoAnswer } from '../../../formats/chat/caps'
import { ns } from '../../../formats/chat/namespaces'
import { writeMarker, writeTyping } from '../../../formats/chat/write-message'
import { readDeviceList } from '../../../formats/omemo/stanza/device-list'
import { deviceListNodes, versionsByWorth } from '../../../formats/omemo/stanza/names'
import { randomUuid } from '../../../kit/objects/new-uid'
import type { ChatControl } from '../../../ports/chat/chat-control'
import { attributeOf, childOf, childrenOf, type Element, el } from '../../../ports/chat/element'
import type { XmppHandler, XmppSession } from '../../../ports/chat/xmpp-session'
import type { ConversationRow } from '../store/rows'
import { catchUp, keepForPage, reachLive } from './catch-up'
import { createFiles } from './files/files'
import type { FileParts } from './files/place'
import { findUploadPlace } from './files/slot'
import { type ChatParts, Link } from './link'
import { pump, settleOwed } from './outbox'
import { mendOwnList, publishOwn, refreshDevices, removeOwnDevice } from './own-device'
import { conditionOf, items, publish } from './pubsub'
import * as rooms from './rooms'
import { readRoster, takeRoster } from './roster'
import { takeIn } from './take-in'

/** How long a command waits for what it sent to be acknowledged, and for rooms to be joined. */
const settleMs = 60_000

const displayedOptions = {
  'pubsub#persist_items': 'true',
  'pubsub#max_items': 'max',
  'pubsub#send_last_published_item': 'never',
  'pubsub#access_model': 'whitelist',
}

const asChatError = (error: unknown): unknown => {
  const condition = conditionOf(error)
  return condition === null ? error : new SiegelError('chat-refused', { reason: condition }, { cause: error })
}

/** Chat over the connections of all accounts: what comes is taken in, what waits is sent. */
export function createChatControl(parts: ChatParts & { files: FileParts }): ChatControl {
  const files = createFiles(parts, parts.files)
  const { xmpp, clock, log } = parts
  const { chat } = parts.store
  const links = new Map<AccountId, Link>()
  const timers = new Map<AccountId, AbortController>()
  const healTimers = new Map<AccountId, AbortController>()
  let isClosed = false

  const linkOf = (session: XmppSession): Link => {
    const known = links.get(session.accountId)
    if (known?.session === session) return known
    const made = new Link(session)
    links.set(session.accountId, made)
    return made
  }
  const failed = (link: Link, what: string) => (error: unknown) => {
    const code = error instanceof SiegelError ? error.code : 'internal'
    if (isClosed || code === 'connection-lost' || code === 'offline') return
    log.warn(what, { code, detail: conditionOf(error) ?? '' })
    link.changed()
  }

  /** Sends what waits, and again when the next is due. */
  const send = async (link: Link): Promise<void> => {
    files
      .send(link)
      .then(hasSent => (hasSent ? send(link) : undefined))
      .catch(failed(link, 'a file could not be sent'))
    const dueMs = await pump(parts, link)
    timers.get(link.accountId)?.abort()
    if (dueMs === null || isClosed) return
    const timer = new AbortController()
    timers.set(link.accountId, timer)
    clock
      .sleep(Math.max(0, dueMs - clock.now()), timer.signal)
      .then(() => send(link))
      .catch(() => undefined)
  }

  /** Sends what is owed to devices, and again when the pause of a healing is over. */
  const settle = async (link: Link): Promise<void> => {
    const dueMs = await settleOwed(parts, link)
    healTimers.get(link.accountId)?.abort()
    if (dueMs === null || isClosed) return
    const timer = new AbortController()
    healTimers.set(link.accountId, timer)
    clock
      .sleep(Math.max(0, dueMs - clock.now()), timer.signal)
      .then(() => settle(link))
      .catch(() => undefined)
  }

  const readBlocked = async (link: Link): Promise<void> => {
    if (link.bound?.features.server.has(ns.blocking) !== true) return
    const answer = await link.session.iq(el('blocklist', ns.blocking), { type: 'get' })
    const all = childrenOf(childOf(answer, 'blocklist', ns.blocking), ns.blocking, 'item')
      .map(each => bareJid(attributeOf(each, 'jid') ?? ''))
      .filter(each => each !== null)
    chat.conversations.setBlocked(link.accountId, all, [])
  }
  const readUploadPlace = async (link: Link): Promise<void> => {
    link.uploadPlace = await findUploadPlace(link)
    chat.noteAccount(link.accountId)
  }
  const unlessRefused = async (work: Promise<void>): Promise<void> => {
    try {
      await work
    } catch (error) {
      if (conditionOf(error) === null) throw error
    }
  }

  /** What a new stream begins with: who is known, the own device, the archive to its edge, and then what waits. */
  const begin = async (link: Link): Promise<void> => {
    const { session, bound } = link
    if (bound === null) return
    link.isCatchingUp = true
    session.tell(el('presence', ns.client, {}, capsElement()))
    await unlessRefused(readRoster(parts, link))
    await unlessRefused(readBlocked(link))
    await publishOwn(parts, link).catch(failed(link, 'the own device could not be published'))
    if (bound.features.account.has(ns.mam)) await catchUp(parts, link, link.own)
    if (link.bound !== bound) return
    link.isCaughtUp = true
    link.isCatchingUp = false
    if (link.lastLive !== null) reachLive(parts, link, link.own, link.lastLive)
    await unlessRefused(readDisplayed(link))
    chat.outgoing.sendUnknownAgain(link.accountId, 'person', null)
    session.caughtUp()
    await unlessRefused(readUploadPlace(link))
    await unlessRefused(rooms.readBookmarks(parts, link))
    for (const row of chat.conversations.rooms(link.accountId))
      if (row.is_request === 0 && chat.roomOf(row)?.isAutojoined === true)
        await rooms.join(parts, link, row.jid).catch(failed(link, 'a room could not be joined'))
    // Prekeys that were used in the archive are filled up now, and those of before go for good.
    await publishOwn(parts, link).catch(failed(link, 'the own device could not be published'))
    await send(link)
    await settle(link)
    link.changed()
  }

  const readDisplayed = async (link: Link): Promise<void> => {
    for (const { id, payload } of await items(link, link.own, ns.displayed)) takeDisplayed(link, id, payload)
  }
  /** Read on another device (XEP-0490): forward in the order of the archive, and only what is known. */
  const takeDisplayed = (link: Link, id: string, payload: Element): void => {
    const jid = bareJid(id)
    const row = jid === null ? null : chat.conversations.byJid(link.accountId, jid)
    const stanzaId = attributeOf(childOf(payload, 'stanza-id', ns.sid), 'id')
    if (row === null || stanzaId === undefined) return
    const message = chat.messages.byStanza(row.id, stanzaId)
    if (message !== null) chat.messages.see(row.id, message.place)
  }

  /** News of nodes: own ones from the own account, lists of devices of their owners alone. */
  const takeEvent = (link: Link, message: Element, event: Element): void => {
    const from = bareJid(attributeOf(message, 'from') ?? link.own)
    const list = childOf(event, 'items', ns.pubsubEvent)
    const node = attributeOf(list, 'node') ?? ''
    const [item] = childrenOf(list, ns.pubsubEvent, 'item')
    const [payload] = childrenOf(item)
    const id = attributeOf(item, 'id') ?? ''
    if (from === null || payload === undefined) return
    const version = versionsByWorth.find(each => deviceListNodes[each] === node)
    if (version !== undefined) {
      const devices = readDeviceList(version, payload)
      if (devices === null) return
      chat.keys.setList(
        ...([link.accountId, from, version] as const),
        devices.devices.map(each => ({ id: each.deviceId, label: each.label ?? '' })),
      )
      if (from === link.own && link.isCaughtUp)
        mendOwnList(parts, link).catch(failed(link, 'the own list of devices could not be mended'))
      return
    }
    if (from !== link.own) return
    if (node === ns.displayed) takeDisplayed(link, id, payload)
    if (node === ns.bookmarks) {
      const jid = rooms.takeBookmark(parts, link, id, payload)
      const row = jid === null ? null : chat.conversations.byJid(link.accountId, jid)
      if (jid === null || row === null) return
      if (chat.roomOf(row)?.isAutojoined === true && !link.rooms.has(jid))
        rooms.join(parts, link, jid).catch(failed(link, 'a room could not be joined'))
      else if (chat.roomOf(row)?.isAutojoined === false) rooms.leave(link, jid)
    }
  }

  const takePresence = (link: Link, presence: Element): void => {
    if (rooms.takeRoomPresence(parts, link, presence)) return
    const from = bareJid(attributeOf(presence, 'from') ?? '')
    const type = attributeOf(presence, 'type')
    if (from === null || from === link.own) return
    // Whoever may see that this account is here is decided by a person, never by asking.
    if (type === undefined) {
      if (link.presence.size > 5_000 && !link.presence.has(from)) return
      const show = childOf(presence, 'show', ns.client)?.children.join('') ?? ''
      link.presence.set(from, show === 'dnd' ? 'busy' : show === 'away' || show === 'xa' ? 'away' : 'online')
    } else if (type === 'unavailable') link.presence.delete(from)
    else return
    const row = chat.conversations.byJid(link.accountId, from)
    if (row !== null) chat.noteTyping([row.id])
  }

  const handler: XmppHandler = {
    bound: (session, bound) => {
      const link = linkOf(session)
      link.bound = bound
      if (bound.resumed && link.isCaughtUp) {
        rooms.pingRooms(parts, link).catch(failed(link, 'rooms could not be asked'))
        send(link).catch(failed(link, 'what waits could not be sent'))
        settle(link).catch(failed(link, 'keys could not be answered'))
        return
      }
      link.reset()
      chat.conversations.leaveRoom(link.accountId)
      begin(link)
        .catch(failed(link, 'chat could not be brought into step'))
        .finally(() => {
          if (link.bound !== bound) return
          link.isInStep = true
          link.changed()
        })
    },
    stanza: async (session, stanza, commit) => {
      const link = linkOf(session)
      if (stanza.name === 'presence') {
        takePresence(link, stanza)
        return
      }
      if (stanza.name !== 'message' || keepForPage(link, stanza)) return
      const event = childOf(stanza, 'event', ns.pubsubEvent)
      if (event !== undefined) {
        takeEvent(link, stanza, event)
        return
      }
      rooms.takeRoomNews(parts, link, stanza)
      const taken = await takeIn(parts, link, stanza, { place: { kind: 'live' }, commit })
      if (taken === null || taken.incoming.archive === null || taken.place === null) return
      const { archive, atMs } = taken.incoming
      const live = { id: archive.id, atMs, place: taken.place }
      if (archive.jid === link.own) {
        link.lastLive = live
        if (link.isCaughtUp) reachLive(parts, link, link.own, live)
      } else if (link.rooms.get(archive.jid)?.isCaughtUp === true) reachLive(parts, link, archive.jid, live)
      if (link.isCaughtUp) settle(link).catch(failed(link, 'keys could not be answered'))
    },
    request: (session, request) => {
      const link = linkOf(session)
      const from = attributeOf(request, 'from')
      const info = childOf(request, 'query', ns.discoInfo)
      const asker = bareJid(from ?? link.own)
      // Who may see this end may ask what it understands.
      const mayAsk =
        asker === link.own ||
        asker === parseJid(link.own)?.domain ||
        (asker !== null && chat.conversations.rosterName(link.accountId, asker) !== null)
      if (info !== undefined && attributeOf(request, 'type') === 'get' && mayAsk) {
        const said = discoAnswer(info)
        return said && el('iq', ns.client, { type: 'result', id: attributeOf(request, 'id'), to: from }, said)
      }
      // Pushes are the own account's; whoever else sends one is refused.
      if (from !== undefined && from !== link.own) return null
      const answer = el('iq', ns.client, { type: 'result', id: attributeOf(request, 'id'), to: from })
      const roster = childOf(request, 'query', ns.roster)
      if (roster !== undefined) {
        takeRoster(parts, link, roster, false)
        return answer
      }
      for (const [name, isBlocked] of [
        ['block', true],
        ['unblock', false],
      ] as const) {
        const found = childOf(request, name, ns.blocking)
        if (found === undefined) continue
        const jids = childrenOf(found, ns.blocking, 'item').flatMap(
          each => bareJid(attributeOf(each, 'jid') ?? '') ?? [],
        )
        const isAll = !isBlocked && jids.length === 0
        chat.conversations.setBlocked(
          ...([link.accountId, isAll ? [] : null] as const),
          jids.map(jid => [jid, isBlocked]),
        )
        return answer
      }
      return null
    },
    acked: (session, ids) => {
      for (const id of ids) chat.outgoing.acked(session.accountId, id)
      linkOf(session).changed()
    },
    unsent: (_session, ids) => {
      for (const id of ids) chat.outgoing.unsure(id)
    },
    state: (session, state) => {
      const link = linkOf(session)
      if (state.kind !== 'online' && state.kind !== 'catching-up') {
        link.bound = null
        link.isCatchingUp = false
        timers.get(session.accountId)?.abort()
        healTimers.get(session.accountId)?.abort()
      }
      chat.noteAccount(session.accountId)
      link.changed()
    },
  }
  xmpp.handledBy(handler)

  /** Work with a stream that has come to its archive's edge. */
  const online = async <T>(accountId: AccountId, work: (link: Link) => Promise<T>): Promise<T> => {
    try {
      return await xmpp.withSession(accountId, async session => {
        const link = linkOf(session)
        await link.until(() => link.isCaughtUp || link.bound === null, AbortSignal.timeout(settleMs * 5))
        if (!link.isCaughtUp) throw new SiegelError('chat-not-connected')
        // What was asked of the server before says how things were, and would undo what is done now.
        await link.until(() => link.isInStep || link.bound === null, AbortSignal.timeout(settleMs))
        return await work(link)
      })
    } catch (error) {
      throw asChatError(error)
    }
  }
  const joinNow = async (link: Link, jid: string): Promise<void> => {
    const room = link.rooms.get(jid)
    if (room?.state !== 'joined' && room?.state !== 'joining') await rooms.join(parts, link, jid)
    await link.until(() => {
      const now = link.rooms.get(jid)
      return now === undefined || now.state === 'failed' || now.isCaughtUp || link.bound === null
    }, AbortSignal.timeout(settleMs))
    const now = link.rooms.get(jid)
    if (now?.state !== 'joined')
      throw new SiegelError('chat-refused', { reason: now?.reason ?? 'remote-server-timeout' })
  }
  const isSettled = (link: Link): boolean =>
    link.bound === null ||
    ([...link.rooms.values()].every(
      room => room.state !== 'joining' && (room.state !== 'joined' || room.isCaughtUp),
    ) &&
      link.session.unacked().length === 0 &&
      chat.outgoing.isIdle(link.accountId, rooms.joinedNow(link), clock.now()))

  return {
    stateOf: accountId => {
      const session = xmpp.session(accountId)
      return session === null ? null : session.state()
    },
    addressOf: accountId => xmpp.session(accountId)?.bareJid ?? null,
    changed: accountId => {
      const link = links.get(accountId)
      if (link?.bound != null) send(link).catch(failed(link, 'what waits could not be sent'))
    },
    typing: (accountId, jid) => links.get(accountId)?.typing(jid, clock.now()) ?? [],
    presence: (accountId, jid) => {
      const link = links.get(accountId)
      if (link?.bound == null) return 'unknown'
      return (
        link.presence.get(jid) ??
        (chat.conversations.rosterName(accountId, jid) === null ? 'unknown' : 'offline')
      )
    },
    room: (accountId, jid) => links.get(accountId)?.rooms.get(jid) ?? null,
    tellTyping: (row, isTyping) => {
      const link = links.get(chat.conversations.accountOf(row))
      if (link?.bound == null || !mayTell(parts, link, row)) return
      if (parts.settingsOf(link.accountId).typing) link.session.tell(writeTyping(row.jid, row.kind, isTyping))
    },
    tellSeen: (row, message) => {
      const link = links.get(chat.conversations.accountOf(row))
      if (link?.bound == null) return
      const settings = parts.settingsOf(link.accountId)
      const id = row.kind === 'room' ? message.stanza_id : message.origin_id
      if (settings.markers && id !== null && id !== '' && message.is_own === 0 && mayTell(parts, link, row))
        link.session.tell(writeMarker(row.jid, row.kind, id, randomUuid(parts.random)))
      if (message.stanza_id === null || row.is_request === 1) return
      const by = row.kind === 'room' ? row.jid : link.own
      publish(
        link,
        ns.displayed,
        {
          id: row.jid,
          payload: el('displayed', ns.displayed, {}, el('stanza-id', ns.sid, { id: message.stanza_id, by })),
        },
        displayedOptions,
      ).catch(failed(link, 'what was read could not be told to the own devices'))
    },
    setWatched: isWatched => xmpp.setActive(isWatched),
    sync: accountId =>
      online(accountId, async link => {
        const before = { received: link.receivedBefore, sent: link.sentBefore }
        await send(link)
        await files.send(link)
        await send(link)
        await link.until(() => isSettled(link), AbortSignal.timeout(settleMs))
        // On the command line nobody comes after this who would heal a session.
        await settle(link)
        link.receivedBefore = link.received
        link.sentBefore = link.sent
        return {
          received: link.received - before.received,
          sent: link.sent - before.sent,
          waiting: chat.outgoing.count(accountId),
        }
      }),
    join: (accountId, jid) =>
      online(accountId, async link => {
        await joinNow(link, jid)
        await unlessRefused(rooms.bookmark(parts, link, jid, true))
      }),
    leave: (accountId, jid) =>
      online(accountId, async link => {
        await unlessRefused(rooms.bookmark(parts, link, jid, false))
        rooms.leave(link, jid)
      }),
    createRoom: (accountId, name, people) =>
      online(accountId, async link => {
        const service = await rooms.roomService(link)
        if (service === null) throw new SiegelError('chat-refused', { reason: 'no-service' })
        const hex = [...parts.random.bytes(10)].map(byte => byte.toString(16).padStart(2, '0')).join('')
        const jid = `${hex}@${service}`
        const row = chat.conversations.ensure(accountId, jid, 'room', { isRequest: false, mode: 'encrypted' })
        if (row === null) throw new SiegelError('not-found', { what: 'room' })
        chat.conversations.change(row.id, { name, room: chat.newRoom(rooms.nickOf(link)) })
        await joinNow(link, jid)
        await rooms.closeNewRoom(parts, link, jid, name)
        await rooms.invite(parts, link, jid, people)
        await unlessRefused(rooms.bookmark(parts, link, jid, true))
        return row.id
      }),
    invite: (accountId, jid, people) => online(accountId, link => rooms.invite(parts, link, jid, people)),
    moderate: (accountId, jid, who, act, reason) =>
      online(accountId, link =>
        act === 'kick'
          ? rooms.kick(link, jid, who, reason)
          : rooms.setAffiliation(link, jid, who, act === 'ban' ? 'outcast' : act, reason),
      ),
    retractOther: (accountId, jid, stanzaId, reason) =>
      online(accountId, async link => {
        const why = reason === '' ? [] : [el('reason', ns.moderate, {}, reason)]
        await link.session.iq(
          el('moderate', ns.moderate, { id: stanzaId }, el('retract', ns.retract), ...why),
          { to: jid, type: 'set' },
        )
      }),
    findRooms: (accountId, asked) =>
      online(accountId, async link => {
        const service = asked ?? (await rooms.roomService(link))
        if (service === null) return { service: '', rooms: [], isCut: false }
        const answer = await link.session.iq(el('query', ns.discoItems), { to: service, type: 'get' })
        const found = childrenOf(childOf(answer, 'query', ns.discoItems), ns.discoItems, 'item').flatMap(
          item => {
            const address = bareJid(attributeOf(item, 'jid') ?? '')
            return address === null
              ? []
              : [{ address, name: (attributeOf(item, 'name') ?? '').slice(0, 200) }]
          },
        )
        return { service, rooms: found.slice(0, 500), isCut: found.length > 500 }
      }),
    block: (accountId, jid, isBlocked, report) =>
      online(accountId, async link => {
        const spam = `urn:xmpp:reporting:${report ?? 'spam'}`
        const said = report === null ? [] : [el('report', ns.reporting, { reason: spam })]
        await link.session.iq(
          el(
            isBlocked ? 'block' : 'unblock',
            ns.blocking,
            {},
            el('item', ns.blocking, { jid }, ...(isBlocked ? said : [])),
          ),
          { type: 'set' },
        )
        chat.conversations.setBlocked(accountId, null, [[jid, isBlocked]])
      }),
    refreshDevices: (accountId, jid) => online(accountId, link => refreshDevices(parts, link, jid)),
    removeDevice: (accountId, deviceId) => online(accountId, link => removeOwnDevice(parts, link, deviceId)),
    resetSession: (accountId, jid, deviceId) =>
      online(accountId, async link => {
        for (const version of versionsByWorth)
          if (chat.keys.session(accountId, jid, deviceId, version) !== null) {
            chat.keys.settled(accountId, jid, deviceId, version, null)
            chat.keys.owe(accountId, jid, deviceId, version, 'heal')
          }
        await settle(link)
      }),
    uploadPlace: accountId => links.get(accountId)?.uploadPlace ?? null,
    fileProgress: files.progress,
    fetchFile: files.fetch,
    stopFile: files.stop,
    close: async () => {
      isClosed = true
      for (const timer of [...timers.values(), ...healTimers.values()]) timer.abort()
      await files.close()
      for (const link of links.values()) await link.settled()
    },
  }
}

function mayTell(
  parts: ChatParts,
  link: Link,
  row: Pick<ConversationRow, 'jid' | 'kind' | 'is_request'>,
): boolean {
  if (row.is_request === 1) return false
  if (row.kind === 'room') return true
  return (
    parts.settingsOf(link.accountId).toStrangers ||
    parts.store.chat.conversations.isFamiliar(link.accountId, row.jid)
  )
}
