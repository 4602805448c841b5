import type { z } from 'zod'
import type {
  CallOutput,
  Contract,
  EngineCallName,
  EventName,
  EventPayload,
} from '../../../shared/ipc/contract'
import type { ConnectionTestReport, DiscoveryReport, ImapAccountConfig } from '../../../shared/model/account'
import type { NotTaken } from '../../../shared/model/archive'
import type { OutboxItem } from '../../../shared/model/compose'
import type { AccountId, MailboxId, MessageId, OutboxId } from '../../../shared/model/ids'
import type { MessageDetail } from '../../../shared/model/mail'
import type { TorStatus } from '../../../shared/model/network'
import type { Problem, SyncStatus } from '../../../shared/model/status'
import type { AddressTransport, TransportLevel } from '../../../shared/model/transport'
import type { Clock, Log, Random } from '../ports/basics'
import type { GateRequest, NetworkGate, RefusedCertificates, WayForSetUp } from '../ports/gate'
import type { MailSession, SendingOffers } from '../ports/mail-backend'
import type { MimePort, ParsedMessage } from '../ports/mime'
import type { KeyLookup, KeysInMail, Vault } from '../ports/openpgp'
import type { OutgoingBuilder, OutgoingMessage } from '../ports/outgoing'
import type { ProtectedBuilder } from '../ports/protected-mail'
import type { ProtectionReader } from '../ports/reading'
import type { Authenticate, OneClick, RemoteImages } from '../ports/remote'
import type { Store } from '../ports/store'
import type { ThunderbirdDatabases } from '../ports/thunderbird'
import type { OpenedMessages } from './opened-messages'

/** What use cases need of sync: `sync/sync-engine.ts` is the real one. */
type SyncControl = {
  start(accountId: AccountId): void
  stop(accountId: AccountId): Promise<void>
  syncNow(accountId: AccountId | null): void
  wake(): void
  /** What an account waited for on its way out is there; who is connected is left alone. */
  wayOpened(accountId: AccountId): void
  status(): readonly SyncStatus[]
  runOnce(
    accountId: AccountId | null,
    mailboxId: MailboxId | null,
  ): Promise<{
    folders: number
    messages: number
    new: number
    bytes: number
    elapsedMs: number
    problems: { accountId: AccountId; problem: Problem }[]
  }>
  /** Fetches every byte of one message now. */
  download(messageId: MessageId): Promise<void>
  /** Work on a signed-in connection of an account. */
  withSession<T>(accountId: AccountId, work: (session: MailSession) => Promise<T>): Promise<T>
  /** A task row was added: replay it soon. */
  taskAdded(accountId: AccountId): void
}

/** What use cases need of the encrypted inbox: `sync/inbox-encryption/` is the real one. */
type InboxEncryptionControl = {
  /** Something may be there to do; returns at once. */
  kick(accountId: AccountId): void
  /** Works until nothing is left or something stands in the way, which the settings name then. */
  run(accountId: AccountId): Promise<void>
}

/** What use cases need of the outbox: `sync/outbox-runner.ts` is the real one. */
type OutboxControl = {
  kick(): void
  /** The way may be open again: what waits for its next try is due now. */
  wake(accountId: AccountId | null): void
  /** Password, servers, route or trust changed: what failed for the old ones is tried with the new ones. */
  accountChanged(accountId: AccountId): void
  /** Works on one row until it is sent, failed or unknown. */
  runUntilFinal(id: OutboxId): Promise<OutboxItem>
  /** Settles what a crash left behind and tries every queued row once, whenever it was due. */
  runQueued(accountId: AccountId | null): Promise<void>
}

/** What use cases need to find and try servers. */
type AccountSetup = {
  /** `publicOnly`: never into the network around this machine. `localOnly`: nobody is asked, only what is known here. */
  discover(input: {
    address: string
    way: WayForSetUp
    publicOnly: boolean
    localOnly: boolean
  }): Promise<DiscoveryReport>
  /** `accountId`: an account that exists is tried by its own route, unless `way` says another. */
  test(input: {
    config: ImapAccountConfig
    password: string | null
    accountId: AccountId | null
    way: WayForSetUp
    publicOnly: boolean
  }): Promise<ConnectionTestReport>
}

