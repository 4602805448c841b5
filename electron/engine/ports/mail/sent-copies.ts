import type { AccountId, MessageId } from '../../../../shared/kit/ids'

/** A copy of a sent message that this program has filed, or is about to. */
export type FiledCopy = Readonly<{
  accountId: AccountId
  messageId: MessageId
  /** Its Message-ID, so that a row number given to another message after a recovery is never taken for it. */
  messageIdHeader: string
  filedAtMs: number
  /** Of the bytes that went over the wire; see `kit/sent-fingerprint.ts`. */
  fingerprint: string
}>

/** What is known of copies in Sent: ours, for some days, and of which accounts the provider files its own. */
export type SentCopyStore = {
  watch(copy: FiledCopy): void
  /** Of one account, those that are not too old. */
  watched(accountId: AccountId): readonly FiledCopy[]
  forget(messageId: MessageId): void
  /** Whether the provider of an account was seen to file sent mail by itself. */
  isFiledByProvider(accountId: AccountId): boolean
  /** Answers whether that is news. */
  learn(accountId: AccountId): boolean
}
