import type { KnownObject, UnreadObject } from '../../ports/dav/objects'
import { strongEtag } from '../etag'
import { hrefKey, isBelow, isSamePath } from '../href'
import { type Row, rowStatus } from '../xml/multistatus'
import { dav } from '../xml/names'
import { textOf } from '../xml/read'

/** Objects here, by the path they are compared by. */
export type KnownByPath = ReadonlyMap<string, KnownObject>

/** Objects that could not be read in an earlier pull, by the same path. */
export type UnreadByPath = ReadonlyMap<string, UnreadObject>

/** What a page of a listing or of changes asks for. Addresses are as the server wrote them. */
export type PagePlan = Readonly<{
  /** New, changed, or told of in a way that says too little: to be fetched. */
  wanted: readonly string[]
  /** Said to be gone, and known here, or known as what could not be read: paths. */
  gone: readonly string[]
  /** Every path that the page says is there. */
  present: ReadonlySet<string>
  /** What it says they are, null where it says nothing that can be compared. */
  etags: ReadonlyMap<string, string | null>
  /** The server broke off and has more (507 for the collection, RFC 6578 §3.6). */
  hasMore: boolean
}>

export function knownByPath(known: readonly KnownObject[], collection: URL): KnownByPath {
  return new Map(known.map(object => [hrefKey(object.href, collection) ?? object.href, object]))
}

/**
 * Reads one answer of sync-collection or PROPFIND. Rows of other places, of the collection itself and of collections in it are
 * passed over, and so are rows that are gone and were never known. A row that comes twice counts once.
 */
export function planPage(
  rows: readonly Row[],
  collection: URL,
  known: KnownByPath,
  unread: UnreadByPath = new Map(),
): PagePlan {
  const own = hrefKey(collection.href, collection) ?? ''
  const wanted = new Map<string, string>()
  const gone = new Set<string>()
  const present = new Set<string>()
  const etags = new Map<string, string | null>()
  let hasMore = false
  for (const row of rows) {
    const path = hrefKey(row.href, collection)
    if (path === null) continue
    const status = rowStatus(row)
    if (isSamePath(path, own)) {
      hasMore ||= status === 507
      continue
    }
    if (!isBelow(path, own) || path.endsWith('/') || isCollection(row)) continue
    if (status === 404 || status === 410) {
      if ((known.has(path) || unread.has(path)) && !present.has(path)) gone.add(path)
      continue
    }
    present.add(path)
    gone.delete(path)
    const etag = strongEtag(textOf(row.props.get(dav('getetag'))))
    etags.set(path, etag)
    // What could not be read is not asked for at each pull as long as it is the same.
    const last = unread.get(path)
    if (last && !last.isDue && etag !== null && last.etag === etag) continue
    const before = known.get(path)
    // Without a strong ETag, or with another status, the row proves nothing: what is here stays and is compared with a fetch.
    if (!before || etag === null || strongEtag(before.etag) !== etag) wanted.set(path, row.href)
  }
  return { wanted: [...wanted.values()], gone: [...gone], present, etags, hasMore }
}

const isCollection = (row: Row) =>
  row.props.get(dav('resourcetype'))?.children.some(({ name }) => name === dav('collection')) ?? false

/** What a full listing does not show. It is no deletion yet: servers list windows, and answer empty once. */
export const absentFrom = (present: ReadonlySet<string>, known: KnownByPath): string[] =>
  [...known.keys()].filter(path => !present.has(path))

/**
 * Whether so many removals of so many objects are asked about first: more than a third, in a collection of any size. `isToldAlone`: it is one object, which
 * the server named as removed since the last pull, and has not when it is asked for it. That is what people do every day, also to one
 * of two. A server that lost things names none of them: it forgets its token, or has none, and they are absent from a listing.
 */
export const isMassRemoval = (removals: number, objects: number, isToldAlone: boolean): boolean =>
  !isToldAlone && removals * 3 > objects

/** Whether an answer to a token means that it is of no use any more: RFC 6578 §3.2, and what servers do instead. */
export const isTokenRefused = (status: number, precondition: string | null): boolean =>
  precondition === dav('valid-sync-token') || [400, 403, 409, 410, 412, 415, 500].includes(status)

/** Objects that went from one address to another in the same pull, by their UID; each address takes part once. */
export function movesAmong(
  goneObjects: readonly Readonly<{ path: string; uid: string | null }>[],
  arrived: readonly Readonly<{ path: string; uid: string | null }>[],
): ReadonlyMap<string, string> {
  const moves = new Map<string, string>()
  for (const { path, uid } of goneObjects) {
    const taken = new Set(moves.values())
    const to = uid === null ? undefined : arrived.find(each => each.uid === uid && !taken.has(each.path))
    if (to) moves.set(path, to.path)
  }
  return moves
}
