import type { AccountId, MailboxId, MessageId } from '../../../../../../shared/kit/ids'
import type { SyncStatus } from '../../../../../../shared/kit/status'
import type { Withheld } from '../../../../kit/fetching/withheld'
import type { Clock, Log } from '../../../../ports/basics'
import type { MimePort } from '../../../../ports/mail/mime'
import type { Store } from '../../../../ports/store'

/** What one pass over an account counts. */
export type PassCount = { folders: number; messages: number; new: number; bytes: number }

/** Told of messages whose bytes were just stored; answers at once. */
export type OnBodies = (bodies: readonly { id: MessageId; raw: Uint8Array }[]) => void

/** What every step of a pass works with. */
export type SyncContext = Readonly<{
  accountId: AccountId
  store: Store
  mime: MimePort
  onBodies: OnBodies
  clock: Clock
  log: Log
  count: PassCount
  /** Messages that the server does not give. */
  withheld: Withheld
  /** Aborted when the account stops. */
  signal: AbortSignal
  /** Tells where the pass is. */
  progress: (step: {
    mailboxId: MailboxId
    phase: NonNullable<SyncStatus['phase']>
    done: number
    total: number
  }) => void
}>
