import type {
  CollectionKind,
  CollectionProtection,
} from '../../../../shared/features/collection-encryption/model'
import type { Fingerprint } from '../../../../shared/features/keys/model'
import type { CollectionFacts } from '../../../../shared/ipc/vault/collection-calls'
import type { RefusedObject } from '../../../../shared/kit/collection-step'
import type { AccountId } from '../../../../shared/kit/ids'
import type { SiegelError } from '../../../../shared/kit/result'
import type { ObjectCodec } from './codec'
import type { OpenCollection } from './dav-control'
import type { ServerCopy } from './objects'

/** A collection of an account, by its address on the server. */
export type CollectionPlace = Readonly<{
  accountId: AccountId
  url: string
  kind: CollectionKind
  name: string
}>

/** What replacing one form by the other asks of whoever keeps the objects. Each method is one transaction. */
export type ConvertibleObjects = {
  /** Ids of what is on the server and not removed here. */
  standing(): readonly number[]
  /** As it is here, and as the server has it; null where it is not on the server, or removed here. `isStanding`: nothing of it waits to be sent. */
  copyOf(id: number): Readonly<{ bytes: Uint8Array; copy: ServerCopy; isStanding: boolean }> | null
  /** The server has it, as this copy says; what was changed here since it was sent waits on. */
  stored(id: number, sent: Uint8Array, copy: ServerCopy): void
  /** The form that goes was changed there meanwhile: that change is taken over and waits to be sent. */
  changedThere(id: number, bytes: Uint8Array): void
  /** What could not be read is asked for again with the next pull. */
  askAgain(): void
}

/** One pass over a collection. */
export type EncryptionPass = {
  readonly codec: ObjectCodec
  /** Nothing is to be written: it is encrypted, and this machine has not joined. */
  readonly isClosed: boolean
  /** What could not be read is asked for once more: it was joined since, or its keys are others. */
  readonly asksAgain: boolean
  /**
   * Whether the server may move an object here as it lies at `from`: not where one of the two places has it sealed and the other not, or for another collection.
   */
  mayMoveHere(from: string, bytes: Uint8Array): boolean
  /** Replaces what has the wrong form, or what is to be sealed anew: before the pull, and after it what that brought. How many; throws what stops all of it. */
  convert(
    collection: OpenCollection,
    objects: ConvertibleObjects,
    options: Readonly<{
      isLast: boolean
      refused: (id: number, error: SiegelError) => void
      signal?: AbortSignal
    }>,
  ): Promise<number>
  /**
   * At the end, with the paths of all objects that are here. What was not believed. Throws `collection-encrypted` where it turned out to be encrypted and was
   * not joined.
   */
  end(objects: ConvertibleObjects, paths: ReadonlySet<string>): Promise<readonly RefusedObject[]>
}

/** Encrypted collections on any DAV server (docs/formats/encrypted-collections.md). */
export type EncryptedCollections = {
  /**
   * `schedules`: the server invites guests itself; null: as it was told last. `asksFirst`: whether it was encrypted meanwhile is asked before anything is sent there.
   * Throws `collection-keys-refused` and what the vault throws.
   */
  begin(
    place: CollectionPlace,
    facts: { schedules: boolean | null; asksFirst: boolean },
  ): Promise<EncryptionPass>
  /** Nothing is asked of the server. `staysClear`: ids of objects; what they are called is for whoever has them. */
  protection(
    place: CollectionPlace,
  ): Omit<CollectionProtection, 'staysClear'> & Readonly<{ staysClear: readonly number[] }>
  /**
   * Begins to encrypt it. Where it is encrypted by another machine, `join` takes its keys. Where it is encrypted by this one, goes on with what is clear in it.
   * Throws `no-key`, `key-not-backed-up`, `collection-encrypted`, `collection-keys-refused`.
   */
  encrypt(place: CollectionPlace, options: { showsBusy: boolean; join: boolean }): Promise<void>
  /** Nothing is known of its collections any more. */
  forgetAccount(accountId: AccountId): void
  /** Begins to decrypt it. */
  decrypt(place: CollectionPlace): Promise<void>
  /** Taking somebody out makes a new secret. Throws `no-key` for a key that is neither own nor verified. */
  changeMembers(
    place: CollectionPlace,
    change: { add: readonly Fingerprint[]; remove: readonly Fingerprint[] },
  ): Promise<void>
}

/** An encrypted collection as the store has it. */
export type EncryptedRow = Readonly<{
  id: number
  /** Null: seen, and not joined. */
  isJoined: boolean
  /** This machine replaces what has the wrong form, and seals anew what must be. */
  isWorking: boolean
  facts: CollectionFacts
  /** The server invites guests itself: until it says no, it is taken to. */
  schedules: boolean
  signedBy: Fingerprint | null
  /** The OpenPGP message, binary. */
  keyObject: Uint8Array
  refused: readonly RefusedObject[]
  /** Objects with guests, as the last pass left them. */
  staysClear: readonly number[]
  left: number
}>

/** The newest version of an object that was ever seen here. */
export type SeenObject = Readonly<{
  uid: string
  path: string
  revision: number
  generation: number
  /** SHA-256 of its envelope in base64. */
  digest: string
  /** It was here and is no more. */
  isGone: boolean
  /** To be sealed anew. */
  isOld: boolean
}>

/** A replacement on its way: from before the new form is put until the old one is known to be gone. */
export type FormMove = Readonly<{
  object: number
  newHref: string
  /** As the server had it. */
  old: ServerCopy
  /** The new form was read back and is the object now. */
  isAdopted: boolean
}>

/** Part of the store. */
export type EncryptedCollectionStore = {
  get(place: Pick<CollectionPlace, 'accountId' | 'url'>): EncryptedRow | null
  /** Those of an account that were joined, with their addresses. */
  joined(accountId: AccountId): readonly Readonly<{ url: string; row: EncryptedRow }>[]
  save(
    place: Pick<CollectionPlace, 'accountId' | 'url'>,
    row: Omit<EncryptedRow, 'id' | 'schedules' | 'refused' | 'staysClear' | 'left'>,
  ): EncryptedRow
  remove(row: EncryptedRow): void
  forgetAccount(accountId: AccountId): void
  setSchedules(row: EncryptedRow, schedules: boolean): EncryptedRow
  /** Which version of the keys is known here now; 0 where none is. */
  serial(place: Pick<CollectionPlace, 'accountId' | 'url'>): number
  /** How far a pass is. */
  toldLeft(row: EncryptedRow, left: number): void
  told(row: EncryptedRow, outcome: Pick<EncryptedRow, 'refused' | 'staysClear' | 'left'>): void
  seen(row: EncryptedRow, uid: string): SeenObject | null
  /** What lies there and is not gone. */
  seenAt(row: EncryptedRow, path: string): SeenObject | null
  remember(row: EncryptedRow, object: Omit<SeenObject, 'isGone' | 'isOld'>): void
  /** Whether none of its objects was ever read. */
  isUnseen(row: EncryptedRow): boolean
  /** Which of those seen are here; those that were and are not are gone. */
  sweep(row: EncryptedRow, paths: ReadonlySet<string>): void
  /** All are to be sealed anew. */
  markOld(row: EncryptedRow): void
  moves(row: EncryptedRow): readonly FormMove[]
  saveMove(row: EncryptedRow, move: FormMove): void
  endMove(row: EncryptedRow, object: number): void
}
