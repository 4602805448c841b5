import { countsNone, type StoreCheck } from '../../store/care'

/** What must be true of the queue, for the doctor. */
export const taskChecks: readonly StoreCheck[] = [
  countsNone(
    'task-marks',
    "SELECT count(*) FROM task_messages m JOIN tasks t ON t.id = m.task WHERE t.state = 'done'",
    'marks left by finished changes',
  ),
]