/** Reading and writing mail files: `mail/archive/` is the real one. */
type ArchivePort = {
  /** `onNotTaken` is told of each file or message that cannot be taken, and why. */
  read(
    path: string,
    onNotTaken: (what: NotTaken) => void,
  ): AsyncIterable<{ raw: Uint8Array; flags: readonly string[]; internalDateMs: number | null }>
  writeMbox(path: string, messages: AsyncIterable<ArchivedMessage>): Promise<void>
  writeEmlDirectory(path: string, messages: AsyncIterable<ArchivedMessage>): Promise<void>
  writeMaildir(path: string, messages: AsyncIterable<ArchivedMessage>): Promise<void>
}
export type ArchivedMessage = Readonly<{
  raw: Uint8Array
  flags: readonly string[]
  internalDateMs: number
  from: string
}>

/** Files of the user, outside the profile: only under paths that main or the command line named. */
export type FilePort = {
  /** Throws `file-unreadable`, `too-large`. */
  read(path: string, maxBytes: number): Promise<Uint8Array>
  /** Writes under an unused variant of `fileName`; never overwrites. Answers the path. */
  writeNew(directory: string, fileName: string, bytes: Uint8Array): Promise<string>
}

/** What use cases need of transport security: `transport/transport-levels.ts` is the real one. */
type TransportControl = {
  levels(addresses: readonly string[], accountId: AccountId | null): Promise<AddressTransport[]>
  /** What is known without asking anybody. */
  known(addresses: readonly string[]): AddressTransport[]
  accept(domain: string): TransportLevel
  /** What could not be told for want of a way is asked again. */
  wayOpened(): void
}

/** What use cases need of the ways out: `net/ways.ts`, `net/egress-policy.ts` and `tor/tor.ts` are the real ones. */
type NetworkControl = {
  wayOf(
    request: GateRequest,
  ): Readonly<{ kind: 'direct' } | { kind: 'tor' | 'socks5'; onion: string | null } | { kind: 'refused' }>
  permitted(): readonly GateRequest[]
  newIdentity(accountId: AccountId | null): void
  torStatus(): TorStatus
  /** Looks for a running Tor; starts none. */
  lookForTor(): Promise<TorStatus>
  torSettingsChanged(): Promise<void>
}

/** Everything a use case may touch. Made in `compose.ts`. */
export type AppContext = Readonly<{
  store: Store
  mime: MimePort
  /** Reasons to distrust a message, from what it says itself. */
  inspect: (parsed: ParsedMessage) => MessageDetail['warnings']
  builder: OutgoingBuilder
  /** Writes what leaves encrypted or signed. */
  protectedBuilder: ProtectedBuilder
  /** All of a message in one sealed page, for people without a key; `mail/locked-page` is the real one. */
  lockMessage: (message: OutgoingMessage, passphrase: string) => Promise<OutgoingMessage>
  gate: NetworkGate
  sync: SyncControl
  outbox: OutboxControl
  inboxEncryption: InboxEncryptionControl
  setup: AccountSetup
  /** What the gate refused lately, as it was seen. */
  refusedCertificates: RefusedCertificates
  archive: ArchivePort
  files: FilePort
  transport: TransportControl
  offers: SendingOffers
  network: NetworkControl
  /** Tells a mailing list that its mail is not wanted; `remote/one-click.ts` is the real one. */
  oneClick: OneClick
  /** Images from outside; `remote/remote-images.ts` is the real one. */
  remote: Readonly<{ images: RemoteImages; authenticate: Authenticate }>
  /** OpenPGP, and the private keys that never come here. */
  vault: Vault
  /** What structure says of protection; `mail/openpgp/` is the real one. */
  protection: ProtectionReader
  /** Decrypted messages, in memory only. */
  opened: OpenedMessages
  keyLookup: KeyLookup
  keysInMail: KeysInMail
  thunderbird: ThunderbirdDatabases
  clock: Clock
  random: Random
  log: Log
  /** False on the command line: nothing runs unless asked. */
  background: boolean
  emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void
}>

/** Parsed input of a call. */
export type ParsedInput<N extends EngineCallName> = z.output<Contract[N]['in']>

/** One use case a call of the contract. */
export type UseCases = {
  [N in EngineCallName]: (input: ParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>>
}
