import type { TaskStore, UndoEntry } from '../ports/store'
import type { StoreContext } from './context'
import { sql } from './sql'

/** Commands that can be taken back. */
const entriesKept = 50

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
        return JSON.parse(row.inverse) as UndoEntry
      }),
  }
}
