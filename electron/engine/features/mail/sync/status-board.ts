import type { AccountId } from '../../../../../shared/kit/ids'
import type { Failure } from '../../../../../shared/kit/result'
import type { SyncStatus } from '../../../../../shared/kit/status'

/** Progress is told this often at most; a change of state at once. */
const progressEveryMs = 200

/** What mail of every account is doing, and why it waits. */
export class StatusBoard {
  readonly #emit: (status: SyncStatus) => void
  readonly #statuses = new Map<AccountId, SyncStatus>()
  readonly #toldAt = new Map<AccountId, number>()

  constructor(emit: (status: SyncStatus) => void) {
    this.#emit = emit
  }

  all(): SyncStatus[] {
    return [...this.#statuses.values()]
  }

  get(accountId: AccountId): SyncStatus {
    return (
      this.#statuses.get(accountId) ?? {
        accountId,
        service: 'mail',
        state: 'idle',
        mailboxId: null,
        phase: null,
        done: 0,
        total: 0,
        lastCheckedAtMs: null,
        nextAttemptAtMs: null,
        problem: null,
      }
    )
  }

  /** Merges and tells. A change that is only progress may be swallowed; the next one carries it. */
  set(
    accountId: AccountId,
    change: Partial<Omit<SyncStatus, 'accountId' | 'service' | 'problem'>> & { problem?: Failure | null },
  ): void {
    const before = this.get(accountId)
    const after: SyncStatus = {
      ...before,
      ...change,
      problem: change.problem === undefined ? before.problem : change.problem && plain(change.problem),
    }
    this.#statuses.set(accountId, after)
    const onlyProgress =
      before.state === after.state &&
      before.phase === after.phase &&
      before.problem === after.problem &&
      before.nextAttemptAtMs === after.nextAttemptAtMs
    const now = performance.now()
    if (onlyProgress && now - (this.#toldAt.get(accountId) ?? -Infinity) < progressEveryMs) return
    this.#toldAt.set(accountId, now)
    this.#emit(after)
  }

  remove(accountId: AccountId): void {
    this.#statuses.delete(accountId)
  }
}

function plain(failure: Failure): SyncStatus['problem'] {
  return { code: failure.code, retryable: failure.retryable, params: { ...failure.params } }
}
