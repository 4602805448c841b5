import type { AfterRestore } from '../../../store/store-place'

/**
 * In a store that came out of a backup, what waited to be sent waits for a decision: it may have gone out since. Servers
 * are asked for it, as after a connection that broke at the wrong moment.
 */
export const holdOutbox: AfterRestore = connection => {
  const problem = JSON.stringify({ code: 'send-unknown', detail: 'restored from a backup' })
  connection
    .prepare<unknown[]>(
      "UPDATE outbox SET state = 'unknown', problem = ?, next_attempt_at = NULL WHERE state IN ('queued', 'sending')",
    )
    .run(problem)
}
