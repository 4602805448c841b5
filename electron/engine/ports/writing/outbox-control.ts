import type { OutboxItem } from '../../../../shared/features/writing/model'
import type { AccountId, OutboxId } from '../../../../shared/kit/ids'

/** What use cases need of the outbox: `features/writing/outbox/outbox-runner.ts` is the real one. */
export type OutboxControl = {
  kick(): void
  /** The way may be open again: what waits for its next try is due now. */
  wake(accountId: AccountId | null): void
  /** Password, servers, route or trust changed: what failed for the old ones is tried with the new ones. */
  accountChanged(accountId: AccountId): void
  /** Works on one row until it is sent, failed or unknown. */
  runUntilFinal(id: OutboxId): Promise<OutboxItem>
  /** Settles what a crash left behind and tries every queued row once, whenever it was due. */
  runQueued(accountId: AccountId | null): Promise<void>
}
