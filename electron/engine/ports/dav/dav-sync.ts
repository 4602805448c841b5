import type { CollectionStep } from '../../../../shared/kit/collection-step'
import type { AccountId } from '../../../../shared/kit/ids'
import type { Failure } from '../../../../shared/kit/result'
import type { DavCollection } from './discovery'
import type { CollectionPlace } from './encrypted-collections'
import type { RemoteCollections, StepNote } from './remote-objects'

export type DavKind = DavCollection['kind']

/** What a feature gives, so that its collections are brought into step. */
export type KeptKind = Readonly<{
  kind: DavKind
  /** How the names of new objects end there. */
  extension: 'ics' | 'vcf'
  collections: RemoteCollections
  /** What a person calls it. */
  nameOf(collectionId: number): string
  /** What a person calls an object in it. */
  titleOf(id: number): string
  /** The UID of an object, null where it names none or cannot be read. */
  uidOf(bytes: Uint8Array): string | null
}>

type InCollection = Readonly<{ kind: DavKind; collectionId: number }>

/** What a pass came to. */
export type StepReport = {
  collections: (InCollection & CollectionStep)[]
  notes: (InCollection & Readonly<{ note: StepNote }>)[]
  /** `collectionId` null: of the account as a whole. */
  problems: { accountId: AccountId; kind: DavKind | null; collectionId: number | null; problem: Failure }[]
}

/** A collection of an account that is here. */
export type KnownCollection = Readonly<{ collectionId: number; place: CollectionPlace; isReadOnly: boolean }>

/** Collections of accounts, brought into step with their servers; `kit/collections/dav-sync.ts` is the real one. */
export type DavSync = {
  /**
   * One pass over an account, or over all whose service is on, one after the other. `removesMany`: the person agreed that more than a
   * third of a collection goes. What fails for an account or a collection is in `problems`.
   */
  run(
    accountId: AccountId | null,
    options: Readonly<{ kinds: readonly DavKind[]; removesMany: boolean }>,
  ): Promise<StepReport>
  /** Collections of all accounts, as they are here. */
  collections(): readonly KnownCollection[]
  titleOf(kind: DavKind, id: number): string
  /** Changes of an account that its server does not have, of all kinds. */
  waitingCount(accountId: AccountId): number
  /** All collections of an account go from here, with what is in them. */
  forgetAccount(accountId: AccountId): void
  /** In the background: a pass, then one every ten minutes and soon after a change. Does nothing for an account without this service. */
  start(accountId: AccountId): void
  stop(accountId: AccountId): Promise<void>
  /** For good. */
  stopAll(): Promise<void>
  /** Ends the passes that are under way, of one account or all: whoever waits for one gets `cancelled`. The background goes on with the next. */
  stopPass(accountId: AccountId | null): void
  /** A pass soon, of one account or all that run in the background. */
  syncNow(accountId: AccountId | null): void
  /** The machine woke, or the network changed. */
  wake(): void
  /** What an account waited for on its way out is there. */
  wayOpened(accountId: AccountId): void
  /** Something changed here that servers may have to be told of. */
  changed(): void
}
