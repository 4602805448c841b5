import type { Draft } from '../../../../../../shared/features/writing/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import { addressKey } from '../answer/answer-recipients'

/** What decides to whom and how a draft goes. */
export type Addressed = Pick<Draft, 'content' | 'relation' | 'unprotected'>

/**
 * People in a draft whom only unprotected fields of the answered message name, and whom the writer did not agree to yet
 * (`Draft.unprotected`), as they are written in the draft.
 */
export function undecidedRecipients({ content, unprotected }: Addressed): readonly string[] {
  if (unprotected === null) return []
  const doubtful = new Set(unprotected.addresses.map(({ address }) => addressKey(address)))
  for (const address of content.agreedTo ?? []) doubtful.delete(addressKey(address))
  return [...content.to, ...content.cc, ...content.bcc]
    .map(({ address }) => address)
    .filter(address => doubtful.has(addressKey(address)))
}

/** Throws `unprotected-address` with `addresses`, however the draft is to be sent. */
export function requireDecided(draft: Addressed): void {
  const undecided = undecidedRecipients(draft)
  if (undecided.length > 0)
    throw new SiegelError('unprotected-address', { addresses: namedShortly(undecided) })
}

/** Some of many, and how many there are. */
function namedShortly(addresses: readonly string[]): string {
  const named = addresses.slice(0, 20).map(each => each.slice(0, 320))
  const more = addresses.length - named.length
  return more > 0 ? `${named.join(', ')}, … (${addresses.length})` : named.join(', ')
}
