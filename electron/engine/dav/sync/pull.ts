import { SiegelError } from '../../../../shared/kit/result'
import type { CollectionState, PulledObjects, PullReport, ServerCopy } from '../../ports/dav/objects'
import type { DavClient, ObjectKind } from '../client'
import { hrefKey, isSamePath, pathKey } from '../href'
import { DavRefusal, knownFailures } from '../refusal'
import { hostOf, portOf } from '../session'
import type { Multistatus } from '../xml/multistatus'
import { calendarServer, dav } from '../xml/names'
import { textOf } from '../xml/read'
import { type Fetched, fetchObjects } from './fetch-objects'
import {
  absentFrom,
  isMassRemoval,
  isTokenRefused,
  type KnownByPath,
  knownByPath,
  movesAmong,
  planPage,
  type UnreadByPath,
} from './plan'

/** Objects of one multiget: servers refuse or cut longer ones. */
const BATCH = 50
/** Multigets that are asked for at the same time: a server thinks about one while another is on its way or stored here. */
const AT_ONCE = 4
/** After so many tries an object that the server is out of order for is passed over, so that it does not hold the token for ever. */
const PATIENCE = 3
/** So many objects that all fail are a server that is out of order, and not so many broken objects. */
const NOT_BY_CHANCE = 10
/** Pages of one listing; more is a server that goes round in circles. */
const MOST_PAGES = 5_000

export type PullDeps = Readonly<{
  client: DavClient
  store: PulledObjects
  /** The UID of an object, null where it names none or cannot be read. */
  uidOf: (bytes: Uint8Array) => string | null
}>

export type PullOptions = Readonly<{
  collection: URL
  kind: ObjectKind
  /** The person was asked about a mass removal and said yes. */
  isRemovalConfirmed?: boolean
  /** Or said no: what is gone there becomes new here, and goes there again. */
  putsBack?: boolean
  /** How many of the objects that were listed so far are here. */
  progress?: (done: number, total: number) => void
  /** Ends it between two batches, and what is asked for meanwhile; what came stays, and the next pull asks for the rest. */
  signal?: AbortSignal
}>

/** What was listed. `present` is null where only changes were told. */
type Listing = Readonly<{
  gone: ReadonlySet<string>
  /** Whether those were named as changes since the last pull. */
  isNamed: boolean
  present: ReadonlySet<string> | null
  syncToken: string | null
}>

/**
 * Brings what changed on the server into the store: changes since the token where the server has tokens, otherwise everything
 * by ETag. Rows are stored before the token that stands for them. What a full listing does not show is removed only when the server says
 * 404 for it, what is edited here is never removed, and nothing is when more than a third would go (`isMassRemoval`) and nobody said yes.
 * Throws SiegelError; nothing is removed then.
 */
export const pullCollection = (deps: PullDeps, options: PullOptions): Promise<PullReport> =>
  knownFailures(() => pull(deps, options))

