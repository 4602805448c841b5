import { SiegelError } from '../../../shared/ipc/result'
import { assertNever } from '../../../shared/util/assert-never'
import type { TaskRow } from '../ports/store'
import { endsSession, kindOf, problemOf } from './failures'
import { replayAppend } from './replay-append'
import type { ReplayContext } from './replay-context'
import { replayExpunge } from './replay-expunge'
import { replayFlags } from './replay-flags'
import { replayMailboxTask } from './replay-mailbox'
import { replayMove } from './replay-move'

/** A server that says "not now" is asked again after this. */
const retryMs = 60_000
/** So often one change may end with the connection before the others, and the mail, go first. */
const brokenAttempts = 3
const longestPutOffMs = 60 * 60_000

/**
 * Replays the queued changes of an account in order. Each may have been begun before (kill, lost connection) and
 * says so by its attempts. What the server refuses for good is `failed` with its words, and stays; what broke with
 * the connection stays queued, and the error goes up. Answers how many were done.
 */
export async function replayTasks(context: ReplayContext): Promise<number> {
  const { store, accountId, clock } = context
  let done = 0
  for (;;) {
    const task = store.tasks.next(accountId, clock.now())
    if (!task) return done
    store.tasks.setState(task.id, 'running', { problem: null, countAttempt: true })
    try {
      const finish = await replay(context, task)
      store.transaction(() => {
        finish()
        store.tasks.setState(task.id, 'done', { problem: null })
      })
      done++
    } catch (error) {
      settleFailure(context, task, error)
      // Raised again when the session is of no use any more; a refusal concerns this task only.
      if (kindOf(error) !== 'local' || endsSession(error)) throw error
    }
  }
}

function settleFailure({ store, clock, log, onRefused }: ReplayContext, task: TaskRow, error: unknown): void {
  const problem = problemOf(error)
  if (error instanceof SiegelError && error.code === 'server-unavailable') {
    store.tasks.setState(task.id, 'waiting', { problem, nextAttemptAtMs: clock.now() + retryMs })
  } else if (kindOf(error) === 'local') {
    log.warn('a queued change was refused', { task: task.id, kind: task.payload.kind, code: problem.code })
    store.tasks.setState(task.id, 'failed', { problem })
    onRefused(task, problem)
  } else if (kindOf(error) === 'lost' && task.attempts + 1 >= brokenAttempts) {
    // Whatever it is that this server cannot stand: it must not keep the mail of the account away for ever.
    const putOffMs = Math.min(longestPutOffMs, retryMs * 2 ** (task.attempts + 1 - brokenAttempts))
    store.tasks.setState(task.id, 'waiting', { problem, nextAttemptAtMs: clock.now() + putOffMs })
  } else {
    store.tasks.setState(task.id, 'queued', { problem })
  }
}

/** Does the change on the server; the answer books it in the store, inside the transaction that ends the task. */
function replay(context: ReplayContext, task: TaskRow): Promise<() => void> {
  const { payload } = task
  switch (payload.kind) {
    case 'set-flags':
      return replayFlags(context, payload)
    case 'move':
      return replayMove(context, payload, task.attempts > 0)
    case 'expunge':
      return replayExpunge(context, payload)
    case 'append':
      return replayAppend(context, payload, task.attempts > 0)
    case 'create-mailbox':
    case 'rename-mailbox':
    case 'delete-mailbox':
      return replayMailboxTask(context, payload)
    default:
      return assertNever(payload)
  }
}
