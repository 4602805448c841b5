import { SiegelError } from '../../../../shared/kit/result'
import type { ServerCopy } from '../../ports/dav/objects'
import type { ObjectWrite, WriteOutcome } from '../../ports/dav/writes'
import { type Condition, contentTypes, type DavClient, type ObjectKind } from '../client'
import { strongEtag } from '../etag'
import { hrefKey } from '../href'
import { DavRefusal, knownFailures } from '../refusal'
import { type Multistatus, rowStatus } from '../xml/multistatus'
import { dav } from '../xml/names'
import { type Fetched, fetchAlone } from './fetch-objects'
import { judgeRefusal, type WriteRefusal } from './judge-refusal'

type Place = Readonly<{ client: DavClient; collection: URL; kind: ObjectKind; signal?: AbortSignal }>

/**
 * Brings one change to the server under a condition (If-Match, If-None-Match: *), so that nothing of others is written over, and reads
 * back what the server made of it: what it keeps may differ from what it was sent, whatever its ETag says. Every change may be brought again
 * after a cut: one that was done already answers `stored`, `removed` or `theirs` with our own bytes.
 */
export const writeObject = (place: Place, write: ObjectWrite): Promise<WriteOutcome> =>
  knownFailures(async () => {
    switch (write.kind) {
      case 'add':
        return put(place, write, { kind: 'new' }, null)
      case 'change':
        return ifCollectionIsThere(place, await change(place, write.base, write.bytes))
      case 'remove':
        return ifCollectionIsThere(place, await remove(place, write.base, write.quietly === true))
      case 'move':
        return move(place, write.base, write.to)
    }
  })

/** Where the whole collection is gone, each object is: that is for the pull to find, and no reason to make one new or to drop one. */
async function ifCollectionIsThere(place: Place, outcome: WriteOutcome): Promise<WriteOutcome> {
  if (outcome.kind !== 'gone' && !(outcome.kind === 'removed' && outcome.wasGone)) return outcome
  try {
    await place.client.propfind(place.collection, '0', [dav('resourcetype')], place.signal)
    return outcome
  } catch (error) {
    if (!(error instanceof DavRefusal) || error.status === 401) throw error
    return { kind: 'later', afterMs: null, status: error.status }
  }
}

/** Under the base's ETag. Where it has no strong one, the object is read first and compared, which is all that can be done. */
async function change(place: Place, base: ServerCopy, bytes: Uint8Array): Promise<WriteOutcome> {
  const condition = await conditionFor(place, base)
  return 'outcome' in condition
    ? condition.outcome
    : put(place, { href: base.href, bytes }, condition, base.bytes)
}

async function conditionFor(place: Place, base: ServerCopy): Promise<Condition | { outcome: WriteOutcome }> {
  const etag = strongEtag(base.etag)
  if (etag !== null) return { kind: 'unchanged', etag }
  const tag = strongEtag(base.scheduleTag)
  if (tag !== null) return { kind: 'schedule-unchanged', tag }
  const now = await look(place, base.href)
  if (now.kind === 'gone') return { outcome: { kind: 'gone' } }
  if (now.kind === 'unread') return { outcome: { kind: 'later', afterMs: null, status: 0 } }
  if (!isEqual(now.copy.bytes, base.bytes)) return { outcome: { kind: 'theirs', copy: now.copy } }
  const fresh = strongEtag(now.copy.etag)
  return fresh === null ? { kind: 'none' } : { kind: 'unchanged', etag: fresh }
}

/** `before`: what lay there before, null for what is new. */
async function put(
  place: Place,
  { href, bytes }: Readonly<{ href: string; bytes: Uint8Array }>,
  condition: Condition,
  before: Uint8Array | null,
): Promise<WriteOutcome> {
  const url = below(place, href)
  try {
    const answer = await place.client.put(url, bytes, { condition, contentType: contentTypes[place.kind] })
    const hidden = hiddenRefusal(answer.hidden)
    if (hidden) return orNotThere(await afterRefusal(place, href, hidden), condition)
    const { location } = answer
    const at = location?.origin === url.origin ? location.pathname : href
    const isStale = (back: Fetched): boolean =>
      back.kind === 'here' &&
      before !== null &&
      // One that says the same as the answer to the change is what the server made of it.
      (answer.etag === null || answer.etag !== back.copy.etag) &&
      isEqual(back.copy.bytes, before) &&
      !isEqual(back.copy.bytes, bytes)
    const first = await look(place, at)
    // Servers of several machines answer with what was there before our change; as the answer to it that would take the change back.
    const back = isStale(first) ? await look(place, at) : first
    if (isStale(back)) return { kind: 'later', afterMs: null, status: 0 }
    if (back.kind === 'here') return { kind: 'stored', copy: back.copy }
    return back.kind === 'gone' ? { kind: 'stored-elsewhere' } : { kind: 'later', afterMs: null, status: 0 }
  } catch (error) {
    if (!(error instanceof DavRefusal) || error.status === 401) throw error
    return orNotThere(await afterRefusal(place, href, error), condition)
  }
}

