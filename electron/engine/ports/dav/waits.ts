import type {
  CollectionAnswer,
  CollectionWaitFacts,
  CollectionWaitKind,
} from '../../../../shared/kit/collections/wait'
import type { DavCollection } from './discovery'
import type { PulledChange, UnreadObject } from './objects'

/** One thing that waits, or is to be known. */
export type CollectionWait = Readonly<{
  id: number
  collectionId: number
  what: CollectionWaitKind
  /** The object it is about; null where it is about the collection, or about an object that is not here. */
  object: number | null
  /** Of an object that could not be read. */
  href: string | null
  facts: CollectionWaitFacts
  atMs: number
}>

/** What waits in one collection. Each method is one transaction, or part of the one that it is called in. */
export type WaitsOfCollection = {
  unread(): readonly UnreadObject[]
  /** Takes `unread` and `settled` of a pull. */
  pulled(change: Pick<PulledChange, 'unread' | 'settled'>): void
  /** In the place of what was said of the same before; an answer that was given stays. */
  say(what: CollectionWaitKind, object: number | null, facts: CollectionWaitFacts): void
  /** It no longer waits. `object` undefined: none of the collection does. */
  end(what: CollectionWaitKind, object?: number | null): void
  /** It waits for no object but these. */
  endOthers(what: CollectionWaitKind, objects: ReadonlySet<number>): void
  /** An object is no more, and nothing of it waits. */
  objectGone(object: number): void
  /** A change of an object is about to be sent. True where one was sent before, and no answer came. */
  sending(object: number): boolean
  /** The server has answered to it, or what became of it is known otherwise. */
  landed(object: number): void
  /** A change was sent, and no answer came: the server may have it. */
  isInFlight(object: number): boolean
  /** What was answered to it; null while it waits for that, and where nothing waits. */
  answer(what: CollectionWaitKind): CollectionAnswer | null
}

/** What waits in all collections. */
export type CollectionWaits = {
  of(kind: DavCollection['kind'], collectionId: number): WaitsOfCollection
  /** Newest first. */
  list(kind: DavCollection['kind']): readonly CollectionWait[]
  get(id: number): CollectionWait | null
  /** Keeps the answer for the next pass. */
  answered(id: number, answer: CollectionAnswer): void
  /** An object that could not be read is asked for at the next pass. */
  tryAgain(id: number): void
  remove(id: number): void
  /** All of a collection, which is no longer one of a server. */
  forget(kind: DavCollection['kind'], collectionId: number): void
}
