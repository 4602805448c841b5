import type { AccountConfig, AccountSummary, ServiceKind } from '../../../shared/features/accounts/model'
import type { CalendarId, EventId } from '../../../shared/features/calendar/model'
import type { ContactId } from '../../../shared/features/contacts/model'
import type {
  Address,
  BodyState,
  MailboxRole,
  MailboxSummary,
  MessageSummary,
  SyncWindow,
  SystemFlag,
} from '../../../shared/features/mail/model'
import type { AccountRoute, TorSettings, TorSettingsChange } from '../../../shared/features/network/model'
import type { TaskKind, TaskState, TaskSummary } from '../../../shared/features/writing/model'
import type { ChangeListener } from '../../../shared/ipc/stale/changes'
import type { AccountId, MailboxId, MessageId, TaskId, ThreadId } from '../../../shared/kit/ids'
import type { DoctorFinding, Settings, SettingsChange } from '../../../shared/kit/status'
import type { LongWork } from './basics'
import type { CalendarStore } from './calendar/calendar-store'
import type { InvitationStore } from './calendar/invitation-store'
import type { SubscriptionStore } from './calendar/subscription-store'
import type { StreamStore } from './chat/stream-store'
import type { CardRow, ContactStore } from './contacts/contact-store'
import type { PeopleStore } from './contacts/people'
import type { CollectionWaits } from './dav/waits'
import type { InboxEncryptionStore } from './keys/inbox-encryption'
import type { OpenpgpStore } from './keys/openpgp'
import type { ListedMailbox, RemoteFlags } from './mail/mail-backend'
import type { ParsedHeader, ParsedMessage } from './mail/mime'
import type { SentCopyStore } from './mail/sent-copies'
import type { CertificateStore } from './net/certificates'
import type { RemoteSenderStore } from './net/remote'
import type { ServerFactStore } from './net/server-facts'
import type { TransportStore } from './net/transport'
import type { DraftStore, OutboxStore } from './writing/writing-store'

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

/**
 * A queued change with what it needs to be replayed after a restart, as features ask for it. All ids are store rows. What
 * each kind is and does is in its own file (`features/<feature>/tasks`).
 */
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
      /** The copy of a sent message, which the provider may file by itself. */
      sentCopy?: boolean
    }>
  | Readonly<{ kind: 'create-mailbox'; mailboxId: MailboxId }>
  | Readonly<{ kind: 'rename-mailbox'; mailboxId: MailboxId; oldPath: string; newPath: string }>
  | Readonly<{ kind: 'delete-mailbox'; accountId: AccountId; path: string }>

export type TaskRow = Readonly<{
  id: TaskId
  accountId: AccountId
  kind: TaskKind
  /** Null when what is stored is no change of its kind: then it can only be given up. */
  payload: TaskPayload | null
  state: TaskState
  attempts: number
  nextAttemptAtMs: number
  createdAtMs: number
}>

export type AccountStore = {
  list(): readonly AccountSummary[]
  get(id: AccountId): AccountSummary | null
  /** `password`: of each of its services, which go directly until they are given another way. */
  add(account: { config: AccountConfig; sample: boolean; password: string | null }): AccountSummary
  update(id: AccountId, change: { config?: AccountConfig; signature?: string }): AccountSummary
  setPassword(id: AccountId, service: ServiceKind, password: string): void
  forgetPassword(id: AccountId, service: ServiceKind): void
  /** Null when none is stored. The only way a password leaves the store; engine-internal. */
  password(id: AccountId, service: ServiceKind): string | null
  /** Removes the account with its mail, tasks, drafts and passwords. */
  remove(id: AccountId): void
  pins(): readonly { host: string; port: number; fingerprint256: string }[]
  /** False when there was no such pin. */
  removePin(pin: { host: string; port: number; fingerprint256: string }): boolean
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
  /** A missing one is there again, in the place of another that was taken for new. What lies below keeps its own path. */
  takePlace(missing: MailboxId, of: MailboxId): void
  /** Another path for this one alone: what lies below keeps its own. */
  setPath(id: MailboxId, path: string): void
  /** It can be opened and plays this part from now on, and no other mailbox of its account does. */
  setRole(id: MailboxId, role: MailboxRole): void
  /** The paths that the user named for a part; they follow a renaming. */
  chosenRoles(accountId: AccountId): Readonly<Partial<Record<MailboxRole, string>>>
  /** The user's word: this mailbox plays this part; `null` takes the word back. */
  chooseRole(id: MailboxId, role: MailboxRole | null): void
  remove(id: MailboxId): void
  setWindow(id: MailboxId, window: SyncWindow): void
  /** Those that the last listing did not name. */
  missing(accountId: AccountId): readonly MailboxRow[]
  /** Its path on the server now, while a renaming of it, or of what it lies below, waits. Throws `not-found`. */
  serverPath(id: MailboxId): string
  /** Messages within the window whose body is wanted and not here. */
  bodiesMissing(id: MailboxId): number
  /** These were compared with the server at this time and nothing had changed. */
  noteUnchanged(ids: readonly MailboxId[], syncedAtMs: number): void
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
  /** The conversation of a message, oldest first; of one longer than `conversationMessages` those nearest to it in time. */
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
  ): readonly ChangedFlags[]
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
  /** `isCut`: a piece of a word stood for more words than are asked for. Does what `prepareSearch` left to do. */
  search(
    text: string,
    options: { mailboxId: MailboxId | null; limit: number },
  ): { total: number; ids: readonly MessageId[]; isCut: boolean; leftOut: number }
  /** One small step of what a search for pieces of words needs first; true when there is another one. */
  prepareSearch(text: string): boolean
  /** Other messages of the same mailbox with the same Date header, at most 20. */
  sameDate(id: MessageId): readonly MessageLocation[]
  findByMessageId(accountId: AccountId, messageIdHeader: string): readonly MessageLocation[]
  suggestAddresses(prefix: string, limit: number): readonly Address[]
  /** Streams ids in arrival order for export. */
  idsForExport(mailboxId: MailboxId): readonly MessageId[]
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
  /** Whether a change of that kind to this message has not reached the server. */
  isOpen(kind: TaskKind, messageId: MessageId): boolean
  /** Open changes that put messages into a mailbox, in order. */
  into(mailboxId: MailboxId): readonly TaskId[]
  /** Open changes that have no place to go without this one, in order. */
  fallsWith(id: TaskId): readonly TaskId[]
  /** What the server put off is due now. */
  wake(accountId: AccountId): void
  /** When the next task that waits for its time is due; null when none does. */
  nextDueMs(accountId: AccountId): number | null
  /** Undo journal: newest first; one entry a user command. */
  addUndo(entry: { label: string; inverse: UndoEntry }): number
  takeUndo(undoId: number | null): UndoEntry | null
}

