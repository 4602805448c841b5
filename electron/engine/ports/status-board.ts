import type { ServiceKind } from '../../../shared/features/accounts/model'
import type { AccountId } from '../../../shared/kit/ids'
import type { Failure } from '../../../shared/kit/result'
import type { SyncStatus } from '../../../shared/kit/status'

/** What one service of every account is doing, and why it waits. */
export type ServiceBoard = Readonly<{
  get(accountId: AccountId): SyncStatus
  /** Merges and tells. A change that is only progress may be swallowed; the next one carries it. */
  set(
    accountId: AccountId,
    change: Partial<Omit<SyncStatus, 'accountId' | 'service' | 'problem'>> & { problem?: Failure | null },
  ): void
  remove(accountId: AccountId): void
}>

/** What every service of every account is doing; `kit/status-board.ts` is the real one. */
export type Statuses = Readonly<{
  all(): readonly SyncStatus[]
  of(service: ServiceKind): ServiceBoard
}>
