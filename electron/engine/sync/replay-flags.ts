import type { TaskPayload } from '../ports/store'
import { openIfThere } from './remote-messages'
import type { ReplayContext } from './replay-context'

/**
 * STORE on every mailbox the messages are in now. Running it twice changes nothing. A message without UID is found
 * by its Message-ID; one that is gone there needs no flags.
 */
export async function replayFlags(
  context: ReplayContext,
  payload: Extract<TaskPayload, { kind: 'set-flags' }>,
): Promise<() => void> {
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
