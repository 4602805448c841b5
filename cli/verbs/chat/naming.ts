import type { ChatAccount, Conversation } from '../../../shared/features/chat/model'
import { bareJid } from '../../../shared/kit/jid'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import type { Session } from '../../kit/session'

/** The account with chat that --account names, or the only one. */
export async function chatAccountOf(session: Session, options: Arguments): Promise<ChatAccount> {
  const { accounts } = await session.call('chat.accounts', {})
  const wanted = options.text('account')
  if (wanted !== undefined) {
    const name = wanted.toLowerCase()
    const all = await session.call('accounts.list', {})
    const id = all.find(({ config }) => config.address.toLowerCase() === name)?.id
    const found = accounts.find(each => each.address.toLowerCase() === name || each.accountId === id)
    if (found === undefined) throw new SiegelError('chat-no-service')
    return found
  }
  const [first, ...more] = accounts
  if (first === undefined) throw new SiegelError('chat-no-service')
  if (more.length > 0) throw new UsageError('several accounts have chat: name one with --account')
  return first
}

/** An address as typed, in one spelling. */
export function addressOf(text: string | undefined): string {
  const jid = bareJid((text ?? '').replace(/^xmpp:/i, ''))
  if (jid === null) throw new UsageError(`"${text ?? ''}" is no address for chat`)
  return jid
}

/** The conversation that is there with an address; requests too. */
export async function conversationOf(
  session: Session,
  { accountId }: ChatAccount,
  address: string,
): Promise<Conversation> {
  for (const which of ['conversations', 'requests'] as const) {
    const { conversations } = await session.call('chat.conversations', { which })
    const found = conversations.find(each => each.accountId === accountId && each.address === address)
    if (found !== undefined) return found
  }
  const { rooms } = await session.call('chat.rooms', { accountId })
  const room = rooms.find(each => each.address === address)
  if (room === undefined) throw new SiegelError('not-found', { what: 'conversation', name: address })
  return room
}

/** The room at an address. */
export async function roomOf(
  session: Session,
  account: ChatAccount,
  text: string | undefined,
): Promise<Conversation> {
  const found = await conversationOf(session, account, addressOf(text))
  if (found.kind !== 'room') throw new SiegelError('not-found', { what: 'room', name: found.address })
  return found
}

export const accountOption = { account: { type: 'string' } } as const
