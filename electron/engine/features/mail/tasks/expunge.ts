import { z } from 'zod'
import { mailboxId } from '../../../../../shared/kit/ids'
import { sql } from '../../../store/sql'
import { mailTask, type PayloadOf, type ReplayContext } from './mail-task'
import { relist } from './relist'
import { findUnclaimed, identify, openIfThere, orUnmarked } from './remote/remote-messages'

type Payload = PayloadOf<'expunge'>

/** Messages removed for good. Their rows are gone here already. */
export const expunge = mailTask<Payload>({
  kind: 'expunge',
  payload: z.object({
    kind: z.literal('expunge'),
    items: z.array(z.object({ fromMailboxId: mailboxId, fromUid: z.number(), messageIdHeader: z.string() })),
  }),
  messages: () => [],
  mailboxes: ({ items }) => ({ uses: items.map(item => item.fromMailboxId), shapes: [] }),
  words: ({ items }, pathOf) => {
    const id = items[0]?.fromMailboxId ?? null
    return { messageCount: items.length, mailboxId: id, mailboxName: id === null ? null : pathOf(id) }
  },
  rollBack: ({ db }, { items }) => {
    // The rows are gone; the mailbox is listed again in full, which brings the messages back.
    for (const { fromMailboxId, fromUid } of items) {
      db.run(sql`DELETE FROM remembered_uids WHERE mailbox = ${fromMailboxId} AND uid = ${fromUid}`)
      relist(db, fromMailboxId)
    }
  },
  replay,
})

/**
 * Removes for good what was removed here, after checking that each UID still carries that Message-ID. What is gone
 * already is done. Throws `capability-missing` without UIDPLUS.
 */
async function replay(context: ReplayContext, payload: Payload): Promise<() => void> {
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
