/**
 * Interfaces as seen from the inside of the engine. `app/` and `sync/` know these and `shared/`, nothing
 * else; the adapters (`mail/`, `store/`, `net/`) implement them; only `compose.ts` sees both sides.
 */
import type { Duplex } from 'node:stream'
import type { ChangedEntity } from '../../shared/ipc/contract'
import type {
  AccountConfig,
  AccountSummary,
  CertificateProblem,
  ImapAccountConfig,
} from '../../shared/model/account'
import type {
  AttachmentTraces,
  Draft,
  DraftAttachment,
  DraftContent,
  OutboxItem,
  OutboxState,
  TaskState,
  TaskSummary,
} from '../../shared/model/compose'
import type {
  AccountId,
  DraftId,
  MailboxId,
  MessageId,
  OutboxId,
  TaskId,
  ThreadId,
} from '../../shared/model/ids'
import type {
  Address,
  AttachmentInfo,
  BodyState,
  MailboxRole,
  MailboxSummary,
  MessageSummary,
  SyncWindow,
  SystemFlag,
} from '../../shared/model/mail'
import type { AccountRoute, TorSettings, TorSettingsChange } from '../../shared/model/network'
import type {
  ConnectionInfo,
  ConnectionPurpose,
  DoctorFinding,
  Settings,
  SettingsChange,
} from '../../shared/model/status'
import type { CertificateStore } from './ports/certificates'
import type { InboxEncryptionStore } from './ports/inbox-encryption'
import type { OpenpgpStore } from './ports/openpgp'
import type { RemoteSenderStore } from './ports/remote'
import type { TransportStore } from './ports/transport'

// ---------------------------------------------------------------------------------------------- basics

