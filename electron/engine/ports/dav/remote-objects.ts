import type { StepNoteKind } from '../../../../shared/kit/collection-step'
import type { AccountId } from '../../../../shared/kit/ids'
import type { DavCollection } from './discovery'
import type { ConvertibleObjects } from './encrypted-collections'
import type { PulledObjects, ServerCopy } from './objects'
import type { WaitsOfCollection } from './waits'

/** One spelling of an address, for comparing: `DavControl.spelling`. */
export type Spelling = (href: string, base: string) => string

/** A change that waits for the server. */
export type WaitingObject = Readonly<{
  id: number
  state: 'new' | 'changed' | 'deleted'
  /** Null: the server has not been told of it. */
  href: string | null
  etag: string | null
  scheduleTag: string | null
  bytes: Uint8Array
  /** As the server had it last; of a new one what was sent, where the answer is not known. */
  base: Uint8Array | null
}>

/** What was decided about an object that both sides changed. `second`: the object that what was written here became. */
export type StepNote = Readonly<{ id: number; kind: StepNoteKind; second: number | null }>

/** The objects of a collection on a server, while it is brought into step. Each method is one transaction. */
export type RemoteObjects = PulledObjects &
  ConvertibleObjects & {
    waiting(): readonly number[]
    /** Null where it no longer waits. */
    change(id: number): WaitingObject | null
    /** A new object is about to be sent there. */
    sending(id: number, href: string): void
    /** It is there, and not where it was sent: the next pull tells where. `isOurs`: as it was sent; otherwise one of the same UID from elsewhere. */
    storedElsewhere(id: number, isOurs: boolean): void
    /** A change of it is about to be sent. True where one was sent before, and no answer came. */
    begin(id: number): boolean
    /** The server has answered to it. */
    landed(id: number): void
    removed(id: number): void
    /** What a new one is on the server already, in another collection of the account where it waits to be taken away. */
    movedFrom(id: number): Readonly<{ id: number; copy: ServerCopy }> | null
    /** Whether one that is to be taken away is not in its other collection yet: until then it stays on the server. */
    isMovedTo(id: number): boolean
    /** The server moved it, as this copy says; `from`: its row in the other collection. */
    moved(from: number, id: number, sent: Uint8Array, copy: ServerCopy): void
    /** Somebody else was faster: merged by property, or both kept. */
    theirs(id: number, copy: ServerCopy): void
    /** Removed there and changed here: it is new again. */
    gone(id: number): void
    /** What of it waits for a person. */
    readonly waits: WaitsOfCollection
    /** What was decided since it was opened. */
    notes(): readonly StepNote[]
  }

/** A collection as its server tells of it. */
export type ToldCollection = Pick<DavCollection, 'url' | 'name' | 'colour' | 'isReadOnly'> &
  Readonly<{
    /** '' for one's own. */
    owner: string
    /** The server sends invitations and answers by itself (RFC 6638). */
    schedules?: boolean
  }>

/** A collection of an account that is here. */
export type RemoteCollection = Readonly<{ id: number; url: string; isReadOnly: boolean }>

/** What a feature keeps of accounts' collections: calendars, or address books. */
export type RemoteCollections = {
  /** Those of an account, with their addresses there. */
  remote(accountId: AccountId): readonly RemoteCollection[]
  /** Takes what a server told of its collections. One that it does not tell of stays. */
  told(accountId: AccountId, collections: readonly ToldCollection[], spelling: Spelling): void
  /** To be closed by nobody; it holds nothing open. */
  openRemote(id: number, url: string, spelling: Spelling): RemoteObjects
  /** Changes of an account that its server does not have. */
  waitingCount(accountId: AccountId): number
  /** It is one of this machine from now on, with what is in it. */
  makeLocal(id: number): void
  /** What the server had last counts again, of one object or of all of a collection; what was never there goes. */
  giveUp(id: number, object: number | null): void
  /** A change that the server took and does not show is sent as if for the first time. */
  sendAgain(object: number): void
  /** One of them goes, with what is in it. */
  forgetCollection(id: number): void
  /** All collections of an account go, with what is in them. */
  forgetAccount(accountId: AccountId): void
}
