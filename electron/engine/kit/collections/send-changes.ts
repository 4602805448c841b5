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
  /** A name for a new object, that says nothing of it. */
  newName: () => string
  /** `id`: of the object that was not taken. */
  refused: (id: number, error: unknown) => void
  /** After the pull: what it could have settled it has. */
  isLast: boolean
}>

/** Brings what waits to the server, each change by itself. How many arrived; what is refused is told and waits on. */
export async function sendChanges(sending: Sending): Promise<number> {
  const { collection, objects, url, refused, isLast } = sending
  let sent = 0
  for (const id of objects.waiting()) {
    for (let tries = 0; tries < mostTries; tries++) {
      const change = objects.change(id)
      if (change === null) break
      const outcome = await collection.write(writeOf(sending, change))
      if (take(objects, change, outcome)) sent++
      else if (outcome.kind !== 'theirs' && outcome.kind !== 'gone') {
        const error = refusalOf(url, outcome, isLast)
        if (error) refused(id, error)
        // Now is not the time, for none of them.
        if (outcome.kind === 'later') return sent
        break
      }
    }
  }
  return sent
}

function writeOf({ objects, url, newName }: Sending, change: WaitingObject): ObjectWrite {
  const { id, bytes, href, etag, scheduleTag, state } = change
  if (state === 'new' || href === null) {
    // The name stands before it is sent: after a cut it is the same.
    const at = href ?? `${new URL(url).pathname.replace(/\/?$/, '/')}${newName()}`
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
  const { hostname: host } = new URL(url)
  if (outcome.kind === 'read-only') return new SiegelError('server-refused', { host, detail: 'read only' })
  if (outcome.kind === 'refused')
    return new SiegelError('server-refused', {
      host,
      detail: [outcome.reason, outcome.words].filter(Boolean).join(': ').slice(0, 500),
    })
  // Not in this collection, or the pull had brought it.
  if (outcome.kind === 'uid-elsewhere' && isLast)
    return new SiegelError('server-refused', { host, detail: 'the same UID lies in another collection' })
  if (outcome.kind === 'later')
    return new SiegelError('server-unavailable', { host, detail: `HTTP ${outcome.status}` })
  return null
}
