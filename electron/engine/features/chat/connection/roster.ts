import { bareJid } from '../../../../../shared/kit/jid'
import { ns } from '../../../formats/chat/namespaces'
import { attributeOf, childOf, childrenOf, type Element, el } from '../../../ports/chat/element'
import type { ChatParts, Link } from './link'

/** Servers number or hash them; what is longer is no version worth keeping. */
const longestVersion = 1_000

/** A roster, or the part of it that changed, with the version that it is by then (RFC 6121 §2.1.6). */
export function takeRoster(parts: ChatParts, link: Link, query: Element, isWhole: boolean): void {
  const found = childrenOf(query, ns.roster, 'item').flatMap(item => {
    const jid = bareJid(attributeOf(item, 'jid') ?? '')
    const name = (attributeOf(item, 'name') ?? '').slice(0, 200)
    return jid === null ? [] : [{ jid, name, subscription: attributeOf(item, 'subscription') ?? 'none' }]
  })
  const version = attributeOf(query, 'ver') ?? null
  const kept = version !== null && version.length <= longestVersion ? version : null
  parts.store.chat.conversations.setRoster(link.accountId, isWhole, found, kept)
}

/**
 * Asks for the roster. A server that knows versions is told ours; it answers with nothing where that is the newest, and pushes what changed since
 * (RFC 6121 §2.6.3).
 */
export async function readRoster(parts: ChatParts, link: Link): Promise<void> {
  const knowsVersions = link.bound?.offers.has(ns.rosterVersions) === true
  const ver = knowsVersions ? (parts.store.chat.conversations.rosterVersion(link.accountId) ?? '') : undefined
  const answer = await link.session.iq(el('query', ns.roster, { ver }), { type: 'get' })
  const query = childOf(answer, 'query', ns.roster)
  if (query !== undefined) takeRoster(parts, link, query, true)
}
