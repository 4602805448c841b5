import type { CollectionState, ServerCopy } from '../../ports/dav/objects'
import type { WriteDb } from '../../store/db'

/** Where an object stands: as its server has it, or as it waits for it. */
export type ObjectState = 'here' | 'new' | 'changed' | 'deleted'

/** An object of a collection on a server as it is stored. */
export type ObjectRow = Readonly<{
  id: number
  href: string | null
  etag: string | null
  scheduleTag: string | null
  /** As it is here. */
  raw: Uint8Array
  /** As the server had it last, where `raw` is another one since; of a new one what was sent. Beside `here`: the server left something out. */
  base: Uint8Array | null
  state: ObjectState
}>

/** What a server made of an object. */
type KeptByServer = Readonly<{
  lost: readonly string[]
  /** Kept with another value. */
  changed: readonly string[]
  bytes: Uint8Array
}>

/** How far a collection was brought into step, as the tables of features keep it. */
export type StateRow = { sync_token: string | null; ctag: string | null; unfinished: number }

/** `undefined`: there is no such collection. */
export const stateOf = (row: StateRow | undefined): CollectionState => ({
  syncToken: row?.sync_token ?? null,
  ctag: row?.ctag ?? null,
  isUnfinished: row?.unfinished === 1,
})

/** The rows of one collection, in a feature's own tables. What is written tells the feed, and keeps the feature's index. */
export type ObjectRows = Readonly<{
  state(): CollectionState
  setState(db: WriteDb, state: CollectionState): void
  row(id: number): ObjectRow | undefined
  /** All that have an address. */
  addresses(): readonly Readonly<{
    id: number
    href: string
    etag: string | null
    uid: string
    state: ObjectState
  }>[]
  /** Numbers of all that wait, oldest first. */
  waiting(): readonly number[]
  /** The one that is new here and is the same thing as these bytes, by its UID. */
  twinOf(bytes: Uint8Array): number | undefined
  insert(db: WriteDb, bytes: Uint8Array, state: ObjectState, copy: ServerCopy | null): number
  /** `isOther`: its bytes are, or it is shown again. */
  update(db: WriteDb, row: ObjectRow, isOther: boolean): void
  remove(db: WriteDb, id: number): void
  /** Of one that is new here: where the same thing is on the server and waits to be taken away, in another collection of the account. */
  movedFrom(id: number): ObjectRow | undefined
  /** Whether one that is to be taken away is new in another collection on a server: then it stays until it is there. */
  isMovedTo(id: number): boolean
  /** Takes the row of another collection away, after its object was moved. */
  removeMoved(db: WriteDb, id: number): void
  /** What was written here becomes an object of its own, under another UID. */
  keepBeside(db: WriteDb, bytes: Uint8Array): number
  /** Both changes in one; null where both changed the same, or one of them cannot be read. */
  merge(row: ObjectRow, theirs: Uint8Array): Uint8Array | null
  /** Whether what the server has was written by us and is what is here now, whatever the server made of it. */
  isOurs(row: ObjectRow, theirs: Uint8Array): boolean
  /** What a server made of what it was sent: what it left out, by names, and its copy with that put back. */
  serverCopy(sent: Uint8Array, copy: Uint8Array): KeptByServer
}>
