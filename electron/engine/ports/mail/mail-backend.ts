import type { MailService } from '../../../../shared/features/accounts/model'
import type { MailboxRole } from '../../../../shared/features/mail/model'
import type { Namespaces } from '../../../../shared/features/mail/namespace'
import type { SubmissionStage } from '../../../../shared/features/writing/model'
import type { AccountId } from '../../../../shared/kit/ids'
import type { OutgoingEnvelope } from '../writing/outgoing'
import type { ParsedMessage } from './mime'

/** State of a mailbox as LIST tells it (RFC 5819), with mod-sequences: equal to what is known, nothing changed. */
export type ListedStatus = Readonly<{
  exists: number
  uidNext: number
  uidValidity: number
  highestModseq: string
}>

/** A mailbox as LIST (RFC 3501, RFC 5258, RFC 6154) names it; `delimiter` is empty for NIL. */
export type ListedMailbox = Readonly<{
  path: string
  delimiter: string
  selectable: boolean
  subscribed: boolean
  /** What the server says it is for (SPECIAL-USE), and the inbox; `none` where it says nothing. */
  role: MailboxRole
  /** Null where the server does not tell. */
  status: ListedStatus | null
}>

/** State of a selected mailbox. `highestModseq` is a decimal string (63 bit) or null without CONDSTORE. */
export type MailboxStatus = Readonly<{
  uidValidity: number
  uidNext: number
  highestModseq: string | null
  exists: number
  /** QRESYNC delivered these together with SELECT (RFC 7162 §3.2.5); null when the server has no QRESYNC. */
  vanished: readonly number[] | null
  changed: readonly RemoteFlags[] | null
  /** PERMANENTFLAGS (RFC 3501 §7.1) as they came; null when the server names none: then all flags may be set. */
  permanentFlags: readonly string[] | null
}>

export type RemoteFlags = Readonly<{ uid: number; flags: readonly string[]; modseq: string | null }>

export type RemoteHeader = Readonly<{
  uid: number
  flags: readonly string[]
  modseq: string | null
  internalDateMs: number
  sizeBytes: number
  header: Uint8Array
}>

/** The text parts of a large message, and its structure, without the attachments' bytes. */
export type RemoteText = Readonly<{ uid: number; parsed: ParsedMessage }>

/** What a server can do, so that sync chooses the best way it has. */
export type BackendCapabilities = Readonly<{
  condstore: boolean
  qresync: boolean
  move: boolean
  uidplus: boolean
  idle: boolean
  specialUse: boolean
}>

/**
 * One signed-in connection. One mailbox is open at a time; calls on it are serial. Every method can throw
 * SiegelError with a network or server code; after `connection-lost` the session is dead.
 */
export type MailSession = {
  readonly capabilities: BackendCapabilities
  /** True once the connection has ended. */
  readonly closed: boolean
  list(): Promise<readonly ListedMailbox[]>
  /** The namespaces (RFC 2342) as the server told, or as the last `list` suggests; null while nothing is known. */
  namespaces(): Namespaces | null
  /** SELECT or EXAMINE. With `known` and QRESYNC the answer carries what changed since then. */
  open(
    path: string,
    options: {
      readOnly: boolean
      known?: { uidValidity: number; highestModseq: string } | undefined
    },
  ): Promise<MailboxStatus>
  close(): Promise<void>
  /** All UIDs (UID SEARCH), ascending; optionally only those with INTERNALDATE since a day. */
  searchUids(options: { sinceMs?: number; fromUid?: number }): Promise<readonly number[]>
  /** UIDs of messages in the open mailbox whose Message-ID header equals this one. */
  searchMessageId(messageIdHeader: string): Promise<readonly number[]>
  fetchHeaders(uids: readonly number[], signal?: AbortSignal): AsyncIterable<RemoteHeader>
  fetchFlags(options: { uids?: readonly number[]; changedSince?: string }): AsyncIterable<RemoteFlags>
  /** Whole messages, byte-exact. A message over `maxBytes` is skipped with `too-large`. */
  fetchRaw(
    uids: readonly number[],
    options: { maxBytes: number; signal?: AbortSignal },
  ): AsyncIterable<{ uid: number; raw: Uint8Array }>
  fetchText(uid: number): Promise<RemoteText | null>
  storeFlags(
    uids: readonly number[],
    change: { add: readonly string[]; remove: readonly string[] },
  ): Promise<void>
  /**
   * As `storeFlags`, but only where the mod-sequence is not above `modseq` (RFC 7162 §3.1.3): what somebody else changed
   * since is left alone. Answers the UIDs that were left alone. Throws `capability-missing` without CONDSTORE.
   */
  storeFlagsIfUnchanged(
    uids: readonly number[],
    change: { add: readonly string[]; remove: readonly string[] },
    modseq: string,
  ): Promise<readonly number[]>
  /** MOVE, or COPY + STORE \Deleted + UID EXPUNGE; never a plain EXPUNGE. UID map when the server tells (UIDPLUS). */
  move(
    uids: readonly number[],
    targetPath: string,
  ): Promise<{ uidMap: ReadonlyMap<number, number> | null; uidValidity: number | null }>
  /** STORE \Deleted + UID EXPUNGE. Without UIDPLUS throws `capability-missing`: a plain EXPUNGE could remove other mail. */
  expunge(uids: readonly number[]): Promise<void>
  /** UID EXPUNGE of what is marked \Deleted already, with the same demand. */
  expungeMarked(uids: readonly number[]): Promise<void>
  append(
    path: string,
    raw: Uint8Array,
    options: { flags: readonly string[]; internalDateMs: number | null },
  ): Promise<{ uid: number | null; uidValidity: number | null }>
  createMailbox(path: string): Promise<void>
  renameMailbox(path: string, newPath: string): Promise<void>
  deleteMailbox(path: string): Promise<void>
  /** IDLE on the open mailbox; resolves when something changed, the signal aborts (silently), or after `maxMs`. */
  waitForChange(signal: AbortSignal, maxMs: number): Promise<'changed' | 'timeout' | 'aborted'>
  logout(): Promise<void>
  /** Drops the socket at once. */
  destroy(): void
}

export type MailBackend = {
  /** Dials through the gate and signs in. `wasAccepted`: the server took this password before. */
  connect(
    account: { id: AccountId; mail: MailService; password: string; wasAccepted?: boolean },
    signal?: AbortSignal,
  ): Promise<MailSession>
}

export type SubmissionResult =
  | Readonly<{ state: 'sent'; response: string }>
  /** Nothing was accepted. `permanent`: trying the same again is useless. `stage`: how far it got, where that is known. */
  | Readonly<{ state: 'failed'; permanent: boolean; code: string; detail: string; stage?: SubmissionStage }>
  /** The final dot went out and no answer came back. */
  | Readonly<{ state: 'unknown'; detail: string }>

export type Submission = {
  send(
    account: { id: AccountId; mail: MailService; password: string },
    message: { raw: Uint8Array; envelope: OutgoingEnvelope },
    signal?: AbortSignal,
  ): Promise<SubmissionResult>
}

/** What submission servers offer, as far as anybody met them. */
export type SendingOffers = {
  /** EHLO keywords, in upper case, said behind TLS. */
  note(accountId: AccountId, keywords: Iterable<string>): void
  requireTls(accountId: AccountId): 'offered' | 'missing' | 'unknown'
}
