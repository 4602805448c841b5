import type { AccountId, OutboxId } from '../../../../shared/kit/ids'
import type { GuestAnswer, Known } from './invitations'

/** My last answer to an event or one of its instances. */
type OwnAnswer = GuestAnswer &
  Readonly<{
    /** PARTSTAT in capitals. */
    status: string
    comment: string
    /** The mail with it; the row may be gone. Null: none was sent. */
    outboxId: OutboxId | null
  }>

/** What is remembered of invitations beside the events, by the account that is meant and the UID. */
export type InvitationStore = {
  known(accountId: AccountId, uid: string): Omit<Known, 'bytes'>
  keep(accountId: AccountId, uid: string, known: Omit<Known, 'bytes'>): void
  /** Oldest first. */
  mine(accountId: AccountId, uid: string): readonly OwnAnswer[]
  answered(accountId: AccountId, uid: string, answer: OwnAnswer): void
}
