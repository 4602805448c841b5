import type { Replacement } from '../../../ports/keys/inbox-encryption'
import { bytesOf, digestOf, factsOf, type ReplaceContext } from './replace-context'

/** Messages looked at when a copy has to be found again; what came after is not made by an interrupted APPEND. */
const newestLookedAt = 5_000

/**
 * The UID of the copy that a replacement has put into the open mailbox, when the answer to the APPEND was lost or named
 * none. An encrypted form is known by its random token, a decrypted one by its bytes. Null when there is none.
 */
export async function findCopy(context: ReplaceContext, row: Replacement): Promise<number | null> {
  const uids = (await context.session.searchUids({ fromUid: row.firstUid }))
    .filter(uid => uid !== row.fromUid)
    .slice(0, newestLookedAt)
  const facts = await factsOf(context.session, uids)
  if (row.direction === 'encrypt') {
    for (const [uid, { header }] of facts) if (context.form.tokenOf(header) === row.token) return uid
    return null
  }
  const sized = [...facts.values()].filter(each => each.sizeBytes === row.sizeBytes).map(each => each.uid)
  for (const [uid, raw] of await bytesOf(context.session, sized)) if (digestOf(raw) === row.digest) return uid
  return null
}
