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

/** An object of the server that could not be read. */
export type UnreadObject = Readonly<{
  href: string
  /** As it was listed; it is asked for again when it is another one. */
  etag: string | null
  /** How often it was asked for in vain. */
  tries: number
  /** It is to be asked for again, whatever its ETag is. */
  isDue: boolean
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
  /** Gone from the server and kept here: edited here, or wanted back by the person. They become new. */
  goneButEdited: readonly string[]
  /** Could not be read in this pull. What comes later among `copies` or is removed is no longer one. */
  unread?: readonly (Pick<UnreadObject, 'href' | 'etag'> & {
    /** Asked for again at the next pull; otherwise when its ETag is another one, or after a long while. */
    isSoon: boolean
  })[]
  /** Could not be read, and need not be any more. */
  settled?: readonly string[]
  /** Absent: as before. */
  state?: CollectionState
}>

/** Part of a feature's store, for one collection. */
export type PulledObjects = {
  state(): CollectionState
  known(): readonly KnownObject[]
  unread(): readonly UnreadObject[]
  apply(change: PulledChange): void
}

/** What a pull came to. */
export type PullReport = Readonly<{
  outcome:
    | 'unchanged'
    | 'done'
    /** More than a third would go (`isMassRemoval`): nothing was removed. Asked of the person, then pulled again with their answer. */
    | 'asks-about-removal'
    /** Some objects could not be read. They are remembered; where the server may only be out of order for a while the token stays as well. */
    | 'incomplete'
    /** The server says that it has no such collection: everything here stays. */
    | 'gone'
  received: number
  removed: number
  /** Addresses that would go, or that could not be read. */
  concerned: readonly string[]
}>