/** Flags and keywords that a message got and lost by one change, under their IMAP names. */
export type ChangedFlags = Readonly<{ id: MessageId; added: readonly string[]; removed: readonly string[] }>

/** An object that a change made, replaced or removed. */
export type ChangedObject = Readonly<{
  id: EventId
  calendarId: CalendarId
  uid: string
  before: string | null
  after: string | null
}>

export type UndoEntry =
  /** What is to be done to take a change back, the same for all messages of a group; IMAP names. */
  | Readonly<{
      kind: 'flags'
      groups: readonly Readonly<{
        ids: readonly MessageId[]
        add: readonly string[]
        remove: readonly string[]
      }>[]
    }>
  /** `copy`: what a move between accounts made in the other account, to be removed when the original goes back. */
  | Readonly<{ kind: 'move'; items: readonly { id: MessageId; backTo: MailboxId; copy?: MessageId }[] }>
  /** Cards as they were, their bytes in base64; those that came go. */
  | Readonly<{
      kind: 'contacts'
      before: readonly (Omit<CardRow, 'raw'> & Readonly<{ raw: string }>)[]
      came: readonly ContactId[]
      /** What each of them was when the change was done: SHA-256 of its bytes in base64, null where it went. */
      after: readonly Readonly<{ id: ContactId; state: string | null }>[]
    }>
  /** Calendar objects as they were before: their bytes in base64, null for what was not there. `after`: SHA-256 of what the change made, null for nothing. */
  | Readonly<{
      kind: 'events'
      objects: readonly ChangedObject[]
      /** What they are; events where it is not said. */
      of?: 'event' | 'todo'
    }>

/** Ways out of this machine, as the user set them. What cannot be read is never taken for something weaker. */
export type NetworkStore = {
  /** Null when what is stored cannot be read: then nothing of this service may be dialled. Throws `not-found`. */
  route(accountId: AccountId, service: ServiceKind): AccountRoute | null
  setRoute(accountId: AccountId, service: ServiceKind, route: AccountRoute): void
  tor(): TorSettings
  setTor(change: TorSettingsChange): TorSettings
}

export type SettingsStore = {
  get(): Settings
  set(change: SettingsChange): Settings
}

/** The search index made anew after the way of folding letters changed. */
export type SearchRenewal = {
  /** Messages that are in the new index, of how many; null when all are. */
  progress(): { done: number; total: number } | null
  /** The next step, some tens of milliseconds; true when there is another one. Gives `parse` the bytes of messages. */
  step(parse: (raw: Uint8Array) => ParsedMessage): boolean
}

/** The whole store, open. One writer; every method is synchronous and transactional. */
export type Store = {
  readonly accounts: AccountStore
  readonly servers: ServerFactStore
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
  readonly sentCopies: SentCopyStore
  readonly searchRenewal: SearchRenewal
  readonly openpgp: OpenpgpStore
  readonly people: PeopleStore
  readonly contacts: ContactStore
  readonly calendars: CalendarStore
  readonly invitations: InvitationStore
  subscriptions: SubscriptionStore
  readonly collectionWaits: CollectionWaits
  readonly streams: StreamStore
  /** Runs several calls as one transaction. */
  transaction<T>(work: () => T): T
  onChange(listener: ChangeListener): () => void
  /**
   * Encrypted copy under the same key, as the store is when it begins, made in pieces while it is in use. Refuses an existing
   * file; throws `cancelled` then leaves none.
   */
  backup(path: string, work: LongWork): Promise<{ sizeBytes: number }>
  /** Reads every page of a backup of this store, in pieces. Throws `backup-damaged`, `cancelled`. */
  checkBackup(path: string, work: LongWork): Promise<void>
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