async function pull(deps: PullDeps, options: PullOptions): Promise<PullReport> {
  const { client, store, uidOf } = deps
  const { collection, kind, signal } = options
  const before = store.state()
  // Before the listing: what changes meanwhile is then listed twice and never missed.
  const facts = await collectionFacts(client, collection, signal)
  if (facts === null) return { outcome: 'gone', received: 0, removed: 0, concerned: [] }
  const unreadBefore = new Map(
    store.unread().map(each => [hrefKey(each.href, collection) ?? each.href, each] as const),
  )
  const due = [...unreadBefore.values()].filter(({ isDue }) => isDue)
  if (facts.ctag !== null && facts.ctag === before.ctag && !before.isUnfinished && due.length === 0)
    return { outcome: 'unchanged', received: 0, removed: 0, concerned: [] }

  const known = knownByPath(store.known(), collection)
  const arrived: { path: string; uid: string | null; copy: ServerCopy }[] = []
  const goneMeanwhile = new Set<string>()
  const unread = new Map<string, Unread>()
  const settled: string[] = []
  const etags = new Map([...unreadBefore].map(([path, { etag }]) => [path, etag] as const))
  let received = 0
  let done = 0
  let total = 0
  /** Fetches and stores. Where something may be gone, a new object may be that one moved, and waits for the end of the listing. */
  const take = async (hrefs: readonly string[], mayHaveMoved: boolean) => {
    const batches = Array.from({ length: Math.ceil(hrefs.length / BATCH) }, (_, at) =>
      hrefs.slice(at * BATCH, (at + 1) * BATCH),
    )
    total += hrefs.length
    for await (const fetched of inOrder(batches, AT_ONCE, batch =>
      fetchObjects(client, collection, kind, batch, signal),
    )) {
      if (signal?.aborted === true) throw new SiegelError('cancelled')
      done += fetched.length
      const copies: ServerCopy[] = []
      if (fetched.length >= NOT_BY_CHANCE && fetched.every(each => each.kind === 'unread' && each.isForLater))
        throw new SiegelError('server-unavailable', {
          ...{ host: hostOf(collection), port: portOf(collection), detail: 'no object could be read' },
        })
      for (const each of fetched) {
        if (each.kind === 'unread') {
          unread.set(each.path, each)
          continue
        }
        unread.delete(each.path)
        if (unreadBefore.has(each.path)) settled.push(unreadBefore.get(each.path)?.href ?? each.path)
        if (each.kind === 'gone') {
          if (known.has(each.path)) goneMeanwhile.add(each.path)
        } else {
          received++
          if (mayHaveMoved && !known.has(each.path))
            arrived.push({ path: each.path, uid: uidOf(each.copy.bytes), copy: each.copy })
          else copies.push(each.copy)
        }
      }
      // Batch by batch, so that a cut loses one at most.
      if (copies.length > 0) store.apply({ ...nothing, copies })
      options.progress?.(done, total)
    }
  }

  const listing = await list(deps, options, facts, before, { known, unread: unreadBefore, etags }, take)
  for (const path of listing.gone) settled.push(...[unreadBefore.get(path)?.href ?? []].flat())
  const again = due.flatMap(({ href }) =>
    unread.has(hrefKey(href, collection) ?? href) || settled.includes(href) ? [] : [href],
  )
  await take(again, false)
  const gone = new Set([...listing.gone, ...goneMeanwhile])
  if (listing.present !== null) {
    const suspects = absentFrom(listing.present, known).filter(path => !gone.has(path))
    for (const each of await confirm(deps, options, suspects, known)) {
      if (each.kind === 'gone') gone.add(each.path)
      else if (each.kind === 'here') store.apply({ ...nothing, copies: [each.copy] })
      // Neither there nor gone: it stays, and the listing is not taken for complete.
      else unread.set(each.path, each)
    }
  }

  const alone = gone.size === 1 && listing.isNamed ? [...listing.gone][0] : undefined
  const isShareLarge = isMassRemoval(1, known.size, false) && options.isRemovalConfirmed !== true
  let isToldAlone = false
  if (alone !== undefined && isShareLarge && known.get(alone)?.isEdited === false) {
    const [asked] = await confirm(deps, options, [alone], known)
    isToldAlone = asked?.kind === 'gone'
    if (!isToldAlone) gone.delete(alone)
    if (asked?.kind === 'here') store.apply({ ...nothing, copies: [asked.copy] })
    else if (asked?.kind === 'unread') unread.set(alone, asked)
  }

  const goneObjects = [...gone].map(path => ({ path, uid: known.get(path)?.uid ?? null }))
  const moves = movesAmong(goneObjects, arrived)
  const movedTo = new Set(moves.values())
  const lost = goneObjects.flatMap(({ path }) => (moves.has(path) ? [] : (known.get(path) ?? [])))
  const news = arrived.filter(({ path }) => !movedTo.has(path)).map(({ copy }) => copy)
  const moved = [...moves].flatMap(([from, to]) => {
    const copy = arrived.find(({ path }) => path === to)?.copy
    const old = known.get(from)
    return copy && old ? [{ from: old.href, copy }] : []
  })
  const removed = lost.filter(({ isEdited }) => !isEdited).map(({ href }) => href)
  const edited = lost.filter(({ isEdited }) => isEdited).map(({ href }) => href)
  const concerned = [...unread.values()].map(({ href }) => href)
  const isMass = isMassRemoval(removed.length, known.size, isToldAlone)
  if (isMass && options.isRemovalConfirmed !== true && options.putsBack !== true) {
    // What came is kept; the token is not, so that the next pull finds the same again.
    store.apply({ ...nothing, copies: news, moved })
    return { outcome: 'asks-about-removal', received, removed: 0, concerned: removed }
  }
  const putsBack = isMass && options.putsBack === true
  const state: CollectionState = { syncToken: listing.syncToken, ctag: facts.ctag, isUnfinished: false }
  // A server that is out of order is asked again from where we were; what it will never say is not.
  const isSoon = (path: string, { isForLater }: Unread): boolean =>
    isForLater && (unreadBefore.get(path)?.tries ?? 0) + 1 < PATIENCE
  const isBehindUs = ![...unread].some(([path, each]) => isSoon(path, each))
  store.apply({
    ...{ copies: news, moved, removed: putsBack ? [] : removed },
    goneButEdited: putsBack ? [...edited, ...removed] : edited,
    unread: [...unread].map(([path, each]) => ({
      ...{ href: each.href, etag: etags.get(path) ?? null, isSoon: isSoon(path, each) },
    })),
    settled,
    ...(isBehindUs ? { state } : {}),
  })
  return {
    outcome: unread.size === 0 ? 'done' : 'incomplete',
    received,
    removed: putsBack ? 0 : removed.length,
    concerned,
  }
}

