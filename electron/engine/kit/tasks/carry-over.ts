import type { Carrying, CarryRow } from '../../store/keep/carry-over'
import type { TaskKinds } from './task-kind'

/** Of the changes that wait, those go into a rebuilt store that carry something which is only here. */
export const taskCarryOver = (
  { connection, insert }: Carrying,
  kinds: TaskKinds,
): Readonly<Record<string, CarryRow>> => ({
  tasks: row => {
    const kind = row['state'] === 'done' ? null : kinds.of(String(row['kind']))
    const task = kind?.isOnlyHere === true ? kind.read(String(row['payload'])) : null
    if (task === null || !insert('tasks', row)) return false
    const mark = connection.prepare<unknown[]>(
      'INSERT OR IGNORE INTO task_messages (message, task) SELECT id, ? FROM messages WHERE id = ?',
    )
    for (const message of task.messages) mark.run(row['id'], message)
    return true
  },
})
