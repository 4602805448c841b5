/** What the sync machine of a DAV collection asks of the store that keeps its objects: a calendar's or an address book's. */

/** An object as the server last gave it: the merge base of the next change. */
export type ServerCopy = Readonly<{
  /** As the server wrote it; compared as a decoded path. */
  href: string
  /** Null where the server gave none, or only a weak one. */
  etag: string | null
  /** For objects with guests on a server that schedules (RFC 6638 §3.2.10). */
  scheduleTag: string | null
  bytes: Uint8Array
}>

/** What the machine has to know of an object that is here. */
export type KnownObject = Readonly<{
  href: string
  etag: string | null
  /** Null where the object names none. */
  uid: string | null
  /** Changed here, and the change is not on the server yet. */
  isEdited: boolean
}>

/** Where the listing of a collection stands. */
export type CollectionState = Readonly<{
  /** Of sync-collection (RFC 6578); null: everything is to be listed. */
  syncToken: string | null
  /** As it was before the listing; null where the server has none. */
  ctag: string | null
  /** A listing in pages was cut off after one of them: the next one ends it and compares everything. */
  isUnfinished: boolean
}>

/** What one step of a pull changes. The store applies it in one transaction, or nothing of it. */
export type PulledChange = Readonly<{
  /** New or changed on the server. Where the object is edited here the edit stays, with this as what it will be merged with. */
  copies: readonly ServerCopy[]
  /** Same object, new address: local state goes with it. */
  moved: readonly Readonly<{ from: string; copy: ServerCopy }>[]
  /** Gone from the server. Never one that is edited here. */
  removed: readonly string[]
  /** Gone from the server and edited here: to be asked about, and kept until then. */
  goneButEdited: readonly string[]
  /** Absent: as before. */
  state?: CollectionState
}>

/** Part of a feature's store, for one collection. */
export type PulledObjects = {
  state(): CollectionState
  known(): readonly KnownObject[]
  apply(change: PulledChange): void
}

/** What a pull came to. */
export type PullReport = Readonly<{
  outcome:
    | 'unchanged'
    | 'done'
    /** More than a third would go: nothing was removed. Asked of the person, then pulled again with their answer. */
    | 'asks-about-removal'
    /** Some objects could not be read; the token stays, and the next pull tries them again. */
    | 'incomplete'
  received: number
  removed: number
  /** Addresses that would go, or that could not be read. */
  concerned: readonly string[]
}>
