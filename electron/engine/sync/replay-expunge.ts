import type { TaskPayload } from '../ports/store'
import { findUnclaimed, identify, openIfThere, orUnmarked } from './remote-messages'
import type { ReplayContext } from './replay-context'

/**
 * Removes for good what was removed here, after checking that each UID still carries that Message-ID. What is gone
 * already is done. Throws `capability-missing` without UIDPLUS.
 */
export async function replayExpunge(
  context: ReplayContext,
  payload: Extract<TaskPayload, { kind: 'expunge' }>,
): Promise<() => void> {
  const { store, session } = context
  for (const [mailboxId, items] of Map.groupBy(payload.items, item => item.fromMailboxId)) {
    const row = store.mailboxes.row(mailboxId)
    if (!row) continue
    const opened = await openIfThere(context, row)
    if (!opened) continue
    const { sameUids } = opened
    const there = sameUids
      ? await identify(
          context,
          items.map(item => item.fromUid),
        )
      : new Map<number, { messageIdHeader: string; flags: readonly string[] }>()
    const uids: number[] = []
    const marked = new Set<number>()
    for (const [uid, { flags }] of there) if (flags.includes('\\Deleted')) marked.add(uid)
    for (const { fromUid, messageIdHeader } of items) {
      if (there.get(fromUid)?.messageIdHeader === messageIdHeader) uids.push(fromUid)
      // The UID is another message's now: find the one that was meant.
      else if (!sameUids) {
        const found = await findUnclaimed(context, mailboxId, messageIdHeader, { sameUids })
        // One of several copies was meant, and nobody can say which: rather none.
        if (found.length === 1) uids.push(...found)
      }
    }
    if (uids.length > 0)
      await orUnmarked(
        session,
        uids.filter(uid => !marked.has(uid)),
        () => session.expunge(uids),
      )
  }
  return () => store.messages.releaseUids(payload.items)
}
