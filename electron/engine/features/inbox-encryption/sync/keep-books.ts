import type { AccountId } from '../../../../../shared/kit/ids'
import type { Clock } from '../../../ports/basics'
import type { Store } from '../../../ports/store'
import type { Work } from './choose-work'
import type { BatchResult } from './replace-batch'
import type { Problem } from './replace-context'

/** Writes down what a step did: skips with their reasons, the counts of the job, and why it stands still. */
export function keepBooks(
  { store, clock }: { store: Store; clock: Clock },
  accountId: AccountId,
  work: Work,
  result: BatchResult,
): void {
  const { inboxEncryption } = store
  store.transaction(() => {
    for (const { candidate, reason, detail, retryAfterMs } of result.skips) {
      inboxEncryption.skip(candidate.id, {
        reason,
        detail,
        jobNumber: work.job?.number ?? null,
        retryAtMs: retryAfterMs === null ? null : clock.now() + retryAfterMs,
      })
    }
    const job = inboxEncryption.job(accountId)
    if (work.job && job?.number === work.job.number) {
      inboxEncryption.saveJob(accountId, {
        ...job,
        done: job.done + result.replaced,
        skipped: job.skipped + result.skips.length,
        failed: job.failed + result.failed,
      })
    }
    if (result.problem) stop(store, accountId, result.problem)
    else if (result.replaced > 0) clearProblem(store, accountId)
  })
}

/** Says why nothing goes on; a running job is paused, so that it goes on when the user says so. */
export function stop(store: Pick<Store, 'inboxEncryption'>, accountId: AccountId, problem: Problem): void {
  const { inboxEncryption } = store
  inboxEncryption.saveSettings(accountId, { ...inboxEncryption.settings(accountId), problem })
  const job = inboxEncryption.job(accountId)
  if (job?.state === 'running') inboxEncryption.saveJob(accountId, { ...job, state: 'paused' })
}

export function clearProblem(store: Pick<Store, 'inboxEncryption'>, accountId: AccountId): void {
  const settings = store.inboxEncryption.settings(accountId)
  if (settings.problem) store.inboxEncryption.saveSettings(accountId, { ...settings, problem: null })
}

/** A job that found nothing more has ended. */
export function endJob(store: Pick<Store, 'inboxEncryption'>, accountId: AccountId): void {
  const job = store.inboxEncryption.job(accountId)
  if (job?.state === 'running') store.inboxEncryption.saveJob(accountId, { ...job, state: 'done' })
}
