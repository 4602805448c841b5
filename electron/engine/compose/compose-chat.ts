import { xmppServiceOf } from '../../../shared/features/accounts/services'
import { createChatFinder } from '../features/chat/app/find-chat'
import { settingsOf } from '../features/chat/app/settings'
import { createChatControl } from '../features/chat/connection/control'
import type { Element } from '../ports/chat/element'
import type { EngineParts } from '../ports/parts'
import { StreamParser } from '../xmpp/xml/stream-parser'
import type { Base } from './base'
import type { Network } from './compose-network'

const encoder = new TextEncoder()
const streamStart = encoder.encode(
  "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>",
)

/** One element that came encrypted, read by the rules of a stream: no entities, no depth, no size without end. */
function readXml(bytes: Uint8Array): Element | null {
  try {
    const parser = new StreamParser()
    parser.feed(streamStart)
    const [part, ...more] = parser.feed(bytes)
    return part?.kind === 'element' && more.length === 0 ? part.element : null
  } catch {
    return null
  }
}

/** Conversations over the connections of all accounts. */
export const composeChat = (
  base: Base,
  network: Network,
  { xmpp }: Pick<EngineParts, 'xmpp'>,
): Pick<EngineParts, 'chat' | 'chatFinder'> => {
  const { store, vault, clock, random, log } = base
  const chat = createChatControl({
    ...{ store, xmpp, vault, clock, random, log, readXml },
    files: {
      ...{
        gate: network.gate,
        permitDuring: network.policy.permitDuring,
        isPublicHost: network.isPublicHost,
      },
      ownHostOf: accountId => xmppServiceOf(store.accounts.get(accountId))?.server?.host ?? null,
      caOf: accountId => xmppServiceOf(store.accounts.get(accountId))?.caPem ?? null,
    },
    settingsOf: accountId => settingsOf(store.chat.conversations.settingsText(accountId)),
  })
  return { chat, chatFinder: createChatFinder({ store, chat, clock }) }
}
