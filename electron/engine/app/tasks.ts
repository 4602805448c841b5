import { SiegelError } from '../../../shared/ipc/result'
import type { TaskId } from '../../../shared/model/ids'
import type { TaskRow } from '../ports/store'
import type { AppContext, UseCases } from './context'

/** Queued changes: seen, tried again, or given up on by the user's word. */
export function taskUseCases(
  context: AppContext,
): Pick<UseCases, 'tasks.list' | 'tasks.retry' | 'tasks.discard'> {
  const { tasks } = context.store
  const requireTask = (id: TaskId): TaskRow => {
    const row = tasks.get(id)
    if (!row) throw new SiegelError('not-found', { what: 'task' })
    return row
  }
  return {
    'tasks.list': () => [...tasks.list()],
    'tasks.retry': ({ taskId }) => {
      const row = requireTask(taskId)
      tasks.setState(taskId, 'queued', { problem: null, nextAttemptAtMs: context.clock.now() })
      context.sync.taskAdded(row.accountId)
      return {}
    },
    'tasks.discard': ({ taskId }) => {
      const row = requireTask(taskId)
      if (row.state === 'running') throw new SiegelError('conflict', { what: 'task', state: row.state })
      tasks.remove(taskId)
      context.sync.syncNow(row.accountId)
      return {}
    },
  }
}
