/** The encrypted inbox: what the engine asks of the message form and of the store. The machine is in sync/inbox-encryption. */

import type {
  InboxEncryptionSkip,
  InboxEncryptionStatus,
} from '../../../../shared/features/inbox-encryption/model'
import type { AccountId, MailboxId, MessageId } from '../../../../shared/kit/ids'
import type { ParsedMessage } from '../mail/mime'

/** Keyword of a message that stands on the server in its encrypted form. */
export const encryptedKeyword = '$InboxEncrypted'
/** Keyword that a client sets on a message while it replaces it, so that a second one leaves it alone. */
export const leaseKeyword = '$InboxEncrypting'

/** How a message is protected already: then it is left alone. */
export type Protection = 'pgp-mime' | 'pgp-inline' | 'smime'

/** The encrypted form of a message and the way back. Pure; takes hostile bytes and never throws. */
export type InboxForm = {
  /** Null when something of it can be read by anyone. */
  protectionOf(raw: Uint8Array): Protection | null
  /** The message that stands in for `original`; `armored` is its encryption, as the vault made it. `token`: 32 hex digits. */
  wrap(original: Uint8Array, armored: string, options: { token: string; hideSubject: boolean }): Uint8Array
  /** The token of a message that was made by `wrap`, from its header block; null for every other one. */
  tokenOf(header: Uint8Array): string | null
  /** The OpenPGP message inside a PGP/MIME message (RFC 3156 §4), armored or binary; null when there is none. */
  payloadOf(raw: Uint8Array): Uint8Array | null
}

/** `encrypt`: the encrypted form takes the place of the original. `decrypt`: the other way. */
export type Direction = 'encrypt' | 'decrypt'

/**
 * One replacement on its way; a row exists from before the APPEND until the replaced message is known to be gone.
 * `begun`: nothing is known of the copy. `appended`: it is there under `toUid`, unverified. `adopted`: it was read back
 * and is right, the local row is its row now, only the replaced message has to go. `lost`: no copy was found after an
 * interrupted APPEND; a server that was slow may still bring one.
 */
export type Replacement = Readonly<{
  id: number
  accountId: AccountId
  direction: Direction
  /** Null when the message was removed here meanwhile. */
  messageId: MessageId | null
  mailboxId: MailboxId
  uidValidity: number
  fromUid: number
  toUid: number | null
  /** UIDNEXT before the APPEND: the copy has this UID or a higher one. */
  firstUid: number
  token: string
  /** SHA-256 of the original, in hex. */
  digest: string
  sizeBytes: number
  state: 'begun' | 'appended' | 'adopted' | 'lost'
  startedAtMs: number
}>

export type NewReplacement = Omit<Replacement, 'id' | 'state' | 'toUid' | 'messageId' | 'startedAtMs'> & {
  messageId: MessageId
  /** Kept in the encrypted store until the replacement is finished and the time to undo it is over. */
  original: Uint8Array
}

/** What stands in the place of a message now: its bytes, what they say (null: what is known of the old ones), flags of the server. */
type BodyCopy = Readonly<{ raw: Uint8Array; parsed: ParsedMessage | null; flags: readonly string[] }>

/**
 * Gives a message that is here other bytes and flags, in the transaction that is open. With `parsed` null the text that is
 * indexed and the snippet stay what they are. Nothing happens when the message is gone.
 */
export type ReplaceBody = (id: MessageId, copy: BodyCopy) => void

/** Takes away a second row of a message that `kept` stands for, in the transaction that is open. */
export type RemoveTwin = (twin: MessageId, kept: MessageId) => void

/** What the encrypted inbox changes in the messages of mail. */
export type ReplacedMessages = Readonly<{ replaceBody: ReplaceBody; removeTwin: RemoveTwin }>

export type SkipReason =
  | 'already-encrypted'
  | 'not-inbox-encrypted'
  | 'marked-deleted'
  | 'leased-elsewhere'
  | 'too-large'
  | 'not-given'
  | 'changed-meanwhile'
  | 'not-readable'
  | 'refused'
  | 'undone'

/** Settings of one account, and why it stands still. */
export type InboxEncryptionSettings = Readonly<{
  on: boolean
  /** Mail that arrived before is the back catalogue. */
  sinceMs: number
  /** Keys beside the account's own, by fingerprint. */
  extraKeys: InboxEncryptionStatus['keys']
  hideSubject: boolean
  keepOriginalsDays: number
  /** Mailboxes whose new mail is taken, by path; the inbox always is. */
  folders: readonly string[]
  /** Null: as fast as it goes. */
  messagesPerMinute: number | null
  problem: InboxEncryptionStatus['problem']
}>

/** A long job over mailboxes; one an account. */
export type InboxEncryptionJob = Readonly<{
  number: number
  kind: 'back-catalogue' | 'decrypt' | 'undo'
  state: 'running' | 'paused' | 'done' | 'stopped'
  mailboxIds: readonly MailboxId[]
  total: number
  done: number
  skipped: number
  failed: number
  /** Ends after so many messages were looked at; null: all. */
  limit: number | null
}>

/** A message that may be replaced next. */
export type Candidate = Readonly<{
  id: MessageId
  mailboxId: MailboxId
  uid: number
  sizeBytes: number
  messageIdHeader: string
  whole: boolean
}>

/** Part of the store. */
export type InboxEncryptionStore = {
  settings(accountId: AccountId): InboxEncryptionSettings
  saveSettings(accountId: AccountId, settings: InboxEncryptionSettings): void
  job(accountId: AccountId): InboxEncryptionJob | null
  saveJob(accountId: AccountId, job: InboxEncryptionJob | null): void
  /** New mail that nobody looked at, newest first. */
  arrivals(query: {
    mailboxIds: readonly MailboxId[]
    sinceMs: number
    nowMs: number
    limit: number
  }): readonly Candidate[]
  /** What a job has not looked at, newest first; for `undo` only what can be undone. */
  candidates(job: InboxEncryptionJob, accountId: AccountId, limit: number): readonly Candidate[]
  /** Count and bytes of what a job over these mailboxes would look at. */
  measure(
    kind: InboxEncryptionJob['kind'],
    accountId: AccountId,
    mailboxIds: readonly MailboxId[],
  ): { count: number; bytes: number }
  /** One durable transaction: journal rows and originals are on the disk when it returns. Answers the rows. */
  begin(replacements: readonly NewReplacement[]): readonly Replacement[]
  appended(id: number, toUid: number): void
  /**
   * The copy takes over the local row: UID, bytes and flags of the server, in one durable transaction; the row of a copy
   * that sync has met already goes, and the old UID is remembered until `finish`. False when the row is not where it was.
   */
  adopt(id: number, copy: BodyCopy): boolean
  /** The replaced message is gone: the row ends, and what is known of the message is kept. */
  finish(id: number): void
  /** The replacement did not happen. */
  abandon(id: number): void
  lose(id: number): void
  open(accountId: AccountId): readonly Replacement[]
  skip(
    messageId: MessageId,
    skip: { reason: SkipReason; detail: string; jobNumber: number | null; retryAtMs: number | null },
  ): void
  /** When another client's lease was first seen on a message. */
  leaseSeenAtMs(messageId: MessageId): number | null
  skips(accountId: AccountId): readonly InboxEncryptionSkip[]
  /** Whether this machine itself put the message under encryption: only then its inner Authentication-Results count. */
  madeHere(messageId: MessageId): boolean
  original(messageId: MessageId): Uint8Array | null
  undoable(accountId: AccountId): number
  /** Removes originals whose time is over and journal rows of copies that never came. */
  forgetOld(accountId: AccountId, keepDays: number): void
}
