import { isSwitchedOff } from '../../../../../shared/features/accounts/services'
import { trustShown } from '../../../../../shared/features/chat/encryption/trust'
import type { ChatDevice, ChatMessage } from '../../../../../shared/features/chat/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { settingsOf } from './settings'
import { type ShownContext, shownAccount, shownConversation, shownMessages, shownRows } from './shown'
import { termsOf } from './typed-terms'

type Context = ShownContext & Needs<never, 'accounts'>

const most = 2_000

/** Chat as it is shown. */
export function chatViewUseCases(
  context: Context,
): Pick<
  UseCases,
  | 'chat.accounts'
  | 'chat.conversations'
  | 'chat.conversation'
  | 'chat.messages'
  | 'chat.message'
  | 'chat.search'
  | 'chat.blocked'
  | 'chat.devices'
  | 'chat.rooms'
  | 'chat.occupants'
  | 'chat.settings'
> {
  const { store, chat } = context
  const { conversations, messages, keys } = store.chat
  return {
    'chat.accounts': () => ({
      accounts: store.accounts
        .list()
        .flatMap(account => shownAccount(context, account.id, isSwitchedOff(account, 'xmpp')) ?? []),
    }),
    'chat.conversations': ({ which }) => {
      const rows = conversations.list(which)
      return {
        conversations: rows.slice(0, most).map(row => shownConversation(context, row)),
        requests: conversations.requests(),
        isCut: rows.length > most,
      }
    },
    'chat.conversation': ({ conversationId }) =>
      shownConversation(context, conversations.require(conversationId)),
    'chat.messages': ({ conversationId, anchor, limit }) => {
      const row = conversations.require(conversationId)
      const page = messages.page(conversationId, anchor, limit, row.seen)
      return {
        rows: shownRows(context, row, page.rows, page.isStart),
        isStart: page.isStart,
        isEnd: page.isEnd,
      }
    },
    'chat.message': ({ id }) => {
      const message = messages.require(id)
      const [shown] = shownMessages(context, conversations.require(message.conversation), [message])
      if (shown === undefined) throw new SiegelError('not-found', { what: 'chat message' })
      const versions = messages.versions(id)
      return {
        message: shown,
        earlier: versions
          .filter(({ text }) => text !== message.text)
          .map(({ text, at }) => ({ text, atMs: at })),
      }
    },
    'chat.search': ({ text, conversationId, limit }) => {
      const terms = termsOf(text)
      const rows = terms.length === 0 ? [] : messages.find(terms, { conversation: conversationId }, limit + 1)
      const found = rows.slice(0, limit).flatMap((message): ChatMessage[] => {
        const row = conversations.get(message.conversation)
        return row === null ? [] : shownMessages(context, row, [message])
      })
      return { messages: found, isCut: rows.length > limit }
    },
    'chat.blocked': ({ accountId }) => ({ addresses: conversations.blocked(accountId) }),
    'chat.devices': ({ accountId, address }) => {
      const own = chat.addressOf(accountId)
      if (own === null) throw new SiegelError('chat-no-service')
      const jid = address ?? own
      const device = keys.own(accountId)
      return {
        devices: keys.devices(accountId, jid).map((row): ChatDevice => {
          const isThis = jid === own && row.device_id === device?.device_id
          return {
            ...{ address: jid, deviceId: row.device_id, label: row.label, fingerprint: row.fingerprint },
            trust: isThis ? 'verified' : trustShown(row.trust),
            ...{ isOwn: jid === own, isThis, isActive: row.is_active === 1 },
            namespaces: (['omemo2', 'omemo'] as const).filter(each => row.versions.split(',').includes(each)),
            ...{ lastSeenMs: row.last_seen, firstSeenMs: row.first_seen, isNew: row.is_new === 1 },
          }
        }),
      }
    },
    'chat.rooms': ({ accountId }) => ({
      rooms: conversations.rooms(accountId).map(row => shownConversation(context, row)),
    }),
    'chat.occupants': ({ conversationId }) => {
      const row = conversations.require(conversationId)
      const live = chat.room(conversations.accountOf(row), row.jid)
      const here = [...(live?.occupants.values() ?? [])]
      const away = (store.chat.roomOf(row)?.members ?? []).filter(jid => !here.some(each => each.jid === jid))
      return {
        occupants: [
          ...here.map(each => ({
            ...{ nick: each.nick, address: each.jid, role: each.role, affiliation: each.affiliation },
            ...{ isOwn: each.nick === live?.nick, isHere: true },
          })),
          ...away.map(jid => ({
            ...{ nick: '', address: jid, role: 'none' as const, affiliation: 'member' as const },
            ...{ isOwn: false, isHere: false },
          })),
        ],
      }
    },
    'chat.settings': ({ accountId }) => settingsOf(conversations.settingsText(accountId)),
  }
}
