import type { AccountId } from '../../../shared/model/ids'
import type { Clock, Log } from '../ports/basics'
import type { MailSession } from '../ports/mail-backend'
import type { MimePort } from '../ports/mime'
import type { Store, TaskRow } from '../ports/store'

/** What the replay of a task works with. */
export type ReplayContext = Readonly<{
  accountId: AccountId
  store: Store
  mime: MimePort
  clock: Clock
  log: Log
  session: MailSession
  /** The provider was seen to file sent mail by itself, for the first time. */
  onLearned: () => void
  /** The server refused a change for good; it stays, and the user decides. */
  onRefused: (task: TaskRow, problem: { code: string; detail: string }) => void
}>
