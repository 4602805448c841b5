import type { MessageDetail } from '../../../shared/features/mail/model'
import type { Undone } from '../../../shared/features/writing/model'
import type { EventName, EventPayload } from '../../../shared/ipc/contract'
import type { AccountSetup } from './accounts/account-setup'
import type { Clock, Log, Random } from './basics'
import type { ReminderFormat } from './calendar/alarms'
import type { CalendarObjects } from './calendar/calendar-objects'
import type { Invitations } from './calendar/invitations'
import type { SubscriptionControl } from './calendar/subscriptions'
import type { TodoFormat } from './calendar/todos'
import type { ChatControl } from './chat/chat-control'
import type { ChatFinder } from './chat/chat-finder'
import type { XmppControl } from './chat/xmpp-session'
import type { CardFormat } from './contacts/card-format'
import type { DavControl } from './dav/dav-control'
import type { DavSync } from './dav/dav-sync'
import type { EncryptedCollections } from './dav/encrypted-collections'
import type { ArchivePort, FilePort } from './files'
import type { KeyHarvest } from './keys/key-harvest'
import type { KeyLookup, KeysInMail, Vault } from './keys/openpgp'
import type { ProtectedBuilder } from './keys/protected-mail'
import type { ThunderbirdDatabases } from './keys/thunderbird'
import type { SendingOffers } from './mail/mail-backend'
import type { MessageChanges } from './mail/message-changes'
import type { MimePort, ParsedMessage } from './mail/mime'
import type { AttachedKeys, OpenedMessages, Reading } from './mail/opened-mail'
import type { ProtectionReader } from './mail/reading'
import type { AroundPass, InboxEncryptionControl, SyncControl } from './mail/sync-control'
import type { NetworkGate, RefusedCertificates } from './net/gate'
import type { MeetingDoors } from './net/meeting-doors'
import type { NetworkControl, TransportControl } from './net/network-control'
import type { Authenticate, OneClick, RemoteImages } from './net/remote'
import type { Statuses } from './status-board'
import type { Store, UndoEntry } from './store'
import type { OutboxControl } from './writing/outbox-control'
import type { OutgoingBuilder, OutgoingMessage } from './writing/outgoing'
import type { Post } from './writing/post'

/** Everything the engine is made of, by name. Made in `compose/`; nothing takes all of it: see `Needs`. */
export type EngineParts = Readonly<{
  store: Store
  /** Messages as they are read, for those who quote, copy or take something from them. */
  reading: Reading
  /** What others change in the mailboxes, as the user would. */
  changes: MessageChanges
  mime: MimePort
  /** Reasons to distrust a message, from what it says itself. */
  inspect: (parsed: ParsedMessage) => MessageDetail['warnings']
  builder: OutgoingBuilder
  /** Writes what leaves encrypted or signed. */
  protectedBuilder: ProtectedBuilder
  /** All of a message in one sealed page, for people without a key; `writing/locked-page/` is the real one. */
  lockMessage: (message: OutgoingMessage, passphrase: string) => Promise<OutgoingMessage>
  gate: NetworkGate
  /** Calendars and address books on servers; `dav/` is the real one. */
  dav: DavControl
  /** Which of their collections are encrypted, and how. */
  encryptedCollections: EncryptedCollections
  /** Chat on servers; `xmpp/` is the real one. */
  xmpp: XmppControl
  /** Conversations over these connections; `features/chat/connection/` is the real one. */
  chat: ChatControl
  /** What the one search finds there. */
  chatFinder: ChatFinder
  sync: SyncControl
  /** Calendars that are read from an address. */
  subscriptions: SubscriptionControl
  /** The collections there, brought into step. */
  davSync: DavSync
  /** What every service of every account is doing. */
  statuses: Statuses
  /** Where nothing runs in the background. */
  aroundPass: AroundPass
  outbox: OutboxControl
  inboxEncryption: InboxEncryptionControl
  setup: AccountSetup
  /** What the gate refused lately, as it was seen. */
  refusedCertificates: RefusedCertificates
  archive: ArchivePort
  /** Takes back what another feature than mail did, inside a transaction; null for what is mail's. Throws `changed-since`. */
  takeBackElsewhere: (entry: UndoEntry) => Undone | null
  /** Cards of address books; `formats/vcard/` is the real one. */
  cards: CardFormat
  files: FilePort
  /** Calendar objects, read and edited as bytes. */
  calendarObjects: CalendarObjects
  /** Invitations as bytes; `features/calendar/invitations/` is the real one. */
  invitations: Invitations
  /** Mail that other features than writing send. */
  post: Post
  /** Reminders in calendar objects. */
  reminders: ReminderFormat
  /** To-dos, read and edited as bytes. */
  todoFormat: TodoFormat
  transport: TransportControl
  offers: SendingOffers
  network: NetworkControl
  /** Doors to the hosts of meetings that are open; `net/meeting-doors.ts` is the real one. */
  meetingDoors: MeetingDoors
  /** Tells a mailing list that its mail is not wanted; `remote/one-click.ts` is the real one. */
  oneClick: OneClick
  /** Images from outside; `remote/remote-images.ts` is the real one. */
  remote: Readonly<{ images: RemoteImages; authenticate: Authenticate }>
  /** OpenPGP, and the private keys that never come here. */
  vault: Vault
  /** What structure says of protection; `formats/openpgp/` is the real one. */
  protection: ProtectionReader
  /** Decrypted messages, in memory only. */
  opened: OpenedMessages
  keyLookup: KeyLookup
  keysInMail: KeysInMail
  /** Keys that came with a message as files. */
  attachedKeys: AttachedKeys
  /** Takes keys from mail. */
  harvest: KeyHarvest
  thunderbird: ThunderbirdDatabases
  clock: Clock
  random: Random
  log: Log
  /** False on the command line: nothing runs unless asked. */
  background: boolean
  emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void
}>

/**
 * What a use case takes: parts of the engine, and of the store the parts of it. Its signature is the whole truth about
 * what it can touch.
 */
export type Needs<
  Part extends Exclude<keyof EngineParts, 'store'> = never,
  StorePart extends keyof Store = never,
> = Pick<EngineParts, Part> &
  ([StorePart] extends [never] ? unknown : Readonly<{ store: Pick<Store, StorePart> }>)