export type Clock = {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Resolves after `ms`, rejects with `cancelled` when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export type Random = {
  bytes(count: number): Uint8Array
  /** Uniform in [0, 1), from the system's random source; for jitter. */
  fraction(): number
}

export type Log = {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void
  error(message: string, facts?: Readonly<Record<string, unknown>>): void
}

// ------------------------------------------------------------------------------------------------- MIME

/** What the header of a message says, decoded and bounded (`mail/limits.ts`). */
export type ParsedHeader = Readonly<{
  /** Without angle brackets; empty when absent or unusable. */
  messageIdHeader: string
  inReplyTo: string
  /** Message-IDs without angle brackets, oldest first, at most 100. */
  references: readonly string[]
  subject: string
  from: readonly Address[]
  sender: readonly Address[]
  replyTo: readonly Address[]
  to: readonly Address[]
  cc: readonly Address[]
  bcc: readonly Address[]
  /** Date header in ms since 1970, null when absent or outside 1970..2100. */
  dateMs: number | null
  listId: string | null
}>

export type ParsedMessage = Readonly<{
  header: ParsedHeader
  /** Text for reading: text/plain parts, or text made from HTML. */
  text: string
  /** Raw HTML as sent (decoded to a string), not sanitised, null when there is none. */
  html: string | null
  attachments: readonly AttachmentInfo[]
  /** One line of up to 200 characters. */
  snippet: string
  /** As far as the structure says; what is inside is not read. */
  encrypted: boolean
  /** True when the structure was broken or a cap was hit; shown to the reader. */
  broken: boolean
}>

/** Ways out of a mailing list. `oneClick` is an https: address that takes a POST, `mailto` a mailto: address. */
export type ListExits = Readonly<{ oneClick: string | null; mailto: string | null }>

export type MimePort = {
  parseHeader(headerBytes: Uint8Array): ParsedHeader
  parseMessage(raw: Uint8Array): ParsedMessage
  /** Decoded content of one part, or null when there is no such part. */
  readPart(raw: Uint8Array, partId: string): { info: AttachmentInfo; bytes: Uint8Array } | null
  /** What a mailing list offers for leaving it (RFC 2369, RFC 8058). */
  readUnsubscribe(raw: Uint8Array): ListExits
  sanitizeHtml(
    html: string,
    options: {
      cidUrl: (contentId: string) => string | null
      /** An address of our own for a remote image, or null to leave it out; not asked for trackers. */
      remoteUrl?: (source: string) => string | null
    },
  ): {
    html: string
    blockedRemoteCount: number
    trackerCount: number
  }
}

/** A file that goes along. Hidden data of images is left out unless `keepsTraces` is true. */
export type OutgoingAttachment = Readonly<{
  fileName: string
  contentType: string
  bytes: Uint8Array
  keepsTraces?: boolean
}>

/** Everything the outgoing builder may know. Nothing else can reach the bytes. */
export type OutgoingMessage = Readonly<{
  from: Address
  to: readonly Address[]
  cc: readonly Address[]
  bcc: readonly Address[]
  subject: string
  text: string
  html: string | null
  attachments: readonly OutgoingAttachment[]
  inReplyTo: string | null
  references: readonly string[]
  /** Rounded to the minute by the builder and written as +0000. */
  dateMs: number
  /** Random 128 bit, from the builder's caller so that an outbox row keeps it: local part only, the domain is the sender's. */
  messageIdLocal: string
}>

/** Who a message is from and for, as SMTP is told (RFC 5321 §3.3). */
export type OutgoingEnvelope = Readonly<{
  from: string
  to: readonly string[]
  /** With REQUIRETLS (RFC 8689), or not at all. */
  requireTls?: true
}>

export type OutgoingBuilder = {
  /** The bytes for SMTP DATA (CRLF, no Bcc header) and the envelope. Throws `bad-address`, `no-recipient`, `too-large`. */
  build(message: OutgoingMessage): {
    raw: Uint8Array
    messageIdHeader: string
    envelope: OutgoingEnvelope
  }
  /** As `build`, but with the Bcc header kept and no recipient demanded: for drafts and the Sent copy. */
  buildDraft(message: OutgoingMessage): { raw: Uint8Array; messageIdHeader: string }
  /** What a file tells beyond what it shows. Never throws. */
  traces(bytes: Uint8Array, fileName: string): AttachmentTraces
}

// ------------------------------------------------------------------------------------------ mail backend

/** A mailbox as LIST (RFC 3501, RFC 5258, RFC 6154) names it. */
export type ListedMailbox = Readonly<{
  path: string
  delimiter: string
  selectable: boolean
  subscribed: boolean
  role: MailboxRole
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
  list(): Promise<readonly ListedMailbox[]>
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
  /** Dials through the gate and signs in. */
  connect(
    account: { id: AccountId; config: ImapAccountConfig; password: string },
    signal?: AbortSignal,
  ): Promise<MailSession>
}

export type SubmissionResult =
  | Readonly<{ state: 'sent'; response: string }>
  /** Nothing was accepted. `permanent`: trying the same again is useless. */
  | Readonly<{ state: 'failed'; permanent: boolean; code: string; detail: string }>
  /** The final dot went out and no answer came back. */
  | Readonly<{ state: 'unknown'; detail: string }>

export type Submission = {
  send(
    account: { id: AccountId; config: ImapAccountConfig; password: string },
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

// ------------------------------------------------------------------------------------------- network gate

/** Who wants to go where, for what. The whole policy is made of these. */
export type GateRequest = Readonly<{
  accountId: AccountId | null
  purpose: ConnectionPurpose
  host: string
  port: number
  /** A stranger named the host (a recipient's domain did): never into the network around this machine. */
  publicOnly?: true
  /** Through Tor whatever the configuration says: for set-up, before an account has a route. Never the other way. */
  overTor?: true
}>

/** How TLS is checked for one connection. */
export type TlsTrust = Readonly<{
  serverName: string
  /** Extra authorities of the account, PEM. */
  caPem: string | null
  /** Protocols offered inside TLS (RFC 7301), for those that demand it. */
  alpn?: readonly string[]
}>

export type GateSocket = Readonly<{
  /** Clear until STARTTLS was done, otherwise TLS. */
  stream: Duplex
  tls: { version: string; cipher: string; fingerprint256: string } | null
}>

/**
 * The only way out of this machine. `routeFor` is asked for every connection and either gives a way or
 * throws `not-permitted`; there is no third answer and no fallback from one way to another.
 */
export type NetworkGate = {
  /** Opens TCP and TLS (implicit). Throws network, TLS and certificate codes; never falls back. */
  dialTls(
    request: GateRequest,
    trust: TlsTrust,
    options: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<GateSocket>
  /** Opens TCP only, for STARTTLS protocols; the caller must call `upgrade` before it says anything secret. */
  dialClear(request: GateRequest, options: { timeoutMs: number; signal?: AbortSignal }): Promise<GateSocket>
  /** Starts TLS on a stream of `dialClear`. Throws `starttls-injection` when clear bytes are still unread. */
  upgrade(socket: GateSocket, trust: TlsTrust, options: { timeoutMs: number }): Promise<GateSocket>
  /** One HTTPS GET with neutral headers, no redirects to other schemes, size-capped. */
  httpsGet(
    request: GateRequest & { path: string },
    options: {
      timeoutMs: number
      maxBytes: number
      accept: string
      signal?: AbortSignal
      /** 3 unless told. */
      maxRedirects?: number
      /** Answers where a redirect leads in `redirect` instead of following it. */
      reportRedirect?: true
    },
  ): Promise<{
    status: number
    body: Uint8Array
    contentType: string
    redirect?: Readonly<{ host: string; port: number; path: string }>
  }>
  /** One HTTPS POST with neutral headers and without redirects; of the answer only the status counts. */
  httpsPost(
    request: GateRequest & { path: string },
    options: {
      timeoutMs: number
      maxBytes: number
      contentType: string
      body: Uint8Array
      signal?: AbortSignal
    },
  ): Promise<{ status: number }>
  /** SRV look-up (RFC 2782); empty when there is none. */
  resolveSrv(
    name: string,
    accountId: AccountId | null,
    overTor?: true,
  ): Promise<readonly { host: string; port: number; priority: number; weight: number }[]>
  connections(): readonly ConnectionInfo[]
  /** Closes everything of one account, or of all. */
  closeAll(accountId: AccountId | null): void
  /** Refuses every new connection while true. */
  setOffline(offline: boolean): void
  onChange(listener: () => void): () => void
}

/** What the gate may open, derived from the configuration. */
export type EgressPolicy = { permits(request: GateRequest): boolean }

/** Certificates the user pinned after seeing them. */
export type CertificatePins = {
  isPinned(host: string, port: number, fingerprint256: string): boolean
  /** True when any certificate is pinned for this place: then nothing but the pinned ones is accepted there. */
  hasPin(host: string, port: number): boolean
}

/** Thrown params of `certificate-refused` are `certificateParams(problem)`; this carries the whole problem. */
export type CertificateRefusal = { problem: CertificateProblem }

// -------------------------------------------------------------------------------------------------- store

/** A mailbox with everything sync needs to know. */
export type MailboxRow = Readonly<{
  id: MailboxId
  accountId: AccountId
  path: string
  delimiter: string
  role: MailboxRole
  selectable: boolean
  window: SyncWindow
  uidValidity: number | null
  uidNext: number | null
  highestModseq: string | null
  /** UIDs at or above this have been listed; headers below may still be missing while `headersComplete` is false. */
  headersComplete: boolean
  lastSyncedAtMs: number | null
  /** Complete listings in a row that did not name it; it goes after two. */
  missingCount: number
}>

/** Where a message is on the server, as far as we know. `uid` null: not there yet, or not known yet. */
export type MessageLocation = Readonly<{
  id: MessageId
  mailboxId: MailboxId
  uid: number | null
  messageIdHeader: string
  sizeBytes: number
}>

export type NewMessage = Readonly<{
  uid: number | null
  flags: readonly string[]
  modseq: string | null
  internalDateMs: number
  sizeBytes: number
  header: ParsedHeader
}>

/** A queued change with what it needs to be replayed after a restart. All ids are store rows. */
export type TaskPayload =
  | Readonly<{
      kind: 'set-flags'
      messageIds: readonly MessageId[]
      add: readonly string[]
      remove: readonly string[]
    }>
  | Readonly<{
      kind: 'move'
      items: readonly { messageId: MessageId; fromMailboxId: MailboxId; fromUid: number | null }[]
      toMailboxId: MailboxId
    }>
  | Readonly<{
      kind: 'expunge'
      items: readonly { fromMailboxId: MailboxId; fromUid: number; messageIdHeader: string }[]
    }>
  /** `raw` is in the store under `messageId`; `replacesUid` is removed after the append (draft versions). */
  | Readonly<{
      kind: 'append'
      messageId: MessageId
      mailboxId: MailboxId
      flags: readonly string[]
      replacesUid: number | null
    }>
  | Readonly<{ kind: 'create-mailbox'; mailboxId: MailboxId }>
  | Readonly<{ kind: 'rename-mailbox'; mailboxId: MailboxId; oldPath: string; newPath: string }>
  | Readonly<{ kind: 'delete-mailbox'; accountId: AccountId; path: string }>

export type TaskRow = Readonly<{
  id: TaskId
  accountId: AccountId
  payload: TaskPayload
  state: TaskState
  attempts: number
  nextAttemptAtMs: number
  createdAtMs: number
}>

export type AccountStore = {
  list(): readonly AccountSummary[]
  get(id: AccountId): AccountSummary | null
  add(account: { config: AccountConfig; sample: boolean; password: string | null }): AccountSummary
  update(id: AccountId, change: { config?: AccountConfig; signature?: string }): AccountSummary
  setPassword(id: AccountId, password: string): void
  forgetPassword(id: AccountId): void
  /** Null when none is stored. The only way a password leaves the store; engine-internal. */
  password(id: AccountId): string | null
  /** Removes the account with its mail, tasks, drafts and password. */
  remove(id: AccountId): void
  pins(): readonly { host: string; port: number; fingerprint256: string }[]
  addPin(pin: { host: string; port: number; fingerprint256: string }): void
}

export type MailboxStore = {
  list(): readonly MailboxSummary[]
  rows(accountId: AccountId): readonly MailboxRow[]
  row(id: MailboxId): MailboxRow | null
  byPath(accountId: AccountId, path: string): MailboxRow | null
  byRole(accountId: AccountId, role: MailboxRole): MailboxRow | null
  /**
   * Takes one complete, successful, non-empty listing. New ones appear, a mailbox that is missing for the
   * second time in a row goes (with its mail), one with the same UIDVALIDITY under a new path is a rename.
   */
  applyListing(
    accountId: AccountId,
    listed: readonly ListedMailbox[],
  ): { added: readonly MailboxId[]; removed: readonly MailboxId[]; renamed: readonly MailboxId[] }
  create(mailbox: { accountId: AccountId; path: string; delimiter: string; role: MailboxRole }): MailboxRow
  rename(id: MailboxId, newPath: string): void
  remove(id: MailboxId): void
  setWindow(id: MailboxId, window: SyncWindow): void
  saveSyncState(
    id: MailboxId,
    state: {
      uidValidity: number
      uidNext: number
      highestModseq: string | null
      headersComplete: boolean
      syncedAtMs: number
    },
  ): void
  /** UIDVALIDITY changed: every UID is forgotten, rows stay and are matched again by Message-ID and size as headers arrive. */
  forgetUids(id: MailboxId): void
  /** After the re-download: removes what `forgetUids` left unmatched and is not pending locally. Returns how many. */
  dropUnmatched(id: MailboxId): number
}

export type MessageStore = {
  /** Known UIDs of a mailbox, ascending. Includes UIDs with a pending move away from here. */
  knownUids(mailboxId: MailboxId): readonly number[]
  /**
   * Inserts headers (one transaction). A row without UID and with the same Message-ID and size in this mailbox
   * is adopted instead of duplicated (finished moves and appends, UIDVALIDITY change). Known UIDs are ignored.
   */
  insertHeaders(mailboxId: MailboxId, messages: readonly NewMessage[]): readonly MessageId[]
  /** Inserts a whole message that exists only here (import, sample, sent copy, draft). */
  insertLocal(
    mailboxId: MailboxId,
    message: NewMessage & { raw: Uint8Array; parsed: ParsedMessage },
  ): MessageId
  /** Many of the above in one transaction. */
  insertLocalMany(
    mailboxId: MailboxId,
    messages: readonly (NewMessage & { raw: Uint8Array; parsed: ParsedMessage })[],
  ): readonly MessageId[]
  /** Stores bytes and index of many messages in one transaction. */
  storeBodies(bodies: readonly { id: MessageId; raw: Uint8Array; parsed: ParsedMessage }[]): void
  /** Text parts only: the message counts as 'text', not 'whole'. */
  storeText(id: MessageId, parsed: ParsedMessage): void
  /** Next messages of a mailbox that lack what the window wants, newest first. */
  bodiesWanted(
    mailboxId: MailboxId,
    options: { limit: number; maxBytes: number; sinceMs: number | null },
  ): readonly { id: MessageId; uid: number; sizeBytes: number; bodyState: BodyState }[]
  /** Flags as the server has them; pending local changes stay on top. */
  applyServerFlags(mailboxId: MailboxId, flags: readonly RemoteFlags[]): void
  /** UIDs that are gone from the server. Rows moved away locally are not touched. */
  removeUids(mailboxId: MailboxId, uids: readonly number[]): void
  setUid(id: MessageId, uid: number | null): void
  location(id: MessageId): MessageLocation | null
  locations(ids: readonly MessageId[]): readonly MessageLocation[]
  index(query: {
    mailboxId: MailboxId | null
    role: MailboxRole | null
    unreadOnly: boolean
    flaggedOnly: boolean
  }): readonly MessageId[]
  summaries(ids: readonly MessageId[]): readonly MessageSummary[]
  thread(id: MessageId): readonly MessageSummary[]
  threadId(id: MessageId): ThreadId | null
  raw(id: MessageId): Uint8Array | null
  /** Encrypted messages of these accounts that nobody has opened yet, newest first. */
  encryptedWaiting(accountIds: readonly AccountId[], limit: number): readonly MessageId[]
  /** What a decrypted message says goes into its row and the search index, until it is gone or forgotten. */
  rememberDecrypted(id: MessageId, parsed: ParsedMessage): void
  /** It did not open; it is not tried again before `retryUnopened`. */
  noteUnopened(id: MessageId): void
  /** Keys came: whatever did not open waits again. */
  retryUnopened(): void
  /** Rows and index say again only what `outerOf` reads from the bytes as they came. */
  forgetDecrypted(accountId: AccountId, outerOf: (raw: Uint8Array) => ParsedMessage): void
  /** What `storeText` kept, for messages that are not whole. */
  storedText(id: MessageId): ParsedMessage | null
  /** All flags and keywords of a message under their IMAP names; empty when it is gone. */
  exportFlags(id: MessageId): readonly string[]
  /** INTERNALDATE (RFC 3501 §2.3.3) in ms since 1970; 0 when the message is gone. */
  internalDateMs(id: MessageId): number
  /** Local flag change (IMAP names, `\\Seen`, `$Forwarded`, keywords); returns what really changed, for undo. */
  changeFlags(
    ids: readonly MessageId[],
    change: { add: readonly string[]; remove: readonly string[] },
  ): readonly { id: MessageId; before: readonly string[] }[]
  /** Local move: rows change mailbox, lose their UID, and the old UID is remembered until the task is done. */
  moveLocally(
    ids: readonly MessageId[],
    toMailboxId: MailboxId,
  ): readonly { messageId: MessageId; fromMailboxId: MailboxId; fromUid: number | null }[]
  /** Local removal for good; remembers the UIDs so that sync does not bring them back. */
  removeLocally(
    ids: readonly MessageId[],
  ): readonly { fromMailboxId: MailboxId; fromUid: number; messageIdHeader: string }[]
  /** Forgets remembered UIDs of a finished or discarded task. */
  releaseUids(items: readonly { fromMailboxId: MailboxId; fromUid: number | null }[]): void
  search(
    text: string,
    options: { mailboxId: MailboxId | null; limit: number },
  ): { total: number; ids: readonly MessageId[] }
  findByMessageId(accountId: AccountId, messageIdHeader: string): readonly MessageLocation[]
  suggestAddresses(prefix: string, limit: number): readonly Address[]
  /** Streams ids in arrival order for export. */
  idsForExport(mailboxId: MailboxId): readonly MessageId[]
}

export type AttachmentChange = Readonly<{
  attachmentId: number
  fileName?: string | null
  keepsTraces?: boolean
}>

export type DraftStore = {
  list(): readonly Draft[]
  get(id: DraftId): Draft | null
  create(draft: {
    content: DraftContent
    relation: Draft['relation']
    serverMessageId: MessageId | null
  }): Draft
  /** Throws `conflict` when `revision` is not the stored one. Committed (synchronous=FULL) before it returns. */
  save(id: DraftId, content: DraftContent, revision: number): Draft
  discard(id: DraftId): void
  addAttachment(
    id: DraftId,
    file: { fileName: string; contentType: string; bytes: Uint8Array; traces: AttachmentTraces },
  ): DraftAttachment
  removeAttachment(id: DraftId, attachmentId: number): void
  /** Names and choices of some attachments; the bytes stay. `fileName: null` brings the first name back. */
  changeAttachments(id: DraftId, changes: readonly AttachmentChange[]): Draft
  attachmentBytes(attachmentId: number): { fileName: string; contentType: string; bytes: Uint8Array } | null
  /** Drafts whose newest revision is not on the server and that rested since `beforeMs`. */
  uploadsWanted(beforeMs: number): readonly Draft[]
  /** The message row in the Drafts mailbox that holds an uploaded revision. */
  markUploaded(id: DraftId, revision: number, messageId: MessageId): void
  uploadedMessage(id: DraftId): MessageId | null
  byServerMessage(messageId: MessageId): Draft | null
}

export type OutboxRow = OutboxItem &
  Readonly<{
    raw: Uint8Array
    envelope: OutgoingEnvelope
    sentCopyFlags: readonly string[]
  }>

export type OutboxStore = {
  list(): readonly OutboxItem[]
  get(id: OutboxId): OutboxRow | null
  /** The draft stays until the message is sent; one transaction, synchronous=FULL. */
  enqueue(item: {
    accountId: AccountId
    draftId: DraftId | null
    messageIdHeader: string
    subject: string
    raw: Uint8Array
    /** The copy for the Sent mailbox, with Bcc. */
    sentCopy: Uint8Array
    envelope: OutgoingEnvelope
    notBeforeMs: number
  }): OutboxItem
  sentCopy(id: OutboxId): Uint8Array | null
  due(nowMs: number): readonly OutboxId[]
  /** Rows found in `sending` at start-up: their fate is unknown. */
  interrupted(): readonly OutboxId[]
  setState(
    id: OutboxId,
    state: OutboxState,
    change: {
      problem?: { code: string; detail: string } | null
      nextAttemptAtMs?: number | null
      sentAtMs?: number
      countAttempt?: boolean
    },
  ): OutboxItem
  /** After `sent`: drops the bytes and the draft, keeps the row for the list. */
  finish(id: OutboxId): void
  remove(id: OutboxId): void
}

export type TaskStore = {
  list(): readonly TaskSummary[]
  add(accountId: AccountId, payload: TaskPayload): TaskId
  get(id: TaskId): TaskRow | null
  /** Next runnable task of an account in order; a waiting one blocks those after it that touch the same messages. */
  next(accountId: AccountId, nowMs: number): TaskRow | null
  setState(
    id: TaskId,
    state: TaskState,
    change: {
      problem?: { code: string; detail: string } | null
      nextAttemptAtMs?: number
      countAttempt?: boolean
    },
  ): void
  /** Removes a finished task, or rolls a queued one back when it has not been started. */
  remove(id: TaskId): void
  countOpen(accountId: AccountId): number
  /** Undo journal: newest first; one entry a user command. */
  addUndo(entry: { label: string; inverse: UndoEntry }): number
  takeUndo(undoId: number | null): UndoEntry | null
}

export type UndoEntry =
  /** `changed`: the flags that the command was about, as IMAP names; entries of older versions lack it. */
  | Readonly<{
      kind: 'flags'
      items: readonly { id: MessageId; before: readonly string[] }[]
      changed?: readonly string[]
    }>
  /** `copy`: what a move between accounts made in the other account, to be removed when the original goes back. */
  | Readonly<{ kind: 'move'; items: readonly { id: MessageId; backTo: MailboxId; copy?: MessageId }[] }>

/** Ways out of this machine, as the user set them. What cannot be read is never taken for something weaker. */
export type NetworkStore = {
  /** Null when what is stored cannot be read: then nothing of this account may be dialled. Throws `not-found`. */
  route(accountId: AccountId): AccountRoute | null
  setRoute(accountId: AccountId, route: AccountRoute): void
  tor(): TorSettings
  setTor(change: TorSettingsChange): TorSettings
}

export type SettingsStore = {
  get(): Settings
  set(change: SettingsChange): Settings
}

/** The whole store, open. One writer; every method is synchronous and transactional. */
export type Store = {
  readonly accounts: AccountStore
  readonly mailboxes: MailboxStore
  readonly messages: MessageStore
  readonly drafts: DraftStore
  readonly outbox: OutboxStore
  readonly tasks: TaskStore
  readonly settings: SettingsStore
  readonly network: NetworkStore
  readonly transport: TransportStore
  readonly certificates: CertificateStore
  readonly remoteSenders: RemoteSenderStore
  readonly inboxEncryption: InboxEncryptionStore
  readonly openpgp: OpenpgpStore
  /** Runs several calls as one transaction. */
  transaction<T>(work: () => T): T
  onChange(listener: (entity: ChangedEntity, ids: readonly (number | string)[] | null) => void): () => void
  /** Encrypted copy under the same key (VACUUM INTO); refuses an existing file. */
  backup(path: string): { sizeBytes: number }
  check(): readonly DoctorFinding[]
  close(): void
}

/** System flags as `flags` strings in `NewMessage`/`RemoteFlags`: IMAP names with the backslash, keywords as they are. */
export const imapNameOfFlag: Readonly<Record<SystemFlag, string>> = {
  seen: '\\Seen',
  flagged: '\\Flagged',
  answered: '\\Answered',
  draft: '\\Draft',
  forwarded: '$Forwarded',
}
