import type { Address } from '../../../../shared/features/mail/model'
import type { OutboxItem } from '../../../../shared/features/writing/model'
import type { AccountId, MessageId } from '../../../../shared/kit/ids'

/** A message that the program writes because of what a person did: it has no draft. */
export type Letter = Readonly<{
  accountId: AccountId
  /** The address of the account that it is from: its own, or an alias of it. */
  from: string
  to: readonly Address[]
  subject: string
  text: string
  calendar: Readonly<{ method: string; bytes: Uint8Array }>
  /** What it answers; null: it begins a thread. */
  answers: MessageId | null
  /** Also where it should be encrypted and cannot be. */
  inClear: boolean
}>

/** A letter that is protected as the account's settings say, and ready. */
export type ReadyLetter = Readonly<{
  /** Into the outbox, inside the transaction of what it tells of. */
  enqueue(): OutboxItem
  /** Brings it on its way; where nothing runs in the background it waits for the end. */
  start(item: OutboxItem): Promise<OutboxItem>
}>

/** Mail of other features; `features/writing/app/send/post.ts` is the real one. */
export type Post = {
  /**
   * Throws `encryption-needs-decision`, `key-locked`, `account-is-local`, `bad-address`, `no-recipient`, `sender-refused` before anything
   * is kept.
   */
  ready(letter: Letter): Promise<ReadyLetter>
}
