import { SiegelError } from '../../../../../../shared/kit/result'
import { endsSession, kindOf, problemOf } from '../../../../kit/failures'
import type { TaskRow } from '../../../../ports/store'
import { mailTaskOf } from '../../tasks/kinds'
import type { ReplayContext } from '../../tasks/mail-task'
import { isOldListing, retryMs } from '../../tasks/remote/remote-messages'

/** So often one change may end with the connection before the others, and the mail, go first. */
const brokenAttempts = 3
const longestPutOffMs = 60 * 60_000

/**
 * Replays the queued changes of an account in order. Each may have been begun before (kill, lost connection) and
 * says so by its attempts. What the server refuses for good is `failed` with its words, and stays; what broke with
 * the connection stays queued, and the error goes up. Returns how many were done.
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

function settleFailure(context: ReplayContext, task: TaskRow, error: unknown): void {
  const { store, clock, log } = context
  const problem = problemOf(error)
  if (error instanceof SiegelError && error.code === 'server-unavailable') {
    store.tasks.setState(task.id, 'waiting', { problem, nextAttemptAtMs: clock.now() + retryMs })
  } else if (isOldListing(error) && !context.isAfterPass) {
    store.tasks.setState(task.id, 'waiting', { problem, nextAttemptAtMs: clock.now() + retryMs })
    context.onOldListing()
  } else if (kindOf(error) === 'local') {
    log.warn('a queued change was refused', { task: task.id, kind: task.kind, code: problem.code })
    store.tasks.setState(task.id, 'failed', { problem })
  } else if (kindOf(error) === 'lost' && task.attempts + 1 >= brokenAttempts) {
    // Whatever it is that this server cannot stand: it must not keep the mail of the account away for ever.
    const putOffMs = Math.min(longestPutOffMs, retryMs * 2 ** (task.attempts + 1 - brokenAttempts))
    store.tasks.setState(task.id, 'waiting', { problem, nextAttemptAtMs: clock.now() + putOffMs })
  } else {
    store.tasks.setState(task.id, 'queued', { problem })
  }
}

/** Does the change on the server; see `MailTaskRules.replay`. Throws `task-unreadable`. */
async function replay(context: ReplayContext, task: TaskRow): Promise<() => void> {
  if (task.payload === null) throw new SiegelError('task-unreadable')
  return mailTaskOf(task.payload.kind).replay(context, task.payload, task.attempts > 0)
}
