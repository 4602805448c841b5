import { isImap } from '../here/by-account'
import { deleteForGood } from '../here/delete-for-good'
import { undoOf } from '../undo-rule'

/** Messages go back to where they were, those that are still where they were moved to. */
export const undoMove = undoOf('move', (context, { items }) => {
  const { store } = context
  let count = 0
  const copyOf = new Map(items.map(item => [item.id, item.copy]))
  const groups = Map.groupBy(items, ({ backTo }) => backTo)
  for (const [backTo, group] of groups) {
    const home = store.mailboxes.row(backTo)
    if (!home) continue
    const moved = store.messages.moveLocally(
      group.map(({ id }) => id),
      backTo,
    )
    count += moved.length
    if (moved.length > 0 && isImap(context, home.accountId)) {
      store.tasks.add(home.accountId, { kind: 'move', items: moved, toMailboxId: backTo })
    }
    // The copy in the other account goes only when its original is surely back.
    const copies = moved.flatMap(({ messageId }) => copyOf.get(messageId) ?? [])
    if (copies.length > 0) deleteForGood(context, copies)
  }
  return count
})