/** Works on some of them at the same time, and gives what came of each in their order. */
async function* inOrder<T, R>(
  all: readonly T[],
  atOnce: number,
  work: (each: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = []
  const begin = (each: T | undefined): void => {
    if (each === undefined) return
    const begun = work(each)
    // Whoever waits for it hears of it; when one before it failed, nobody does.
    begun.catch(() => undefined)
    running.push(begun)
  }
  for (const each of all.slice(0, atOnce)) begin(each)
  for (let at = atOnce; running.length > 0; at++) {
    const done = await running.shift()
    begin(all[at])
    yield done as R
  }
}

type Unread = Readonly<{ href: string; isForLater: boolean }>

const nothing = { copies: [], moved: [], removed: [], goneButEdited: [] } as const

type Facts = Readonly<{ ctag: string | null; hasSync: boolean }>

/** Null where the server says that there is no such collection. */
async function collectionFacts(
  client: DavClient,
  collection: URL,
  signal?: AbortSignal,
): Promise<Facts | null> {
  const names = [
    calendarServer('getctag'),
    dav('sync-token'),
    dav('supported-report-set'),
    dav('resourcetype'),
  ]
  const answer = await client.propfind(collection, '0', names, signal).catch((error: unknown) => {
    const isGone = error instanceof DavRefusal && (error.status === 404 || error.status === 410)
    // What is not where a redirect leads says nothing of the collection.
    if (isGone && isSamePath(pathKey(new URL(error.url)), pathKey(collection))) return null
    throw error
  })
  if (answer === null) return null
  const { rows, url } = answer
  // Its objects would look like others; where it lies now is for the person, or for finding the collections again.
  if (url.origin !== collection.origin || !isSamePath(pathKey(url), pathKey(collection)))
    throw new SiegelError('not-permitted', {
      ...{ host: collection.hostname, reason: 'redirect', target: url.href.slice(0, 200) },
    })
  const own = hrefKey(collection.href, collection) ?? ''
  const row = rows.find(({ href }) => isSamePath(hrefKey(href, collection) ?? '', own))
  // A server that does not know the collection it was asked about knows nothing of what is in it either.
  if (!row || row.status === 404 || !row.props.has(dav('resourcetype')))
    throw new SiegelError('protocol-violation', {
      host: collection.hostname,
      detail: 'no answer about the collection',
    })
  const reports = row.props.get(dav('supported-report-set'))
  const says = (name: string): boolean =>
    reports?.children.some(each =>
      each.children.some(report => report.children.some(of => of.name === name)),
    ) ?? false
  return {
    ctag: textOf(row.props.get(calendarServer('getctag'))) || null,
    hasSync: says(dav('sync-collection')) || textOf(row.props.get(dav('sync-token'))) !== '',
  }
}

/** `etags`: what is listed goes there. */
type Listed = Readonly<{ known: KnownByPath; unread: UnreadByPath; etags: Map<string, string | null> }>

/** Lists by token, from the beginning where it is refused, and by ETag where that is refused too: each once, never in a circle. */
async function list(
  { client, store }: PullDeps,
  { collection, signal }: PullOptions,
  { hasSync }: Facts,
  before: CollectionState,
  { known, unread, etags }: Listed,
  take: (hrefs: readonly string[], mayHaveMoved: boolean) => Promise<void>,
): Promise<Listing> {
  const byToken = async (from: string): Promise<Listing> => {
    const gone = new Set<string>()
    const present = new Set<string>()
    let token = from
    for (let pages = 0; ; pages++) {
      const page: Multistatus = await client.syncCollection(collection, token, signal)
      const plan = planPage(page.rows, collection, known, unread)
      for (const [path, etag] of plan.etags) etags.set(path, etag)
      for (const path of plan.gone) gone.add(path)
      for (const path of plan.present) {
        present.add(path)
        gone.delete(path)
      }
      const isWhole = from === '' && !plan.hasMore
      const isAnyAbsent = isWhole ? absentFrom(present, known).length > 0 : plan.hasMore && known.size > 0
      await take(plan.wanted, gone.size > 0 || isAnyAbsent)
      // Without a token of its own the listing is good, but the next one begins anew.
      if (!plan.hasMore || page.syncToken === null)
        return {
          gone,
          isNamed: from !== '',
          present: from === '' ? present : null,
          syncToken: page.syncToken,
        }
      if (page.syncToken === token || pages === MOST_PAGES)
        throw new SiegelError('protocol-violation', {
          host: collection.hostname,
          detail: 'a listing without end',
        })
      token = page.syncToken
      // Where objects may have moved they are not stored yet, so their page is not behind us.
      if (known.size === 0)
        store.apply({ ...nothing, state: { syncToken: token, ctag: null, isUnfinished: true } })
    }
  }
  const byEtag = async (): Promise<Listing> => {
    const { rows } = await client.propfind(collection, '1', [dav('getetag'), dav('resourcetype')], signal)
    const { wanted, present, etags: listed } = planPage(rows, collection, known, unread)
    for (const [path, etag] of listed) etags.set(path, etag)
    await take(wanted, absentFrom(present, known).length > 0)
    return { gone: new Set(), isNamed: false, present, syncToken: null }
  }

  const refused = (error: unknown) =>
    error instanceof DavRefusal && isTokenRefused(error.status, error.precondition)
  if (!hasSync && before.syncToken === null) return byEtag()
  if (before.syncToken !== null && !before.isUnfinished) {
    try {
      return await byToken(before.syncToken)
    } catch (error) {
      if (!refused(error)) throw error
    }
  }
  if (before.isUnfinished && before.syncToken !== null) {
    // What earlier pages showed is not remembered, so after the last one everything is compared.
    try {
      const { syncToken } = await byToken(before.syncToken)
      const whole = await byEtag()
      return { ...whole, syncToken }
    } catch (error) {
      if (!refused(error)) throw error
    }
  }
  try {
    return await byToken('')
  } catch (error) {
    if (!refused(error)) throw error
    return byEtag()
  }
}

/** Asks for each of them by its address: only a 404 is a deletion. */
async function confirm(
  { client }: PullDeps,
  { collection, kind, signal }: PullOptions,
  paths: readonly string[],
  known: KnownByPath,
): Promise<Fetched[]> {
  const hrefs = paths.flatMap(path => known.get(path)?.href ?? [])
  const answers: Fetched[] = []
  for (let from = 0; from < hrefs.length; from += BATCH)
    answers.push(...(await fetchObjects(client, collection, kind, hrefs.slice(from, from + BATCH), signal)))
  return answers
}
