import type { MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'
import { byAccount, isImap } from './by-account'

/** Removes messages for good, here at once and on the server as a task. Not undoable. */
export function deleteForGood(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'>,
  ids: readonly MessageId[],
): { undoId: null; messageCount: number } {
  const { store, sync } = context
  const groups = byAccount(context, ids)
  store.transaction(() => {
    for (const [accountId, group] of groups) {
      const items = store.messages.removeLocally(group)
      if (items.length > 0 && isImap(context, accountId))
        store.tasks.add(accountId, { kind: 'expunge', items })
    }
  })
  for (const accountId of groups.keys()) sync.taskAdded(accountId)
  return { undoId: null, messageCount: ids.length }
}
