import type { AccountId, MailboxId, MessageId } from '../../../../shared/kit/ids'
import type { Problem } from '../../../../shared/kit/status'
import type { MailSession } from './mail-backend'

/** What use cases need of sync: `features/mail/sync/sync-engine.ts` is the real one. */
export type SyncControl = {
  start(accountId: AccountId): void
  stop(accountId: AccountId): Promise<void>
  syncNow(accountId: AccountId | null): void
  wake(): void
  /** What an account waited for on its way out is there; who is connected is left alone. */
  wayOpened(accountId: AccountId): void
  runOnce(
    accountId: AccountId | null,
    mailboxId: MailboxId | null,
  ): Promise<{
    folders: number
    messages: number
    new: number
    bytes: number
    elapsedMs: number
    problems: { accountId: AccountId; problem: Problem }[]
  }>
  /** Fetches every byte of one message now. */
  download(messageId: MessageId): Promise<void>
  /** Work on a signed-in connection of an account. */
  withSession<T>(accountId: AccountId, work: (session: MailSession) => Promise<T>): Promise<T>
  /** A task row was added: replay it soon. */
  taskAdded(accountId: AccountId): void
}

/** What use cases need of the encrypted inbox: `features/inbox-encryption/sync/` is the real one. */
export type InboxEncryptionControl = {
  /** Something may be there to do; returns at once. */
  kick(accountId: AccountId): void
  /** Works until nothing is left or something stands in the way, which the settings name then. */
  run(accountId: AccountId): Promise<void>
}

/** What other features do around a pass where nothing runs in the background. */
export type AroundPass = {
  /** What was written here, so that the pass brings it away. */
  before(): Promise<void>
  /** What came, for those who work on it. `accountId` null: of every account. */
  after(accountId: AccountId | null): Promise<void>
}
