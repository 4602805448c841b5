import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UndoEntry } from '../../../../ports/store'
import type { UseCases } from '../../../../ports/use-cases'
import { changeFlagsEverywhere, isImap } from './change-flags'
import { deleteForGood } from './delete-messages'

/** Takes the newest (or a named) command back: the inverse is applied here at once and queued like any change. */
export function undoUseCases(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'>,
): Pick<UseCases, 'undo.last'> {
  const { store, sync } = context

  /** Only what the command changed goes back: what other devices or a reply set since then stays. */
  const undoFlags = ({ groups }: Extract<UndoEntry, { kind: 'flags' }>): number =>
    groups
      .map(({ ids, add, remove }) => changeFlagsEverywhere(context, ids, { add, remove }).length)
      .reduce((sum, count) => sum + count, 0)

  const undoMove = ({ items }: Extract<UndoEntry, { kind: 'move' }>): number => {
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
  }

  return {
    'undo.last': ({ undoId }) => {
      const messageCount = store.transaction(() => {
        const entry = store.tasks.takeUndo(undoId)
        if (!entry) throw new SiegelError('nothing-to-undo', {})
        return entry.kind === 'flags' ? undoFlags(entry) : undoMove(entry)
      })
      for (const account of store.accounts.list()) sync.taskAdded(account.id)
      return { undoId: null, messageCount }
    },
  }
}