/** What was to be new cannot be gone: a server that says that it is there, and has it not, is asked again later. */
const orNotThere = (outcome: WriteOutcome, condition: Condition): WriteOutcome =>
  outcome.kind === 'gone' && condition.kind === 'new'
    ? { kind: 'later', afterMs: null, status: 412 }
    : outcome

async function afterRefusal(place: Place, href: string, refusal: WriteRefusal): Promise<WriteOutcome> {
  const judged = judgeRefusal(refusal)
  if (judged !== 'look') return judged
  const now = await look(place, href)
  if (now.kind === 'here') return { kind: 'theirs', copy: now.copy }
  return now.kind === 'gone' ? { kind: 'gone' } : { kind: 'later', afterMs: null, status: refusal.status }
}

async function remove(place: Place, base: ServerCopy, quietly: boolean): Promise<WriteOutcome> {
  const condition = await conditionFor(place, base)
  if ('outcome' in condition) return orRemoved(condition.outcome)
  try {
    const { hidden } = await place.client.remove(below(place, base.href), condition, quietly)
    const refusal = hiddenRefusal(hidden)
    if (!refusal) return { kind: 'removed' }
    return orRemoved(await afterRefusal(place, base.href, refusal))
  } catch (error) {
    if (!(error instanceof DavRefusal) || error.status === 401) throw error
    return orRemoved(await afterRefusal(place, base.href, error))
  }
}

/** What is gone already need not be removed. */
const orRemoved = (outcome: WriteOutcome): WriteOutcome =>
  outcome.kind === 'gone' ? { kind: 'removed', wasGone: true } : outcome

async function move(place: Place, base: ServerCopy, to: string): Promise<WriteOutcome> {
  const destination = below(place, to)
  const condition = await conditionFor(place, base)
  if ('outcome' in condition && condition.outcome.kind !== 'gone') return condition.outcome
  if (!('outcome' in condition))
    try {
      await place.client.move(below(place, base.href), destination, condition)
    } catch (error) {
      if (!(error instanceof DavRefusal) || error.status === 401) throw error
      const judged = judgeRefusal(error)
      if (judged !== 'look') return judged
      const here = await look(place, base.href)
      // Still at the old place: what was refused is the change, or the new place is taken.
      if (here.kind === 'here')
        return isEqual(here.copy.bytes, base.bytes)
          ? { kind: 'refused', status: error.status, reason: `HTTP ${error.status}`, words: error.words }
          : { kind: 'theirs', copy: here.copy }
    }
  // Also after a cut, when the first try had moved it.
  const moved = await look(place, to)
  if (moved.kind === 'here') return { kind: 'stored', copy: moved.copy }
  return moved.kind === 'gone' ? { kind: 'gone' } : { kind: 'later', afterMs: null, status: 0 }
}

const look = ({ client, collection, signal }: Place, href: string): Promise<Fetched> =>
  fetchAlone(client, collection, href, hrefKey(href, collection) ?? href, signal)

/** What a 207 hides: the first row that is no success. */
function hiddenRefusal(hidden: Multistatus | null): WriteRefusal | null {
  for (const row of hidden?.rows ?? []) {
    const status = row.failedStatus ?? rowStatus(row)
    if (row.precondition !== null || (status !== null && (status < 200 || status >= 300)))
      return { status: status ?? 500, precondition: row.precondition, words: '', retryAfterMs: null }
  }
  return null
}

/** The address of an object; what leads to another server is a fault of who made it. */
function below({ collection }: Place, href: string): URL {
  const url = URL.parse(href, collection.href)
  if (url === null || url.origin !== collection.origin)
    throw new SiegelError('not-permitted', { reason: 'redirect', target: href.slice(0, 200) })
  return url
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(withCrlf(a)).equals(withCrlf(b))

/** Multiget and GET may end lines differently. */
const withCrlf = (bytes: Uint8Array): Buffer =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replace(/\r?\n/g, '\r\n').trimEnd(), 'latin1')
