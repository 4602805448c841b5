import type { MessageId } from '../../../../shared/kit/ids'
import type { TaskStore, UndoEntry } from '../../ports/store'
import type { StoreContext } from '../../store/context'
import { sql } from '../../store/sql'

/** Commands that can be taken back. */
const entriesKept = 50

/** How a change of flags was noted before they were put into groups. */
type OldFlagsEntry = Readonly<{
  kind: 'flags'
  items: readonly { id: MessageId; before: readonly string[] }[]
  changed?: readonly string[]
}>

/** An old entry says what was there before: of the flags that the command was about, those come back and the others go. */
function asGroups(entry: UndoEntry | OldFlagsEntry): UndoEntry {
  if (entry.kind !== 'flags' || !('items' in entry)) return entry
  const about = entry.changed ?? []
  const groups = entry.items.map(({ id, before }) => ({
    ids: [id],
    add: about.filter(flag => before.includes(flag)),
    remove: about.filter(flag => !before.includes(flag)),
  }))
  return { kind: 'flags', groups }
}

/** The undo journal: one entry a command, the oldest ones go. */
export function createUndoJournal({ database }: StoreContext): Pick<TaskStore, 'addUndo' | 'takeUndo'> {
  return {
    addUndo: ({ label, inverse }) =>
      database.write(db => {
        const { lastId } = db.run(
          sql`INSERT INTO undo_journal (label, inverse) VALUES (${label}, ${JSON.stringify(inverse)})`,
        )
        db.run(
          sql`DELETE FROM undo_journal WHERE id <= (SELECT id FROM undo_journal ORDER BY id DESC LIMIT 1 OFFSET ${entriesKept})`,
        )
        return lastId
      }),
    takeUndo: undoId =>
      database.write(db => {
        const row = db.get<{ id: number; inverse: string }>(sql`
          SELECT id, inverse FROM undo_journal WHERE id = coalesce(${undoId}, (SELECT max(id) FROM undo_journal))`)
        if (row === undefined) return null
        db.run(sql`DELETE FROM undo_journal WHERE id = ${row.id}`)
        return asGroups(JSON.parse(row.inverse) as UndoEntry | OldFlagsEntry)
      }),
  }
}
