import { SiegelError } from '../../../shared/ipc/result'
import type { MailboxId, MessageId } from '../../../shared/model/ids'
import type { UndoEntry } from '../ports/store'
import { byAccount, isImap } from './change-flags'
import type { AppContext, UseCases } from './context'
import { deleteForGood } from './delete-messages'

/** Takes the newest (or a named) command back: the inverse is applied here at once and queued like any change. */
export function undoUseCases(context: AppContext): Pick<UseCases, 'undo.last'> {
  const { store, sync } = context

  /** Only the flags that the command changed go back: what other devices or a reply set since then stays. */
  const undoFlags = ({ items, changed: about }: Extract<UndoEntry, { kind: 'flags' }>): number => {
    let count = 0
    for (const { id, before } of items) {
      const now = new Set(store.messages.exportFlags(id))
      const mine = (flag: string) => about === undefined || about.includes(flag)
      const add = before.filter(flag => mine(flag) && !now.has(flag))
      const remove = [...now].filter(flag => mine(flag) && !before.includes(flag))
      const changed = store.messages.changeFlags([id], { add, remove })
      if (changed.length === 0) continue
      count += 1
      for (const [accountId, messageIds] of byAccount(context, [id])) {
        if (isImap(context, accountId))
          store.tasks.add(accountId, { kind: 'set-flags', messageIds, add, remove })
      }
    }
    return count
  }

  const undoMove = ({ items }: Extract<UndoEntry, { kind: 'move' }>): number => {
    let count = 0
    const copyOf = new Map(items.map(item => [item.id, item.copy]))
    const groups = new Map<MailboxId, MessageId[]>()
    for (const { id, backTo } of items) groups.set(backTo, [...(groups.get(backTo) ?? []), id])
    for (const [backTo, ids] of groups) {
      const home = store.mailboxes.row(backTo)
      if (!home) continue
      const moved = store.messages.moveLocally(ids, backTo)
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
