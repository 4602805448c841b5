import { SiegelError } from '../../../../shared/kit/result'
import type { OpenCollection } from '../../ports/dav/dav-control'
import type { ServerCopy } from '../../ports/dav/objects'
import type { RemoteObjects, WaitingObject } from '../../ports/dav/remote-objects'
import type { ObjectWrite, WriteOutcome } from '../../ports/dav/writes'

/** Tries of one change in one pass: another device may be faster once or twice, and the next pass is soon. */
const mostTries = 3

type Sending = Readonly<{
  collection: OpenCollection
  objects: RemoteObjects
  url: string
  /** Whether the server may move what lies there here, as it is. */
  mayMoveHere: (from: string, bytes: Uint8Array) => boolean
  /** A name for a new object, that says nothing of it. */
  newName: () => string
  /** `id`: of the object that was not taken. */
  refused: (id: number, error: unknown) => void
  /** After the pull: what it could have settled it has. */
  isLast: boolean
}>

/** Brings what waits to the server, each change by itself. How many arrived; what is refused is told and waits on. */
export async function sendChanges(sending: Sending): Promise<number> {
  const { objects, url, refused, isLast } = sending
  let sent = 0
  let putOff = 0
  for (const id of objects.waiting()) {
    for (let tries = 0; tries < mostTries; tries++) {
      const change = objects.change(id)
      if (change === null) break
      // On its way to another collection: what is not there yet is not taken away here.
      if (change.state === 'deleted' && objects.isMovedTo(id)) break
      // Taken by the server, which has not shown it since: sent again it might be there twice.
      if (change.state === 'new' && change.href === null && change.base !== null) {
        if (isLast) refused(id, new SiegelError('change-not-shown', { host: hostOf(url) }))
        break
      }
      const hasLostAnswer = change.state === 'changed' && objects.begin(id)
      const outcome =
        (await moveHere(sending, change)) ?? (await write(sending, objects.change(id) ?? change))
      if (outcome === null) break
      // It was answered: what differs there now is somebody else's, unless an earlier answer was lost.
      if (!hasLostAnswer) objects.landed(id)
      if (outcome.kind !== 'later') putOff = 0
      if (outcome.kind === 'moved' || take(objects, change, outcome)) sent++
      else if (outcome.kind !== 'theirs' && outcome.kind !== 'gone') {
        const error = refusalOf(url, outcome, isLast)
        if (error) refused(id, error)
        // One object that a server is out of order for does not hold the others; a server that is, does.
        if (outcome.kind === 'later' && (forNone.has(outcome.status) || ++putOff === mostPutOff)) return sent
        break
      }
    }
  }
  return sent
}

/** Too many requests, out of service, no room: none of the others would be taken either. */
const forNone: ReadonlySet<number> = new Set([429, 503, 507])
/** So many in a row are put off by a server that is out of order for all of them. */
const mostPutOff = 3

/** Failures that are about one object and not about the way there. */
const aboutObject: ReadonlySet<string> = new Set([
  'protocol-violation',
  'too-large',
  'not-permitted',
  'server-refused',
])

/**
 * What lies in another collection of the same server is moved there by the server (RFC 4918 §9.9): no moment in which it is nowhere, or twice,
 * and to those who were invited nothing happens. Null where it is to be sent as a new one: it was moved from nowhere, was edited since, or the server does not move it.
 */
async function moveHere(
  { collection, objects, url, newName, mayMoveHere }: Sending,
  { id, state, href, bytes }: WaitingObject,
): Promise<Readonly<{ kind: 'moved' }> | null> {
  const from = state === 'new' ? objects.movedFrom(id) : null
  if (from === null || !Buffer.from(from.copy.bytes).equals(bytes)) return null
  if (URL.parse(from.copy.href, url)?.origin !== new URL(url).origin) return null
  if (!mayMoveHere(from.copy.href, bytes)) return null
  const to = href ?? newHref(url, newName)
  // The name stands before it is asked for: after a cut it is looked for there.
  if (href === null) objects.sending(id, to)
  const outcome = await collection.write({ kind: 'move', base: from.copy, to })
  if (outcome.kind !== 'stored') return null
  objects.moved(from.id, id, bytes, outcome.copy)
  return { kind: 'moved' }
}

const newHref = (url: string, newName: () => string): string =>
  `${new URL(url).pathname.replace(/\/?$/, '/')}${newName()}`

/** Null where it failed for this object alone, which is told. */
async function write(sending: Sending, change: WaitingObject): Promise<WriteOutcome | null> {
  try {
    return await sending.collection.write(writeOf(sending, change))
  } catch (error) {
    if (!(error instanceof SiegelError) || !aboutObject.has(error.code)) throw error
    sending.refused(change.id, error)
    return null
  }
}

const hostOf = (url: string): string => new URL(url).hostname

function writeOf({ objects, url, newName }: Sending, change: WaitingObject): ObjectWrite {
  const { id, bytes, href, etag, scheduleTag, state } = change
  if (state === 'new' || href === null) {
    // The name stands before it is sent: after a cut it is the same.
    const at = href ?? newHref(url, newName)
    if (href === null) objects.sending(id, at)
    return { kind: 'add', href: at, bytes }
  }
  const base: ServerCopy = { href, etag, scheduleTag, bytes: change.base ?? bytes }
  return state === 'deleted' ? { kind: 'remove', base } : { kind: 'change', base, bytes }
}

/** True where the change arrived. */
function take(objects: RemoteObjects, { id, bytes }: WaitingObject, outcome: WriteOutcome): boolean {
  switch (outcome.kind) {
    case 'stored':
      objects.stored(id, bytes, outcome.copy)
      return true
    case 'removed':
      objects.removed(id)
      return true
    case 'stored-elsewhere':
      objects.storedElsewhere(id, true)
      return true
    case 'uid-elsewhere':
      objects.storedElsewhere(id, false)
      return false
    case 'theirs':
      objects.theirs(id, outcome.copy)
      return false
    case 'gone':
      objects.gone(id)
      return false
    default:
      return false
  }
}

/** What is told of a change that did not arrive; null where the pull that follows settles it. */
function refusalOf(url: string, outcome: WriteOutcome, isLast: boolean): SiegelError | null {
  const host = hostOf(url)
  if (outcome.kind === 'read-only') return new SiegelError('collection-read-only', { host })
  if (outcome.kind === 'refused')
    return new SiegelError('server-refused', {
      host,
      detail: [outcome.reason, outcome.words].filter(Boolean).join(': ').slice(0, 500),
    })
  // Not in this collection, or the pull had brought it.
  if (outcome.kind === 'uid-elsewhere' && isLast) return new SiegelError('uid-taken', { host })
  if (outcome.kind === 'later') {
    if (outcome.status === 0) return new SiegelError('change-not-shown', { host })
    if (outcome.status === 507) return new SiegelError('server-full', { host })
    return new SiegelError('server-unavailable', { host, detail: `HTTP ${outcome.status}` })
  }
  return null
}
