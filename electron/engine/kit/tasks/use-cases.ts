import type { TaskId } from '../../../../shared/kit/ids'
import { SiegelError } from '../../../../shared/kit/result'
import type { Needs } from '../../ports/parts'
import type { TaskRow } from '../../ports/store'
import type { UseCases } from '../../ports/use-cases'

/** Queued changes: seen, tried again, or given up on by the user's word. */
export function taskUseCases(
  context: Needs<'clock' | 'sync', 'tasks' | 'transaction'>,
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
      if (row.state === 'running' || row.state === 'done') return {}
      tasks.setState(taskId, 'queued', { problem: null, nextAttemptAtMs: context.clock.now() })
      // Also where the account itself waits for its next try.
      context.sync.syncNow(row.accountId)
      return {}
    },
    'tasks.discard': ({ taskId }) => {
      const row = requireTask(taskId)
      if (row.state === 'running') throw new SiegelError('conflict', { what: 'task', state: row.state })
      context.store.transaction(() => {
        // What was to go into a folder that is not made has no place to go: it is given up with it, the latest first.
        for (const id of tasks.fallsWith(taskId).toReversed()) giveUp(context, id)
        giveUp(context, taskId)
      })
      context.sync.syncNow(row.accountId)
      return {}
    },
  }
}

function giveUp({ store: { tasks } }: Needs<never, 'tasks'>, id: TaskId): void {
  if (tasks.get(id)?.state === 'running')
    throw new SiegelError('conflict', { what: 'task', state: 'running' })
  tasks.remove(id)
}
