import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UndoEntry } from '../../../../ports/store'
import type { UseCases } from '../../../../ports/use-cases'
import { mailTasks } from '../../tasks/kinds'

const rules = new Map(mailTasks.flatMap(({ undo }) => (undo === null ? [] : [[undo.of, undo] as const])))

/** How entries of other features are taken back, inside the transaction; each returns how many things changed. */
type Others = Readonly<{
  [K in 'events']: (entry: Extract<UndoEntry, { kind: K }>) => number
}>

/** Takes the newest (or a named) command back, as the kind of the change says. */
export function undoUseCases(
  context: Needs<'sync', 'accounts' | 'mailboxes' | 'messages' | 'tasks' | 'transaction'>,
  others: Others,
): Pick<UseCases, 'undo.last'> {
  const { store, sync } = context
  return {
    'undo.last': ({ undoId }) => {
      const messageCount = store.transaction(() => {
        const entry = store.tasks.takeUndo(undoId)
        if (entry?.kind === 'events') return others.events(entry)
        const rule = entry && rules.get(entry.kind)
        if (!rule) throw new SiegelError('nothing-to-undo')
        return rule.takeBack(context, entry)
      })
      for (const account of store.accounts.list()) sync.taskAdded(account.id)
      return { undoId: null, messageCount }
    },
  }
}
