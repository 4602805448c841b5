import type { Replacement } from '../../../ports/keys/inbox-encryption'
import type { RemoteHeader } from '../../../ports/mail/mail-backend'
import { flagChange } from './flags-to-keep'
import { highestModseq } from './lease'
import { factsOf, type ReplaceContext } from './replace-context'

/** Somebody may change flags at the very moment; then they are read and carried over once more. */
const rounds = 3

/**
 * Removes what is replaced: its flags as they are now go to the copy, then \Deleted (only where nothing changed since),
 * then UID EXPUNGE, then a look whether it is gone. Without its copy nothing is removed. After an interruption flags are
 * only added: the copy may have got some of its own. Answers what is not finished; it stays in the journal.
 */
export async function finishReplaced(
  context: ReplaceContext,
  rows: readonly Replacement[],
  options: { facts: ReadonlyMap<number, RemoteHeader> | null; alsoRemoveFlags: boolean },
): Promise<readonly Replacement[]> {
  const { session, store } = context
  let left = rows
  let { facts } = options
  for (let round = 0; round < rounds && left.length > 0; round++) {
    facts ??= await factsOf(
      session,
      left.flatMap(row => [row.fromUid, ...(row.toUid === null ? [] : [row.toUid])]),
    )
    const there: RemoteHeader[] = []
    for (const row of left) {
      const replaced = facts.get(row.fromUid)
      const copy = row.toUid === null ? undefined : facts.get(row.toUid)
      if (!copy) store.inboxEncryption.abandon(row.id)
      if (!replaced || !copy) continue
      const { add, remove } = flagChange(replaced.flags, copy.flags)
      const change = { add, remove: options.alsoRemoveFlags ? remove : [] }
      if (add.length + change.remove.length > 0) await session.storeFlags([copy.uid], change)
      there.push(replaced)
    }
    await remove(context, there)
    const remaining = new Set<number>()
    const uids = there.map(each => each.uid)
    if (uids.length > 0) for await (const { uid } of session.fetchFlags({ uids })) remaining.add(uid)
    for (const row of left) if (!remaining.has(row.fromUid)) store.inboxEncryption.finish(row.id)
    left = left.filter(row => remaining.has(row.fromUid))
    facts = null
  }
  return left
}

async function remove({ session }: ReplaceContext, facts: readonly RemoteHeader[]): Promise<void> {
  if (facts.length === 0) return
  const uids = facts.map(each => each.uid)
  const modseq = highestModseq(facts)
  if (!session.capabilities.condstore || modseq === null) return session.expunge(uids)
  const mark = { add: ['\\Deleted'], remove: [] }
  const changed = new Set(await session.storeFlagsIfUnchanged(uids, mark, modseq))
  const marked = uids.filter(uid => !changed.has(uid))
  if (marked.length > 0) await session.expungeMarked(marked)
}
