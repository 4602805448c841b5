import type { Undone } from '../../../../../../shared/features/writing/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { mailTasks } from '../../tasks/kinds'

const rules = new Map(mailTasks.flatMap(({ undo }) => (undo === null ? [] : [[undo.of, undo] as const])))

/** Takes the newest (or a named) command back, as the kind of the change says. */
export function undoUseCases(
  context: Needs<
    'sync' | 'takeBackElsewhere',
    'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'
  >,
): Pick<UseCases, 'undo.last'> {
  const { store, sync } = context
  return {
    'undo.last': ({ undoId }) => {
      const undone = store.transaction((): Undone => {
        const entry = store.tasks.takeUndo(undoId)
        const elsewhere = entry && context.takeBackElsewhere(entry)
        if (elsewhere !== null) return elsewhere
        const rule = entry && rules.get(entry.kind)
        if (!rule) throw new SiegelError('nothing-to-undo')
        return { what: 'message', count: rule.takeBack(context, entry) }
      })
      for (const account of store.accounts.list()) sync.taskAdded(account.id)
      return undone
    },
  }
}
