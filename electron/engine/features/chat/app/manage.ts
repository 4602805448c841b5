import type { ConversationId } from '../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { bareJid } from '../../../../../shared/kit/jid'
import { SiegelError, toFailure } from '../../../../../shared/kit/result'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { merged, settingsOf } from './settings'
import type { ShownContext } from './shown'
import { requireAddress } from './write'

type Context = ShownContext & Needs<never, 'accounts'>

/** Conversations, people, devices and rooms as a person arranges them. */
export function chatManagingUseCases(
  context: Context,
): Pick<
  UseCases,
  | 'chat.mark'
  | 'chat.encrypt'
  | 'chat.remove'
  | 'chat.answerRequest'
  | 'chat.block'
  | 'chat.trust'
  | 'chat.removeDevice'
  | 'chat.resetSession'
  | 'chat.findRooms'
  | 'chat.join'
  | 'chat.leave'
  | 'chat.createRoom'
  | 'chat.invite'
  | 'chat.moderate'
  | 'chat.changeSettings'
  | 'chat.sync'
  | 'chat.watched'
> {
  const { store, chat } = context
  const { conversations, keys } = store.chat
  const requireRoom = (id: ConversationId) => {
    const row = conversations.require(id)
    if (row.kind !== 'room') throw new SiegelError('not-found', { what: 'room' })
    return { row, accountId: conversations.accountOf(row) }
  }
  const requireChat = (accountId: AccountId): string => {
    const own = chat.addressOf(accountId)
    if (own === null) throw new SiegelError('chat-no-service')
    return own
  }
  return {
    'chat.mark': ({ conversationId, isPinned, isMuted }) => {
      conversations.change(conversationId, {
        ...(isPinned === undefined ? {} : { isPinned }),
        ...(isMuted === undefined ? {} : { isMuted }),
      })
      return {}
    },
    'chat.encrypt': ({ conversationId, mode }) => {
      const row = conversations.require(conversationId)
      const kept = store.chat.roomOf(row)
      if (mode === 'encrypted' && kept !== null && !(kept.isMembersOnly && kept.showsAddresses))
        throw new SiegelError('chat-needs-decision', { reason: 'room-open', name: row.jid })
      conversations.change(conversationId, { mode, hold: null })
      chat.changed(conversations.accountOf(row))
      return {}
    },
    'chat.remove': async ({ conversationId }) => {
      const row = conversations.require(conversationId)
      if (row.kind === 'room' && row.is_request === 0) await chat.leave(conversations.accountOf(row), row.jid)
      conversations.remove(conversationId)
      return {}
    },
    'chat.answerRequest': async ({ conversationId, answer }) => {
      const row = conversations.require(conversationId)
      const accountId = conversations.accountOf(row)
      if (answer === 'accept') {
        conversations.change(conversationId, { isRequest: false })
        if (row.kind === 'room') await chat.join(accountId, row.jid)
        return {}
      }
      if (answer === 'block' || answer === 'report')
        await chat.block(accountId, row.jid, true, answer === 'report' ? 'spam' : null)
      conversations.remove(conversationId)
      return {}
    },
    'chat.block': async ({ accountId, address, isBlocked, report }) => {
      requireChat(accountId)
      // A whole server can be blocked too.
      const jid = bareJid(address)
      if (jid === null) throw new SiegelError('chat-bad-address', { name: address })
      await chat.block(accountId, jid, isBlocked, report)
      return {}
    },
    'chat.trust': ({ accountId, address, fingerprint, decision }) => {
      requireChat(accountId)
      const jid = requireAddress(address)
      const trust = { trust: 'trusted', verify: 'verified', reject: 'rejected' } as const
      if (!keys.setTrust(accountId, jid, fingerprint, trust[decision]))
        throw new SiegelError('chat-no-device', { name: jid, fingerprint })
      keys.looked(accountId, jid)
      // What waited for this decision is tried again; what still waits is held again.
      store.chat.letGo(accountId, jid)
      chat.changed(accountId)
      return {}
    },
    'chat.removeDevice': async ({ accountId, deviceId }) => {
      const own = requireChat(accountId)
      const device = keys.device(accountId, own, deviceId)
      if (device === null)
        throw new SiegelError('chat-no-device', { name: own, fingerprint: String(deviceId) })
      if (keys.own(accountId)?.device_id === deviceId) throw new SiegelError('conflict', { what: 'key' })
      await chat.removeDevice(accountId, deviceId)
      return {}
    },
    'chat.resetSession': async ({ accountId, address, deviceId }) => {
      requireChat(accountId)
      const jid = requireAddress(address)
      if (keys.device(accountId, jid, deviceId) === null)
        throw new SiegelError('chat-no-device', { name: jid, fingerprint: String(deviceId) })
      await chat.resetSession(accountId, jid, deviceId)
      return {}
    },
    'chat.findRooms': ({ accountId, service }) => {
      requireChat(accountId)
      return chat.findRooms(accountId, service === null ? null : bareJid(service))
    },
    'chat.join': async ({ accountId, address, nick, password }) => {
      const own = requireChat(accountId)
      const jid = requireAddress(address)
      const row = conversations.ensure(accountId, jid, 'room', { isRequest: false, mode: 'encrypted' })
      if (row === null) throw new SiegelError('not-found', { what: 'room' })
      const before = store.chat.roomOf(row)
      const room = before ?? store.chat.newRoom(own.slice(0, own.indexOf('@')))
      conversations.change(row.id, {
        ...{ isRequest: false, isHidden: false },
        room: { ...room, isAutojoined: true, nick: nick ?? room.nick, password: password ?? room.password },
      })
      await chat.join(accountId, jid)
      // A room that is open to everybody can be written in in clear alone, and says so.
      const now = conversations.require(row.id)
      const kept = store.chat.roomOf(now)
      if (before === null && kept !== null && !(kept.isMembersOnly && kept.showsAddresses))
        conversations.change(row.id, { mode: 'clear', hold: null })
      return { conversationId: row.id }
    },
    'chat.leave': async ({ conversationId }) => {
      const { row, accountId } = requireRoom(conversationId)
      const room = store.chat.roomOf(row)
      if (room !== null) conversations.change(conversationId, { room: { ...room, isAutojoined: false } })
      await chat.leave(accountId, row.jid)
      return {}
    },
    'chat.createRoom': async ({ accountId, name, invite }) => {
      requireChat(accountId)
      return { conversationId: await chat.createRoom(accountId, name, invite.map(requireAddress)) }
    },
    'chat.invite': async ({ conversationId, addresses }) => {
      const { row, accountId } = requireRoom(conversationId)
      await chat.invite(accountId, row.jid, addresses.map(requireAddress))
      return {}
    },
    'chat.moderate': async ({ conversationId, who, act, reason }) => {
      const { row, accountId } = requireRoom(conversationId)
      await chat.moderate(accountId, row.jid, act === 'kick' ? who : requireAddress(who), act, reason)
      return {}
    },
    'chat.changeSettings': ({ accountId, settings }) => {
      requireChat(accountId)
      const changed = merged(settings, settingsOf(conversations.settingsText(accountId)))
      conversations.setSettings(accountId, JSON.stringify(changed))
      return changed
    },
    'chat.watched': ({ isWatched }) => {
      chat.setWatched(isWatched)
      return {}
    },
    'chat.sync': async ({ accountId }) => {
      if (accountId !== null) requireChat(accountId)
      const ids = store.accounts
        .list()
        .map(({ id }) => id)
        .filter(id => (accountId === null || id === accountId) && chat.addressOf(id) !== null)
      const accounts = await Promise.all(
        ids.map(async id => {
          try {
            return { accountId: id, ...(await chat.sync(id)), problem: null }
          } catch (error) {
            // Of one account that is asked for the failure itself is the answer.
            if (accountId !== null) throw error
            const waiting = store.chat.outgoing.count(id)
            return { accountId: id, received: 0, sent: 0, waiting, problem: toFailure(error).code }
          }
        }),
      )
      return { accounts }
    },
  }
}
