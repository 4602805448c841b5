import type { Replacement } from '../../../ports/keys/inbox-encryption'
import { bytesOf, decryptedOf, factsOf, type ReplaceContext, sameBytes } from './replace-context'

/**
 * Two clients without a sure lease may both have put an encrypted form there. The one with the lowest UID stays, and
 * only what decrypts to the same original counts as a copy of it. Every client follows the same rule and looks after its
 * own APPEND, so whoever comes second sees the other's copy and removes its own.
 */
export async function keepLowest(
  context: ReplaceContext,
  row: Replacement & { toUid: number },
  raw: Uint8Array,
  original: Uint8Array,
): Promise<{ uid: number; raw: Uint8Array; others: readonly number[] }> {
  const { session, form, mime } = context
  const same = new Map([[row.toUid, raw]])
  const { messageIdHeader } = mime.parseHeader(original)
  const named = await session.searchMessageId(messageIdHeader)
  const facts = await factsOf(
    session,
    named.filter(uid => uid !== row.toUid && uid !== row.fromUid),
  )
  const marked = [...facts.values()].filter(each => form.tokenOf(each.header) !== null).map(each => each.uid)
  for (const [uid, bytes] of await bytesOf(session, marked)) {
    const content = await decryptedOf(context, bytes)
    if (content && sameBytes(content, original)) same.set(uid, bytes)
  }
  const uid = Math.min(...same.keys())
  return { uid, raw: same.get(uid) ?? raw, others: [...same.keys()].filter(each => each !== uid) }
}
