import type { SystemFlag } from '../../../../../../shared/features/mail/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import type { Needs } from '../../../../ports/parts'
import { type ChangedFlags, imapNameOfFlag, type UndoEntry } from '../../../../ports/store'
import type { UseCases } from '../../../../ports/use-cases'
import { byAccount } from '../../tasks/here/by-account'
import { changeFlagsEverywhere } from '../../tasks/here/change-flags-everywhere'

/** What takes a change back: one group for all messages that got and lost the same. */
function inverseOf(changed: readonly ChangedFlags[]): UndoEntry {
  const groups = new Map<string, { ids: MessageId[]; add: readonly string[]; remove: readonly string[] }>()
  for (const { id, added, removed } of changed) {
    const key = JSON.stringify([added, removed])
    const group = groups.get(key)
    if (group) group.ids.push(id)
    else groups.set(key, { ids: [id], add: removed, remove: added })
  }
  return { kind: 'flags', groups: [...groups.values()] }
}

/** Changes flags for the user, who can take it back. */
export function queueFlags(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'>,
  ids: readonly MessageId[],
  change: { add: readonly SystemFlag[]; remove: readonly SystemFlag[] },
  options: { undoable: boolean } = { undoable: true },
): { undoId: number | null; messageCount: number } {
  const { store, sync } = context
  const imapChange = {
    add: change.add.map(flag => imapNameOfFlag[flag]),
    remove: change.remove.map(flag => imapNameOfFlag[flag]),
  }
  const result = store.transaction(() => {
    const changed = changeFlagsEverywhere(context, ids, imapChange)
    const undoId =
      options.undoable && changed.length > 0
        ? store.tasks.addUndo({ label: 'flags', inverse: inverseOf(changed) })
        : null
    return { undoId, messageCount: changed.length }
  })
  for (const accountId of byAccount(context, ids).keys()) sync.taskAdded(accountId)
  return result
}

export function flagUseCases(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'>,
): Pick<UseCases, 'messages.setFlags'> {
  return {
    'messages.setFlags': ({ ids, add, remove, undoable = true }) =>
      queueFlags(context, ids, { add, remove }, { undoable }),
  }
}
