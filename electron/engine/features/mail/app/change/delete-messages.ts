import type { MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { deleteForGood } from '../../tasks/here/delete-for-good'
import { moveToRole } from './move-messages'

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
