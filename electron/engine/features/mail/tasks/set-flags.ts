import { z } from 'zod'
import { messageId } from '../../../../../shared/kit/ids'
import { readFlags, withChange } from '../../../formats/flags'
import { sql } from '../../../store/sql'
import { changeFlagsEverywhere } from './here/change-flags-everywhere'
import { mailTask, type PayloadOf, type ReplayContext } from './mail-task'
import { flagRefresher } from './pending-flags'
import { openIfThere } from './remote/remote-messages'
import { undoOf } from './undo-rule'

type Payload = PayloadOf<'set-flags'>

/** Flags and keywords that messages get and lose, under their IMAP names. */
export const setFlags = mailTask<Payload>({
  kind: 'set-flags',
  payload: z.object({
    kind: z.literal('set-flags'),
    messageIds: z.array(messageId),
    add: z.array(z.string()),
    remove: z.array(z.string()),
  }),
  messages: ({ messageIds }) => messageIds,
  mailboxes: () => ({ uses: [], shapes: [] }),
  words: ({ messageIds }) => ({ messageCount: messageIds.length, mailboxId: null, mailboxName: null }),
  settle: (db, payload) => {
    const refreshFlags = flagRefresher(db)
    for (const id of payload.messageIds) {
      const row = db.get<{ server_flags: number; server_keywords: string | null }>(
        sql`SELECT server_flags, server_keywords FROM messages WHERE id = ${id}`,
      )
      if (row === undefined) continue
      const server = withChange(readFlags(row.server_flags, row.server_keywords), payload)
      refreshFlags(id, server)
    }
  },
  rollBack: ({ db, feed }, { messageIds }) => {
    const refreshFlags = flagRefresher(db)
    for (const id of messageIds) refreshFlags(id)
    feed.note('message', messageIds)
    feed.note('mailbox', null)
  },
  replay,
  // Only what the command changed goes back: what other devices or a reply set since then stays.
  undo: undoOf('flags', (context, { groups }) =>
    groups
      .map(({ ids, add, remove }) => changeFlagsEverywhere(context, ids, { add, remove }).length)
      .reduce((sum, count) => sum + count, 0),
  ),
})

/**
 * STORE on every mailbox the messages are in now. Running it twice changes nothing. A message without UID is found
 * by its Message-ID; one that is gone there needs no flags.
 */
async function replay(context: ReplayContext, payload: Payload): Promise<() => void> {
  const { store, session } = context
  const byMailbox = Map.groupBy(store.messages.locations(payload.messageIds), each => each.mailboxId)
  const found: (() => void)[] = []
  for (const [mailboxId, messages] of byMailbox) {
    const row = store.mailboxes.row(mailboxId)
    if (!row) continue
    const opened = await openIfThere(context, row)
    if (!opened) continue
    const { sameUids } = opened
    const uids: number[] = []
    for (const { id, uid, messageIdHeader } of messages) {
      if (sameUids && uid !== null) {
        uids.push(uid)
        continue
      }
      const here = (await session.searchMessageId(messageIdHeader)).at(-1)
      if (here === undefined) continue
      uids.push(here)
      if (sameUids)
        found.push(() => store.messages.location(id)?.uid === null && store.messages.setUid(id, here))
    }
    if (uids.length > 0) await session.storeFlags(uids, payload)
  }
  return () => {
    for (const note of found) note()
  }
}
