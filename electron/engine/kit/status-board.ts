import type { ServiceKind } from '../../../shared/features/accounts/model'
import type { AccountId } from '../../../shared/kit/ids'
import type { Failure } from '../../../shared/kit/result'
import type { SyncStatus } from '../../../shared/kit/status'
import type { ServiceBoard, Statuses } from '../ports/status-board'

/** Progress is told this often at most; a change of state at once. */
const progressEveryMs = 200

/** What every service of every account is doing, and why it waits. */
export class StatusBoard implements Statuses {
  readonly #emit: (status: SyncStatus) => void
  readonly #statuses = new Map<string, SyncStatus>()
  readonly #toldAt = new Map<string, number>()

  constructor(emit: (status: SyncStatus) => void) {
    this.#emit = emit
  }

  all(): SyncStatus[] {
    return [...this.#statuses.values()]
  }

  /** The part of one service. */
  of(service: ServiceKind): ServiceBoard {
    const keyOf = (accountId: AccountId) => `${service} ${accountId}`
    const get = (accountId: AccountId) => this.#statuses.get(keyOf(accountId)) ?? atRest(accountId, service)
    return {
      get,
      set: (accountId, { problem, ...change }) => {
        const before = get(accountId)
        const after: SyncStatus = {
          ...before,
          ...change,
          problem: problem === undefined ? before.problem : problem && plain(problem),
        }
        this.#put(keyOf(accountId), before, after)
      },
      remove: accountId => void this.#statuses.delete(keyOf(accountId)),
    }
  }

  #put(key: string, before: SyncStatus, after: SyncStatus): void {
    this.#statuses.set(key, after)
    const onlyProgress =
      before.state === after.state &&
      before.phase === after.phase &&
      before.problem === after.problem &&
      before.nextAttemptAtMs === after.nextAttemptAtMs
    const now = performance.now()
    if (onlyProgress && now - (this.#toldAt.get(key) ?? -Infinity) < progressEveryMs) return
    this.#toldAt.set(key, now)
    this.#emit(after)
  }
}

const atRest = (accountId: AccountId, service: ServiceKind): SyncStatus => ({
  accountId,
  service,
  state: 'idle',
  mailboxId: null,
  phase: null,
  done: 0,
  total: 0,
  lastCheckedAtMs: null,
  nextAttemptAtMs: null,
  problem: null,
})

function plain(failure: Failure): SyncStatus['problem'] {
  return { code: failure.code, retryable: failure.retryable, params: { ...failure.params } }
}
