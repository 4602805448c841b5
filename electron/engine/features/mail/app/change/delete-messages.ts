import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { byAccount, isImap } from './change-flags'
import { moveToRole } from './move-messages'

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

/** Delete as people know it: to the trash first, for good from there. */
export function deleteUseCases(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'servers' | 'tasks' | 'transaction'>,
): Pick<UseCases, 'messages.delete'> {
  const { store } = context
  return {
    'messages.delete': ({ ids }) => {
      const trash = new Set<MailboxId>(
        store.mailboxes
          .list()
          .filter(each => each.role === 'trash')
          .map(each => each.id),
      )
      const inTrash: MessageId[] = []
      const elsewhere: MessageId[] = []
      for (const { id, mailboxId } of store.messages.locations(ids))
        (trash.has(mailboxId) ? inTrash : elsewhere).push(id)
      const removed = inTrash.length > 0 ? deleteForGood(context, inTrash).messageCount : 0
      const moved =
        elsewhere.length > 0 ? moveToRole(context, elsewhere, 'trash') : { undoId: null, messageCount: 0 }
      return { undoId: moved.undoId, messageCount: moved.messageCount + removed }
    },
  }
}
