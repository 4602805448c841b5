import { isServiceOn } from '../../../../../shared/features/accounts/services'
import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import type { CallOutput } from '../../../../../shared/ipc/contract'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError, toFailure } from '../../../../../shared/kit/result'
import type { Problem } from '../../../../../shared/kit/status'
import { newUid } from '../../../kit/objects/new-uid'
import { requireAccount } from '../../../kit/require'
import type { RemoteObjects, WaitingObject } from '../../../ports/calendar/calendar-store'
import type { OpenCollection } from '../../../ports/dav/dav-control'
import type { CollectionPlace } from '../../../ports/dav/encrypted-collections'
import type { ServerCopy } from '../../../ports/dav/objects'
import type { ObjectWrite, WriteOutcome } from '../../../ports/dav/writes'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { colourOf } from './calendars'

type Context = Needs<'calendarObjects' | 'dav' | 'encryptedCollections' | 'random', 'accounts' | 'calendars'>
type Report = CallOutput<'calendars.sync'>

/** Tries of one change in one pass: another device may be faster once or twice, and the next pass is soon. */
const mostTries = 3

const problemOf = (error: unknown): Problem => {
  const { code, retryable, params } = toFailure(error)
  return { code, retryable, params: { ...params } }
}

/** Calendars of accounts, brought into step with their servers. */
export function calendarSyncUseCases(context: Context): Pick<UseCases, 'calendars.sync'> {
  const { store } = context
  return {
    'calendars.sync': async ({ accountId, removesMany }) => {
      const report: Report = { calendars: [], notes: [], problems: [], refused: [] }
      const ids =
        accountId === null
          ? store.accounts
              .list()
              .filter(account => isServiceOn(account, 'dav'))
              .map(({ id }) => id)
          : [requireAccount(context, accountId).id]
      // One account that fails does not keep the others from theirs.
      for (const id of ids) await syncAccount(context, id, removesMany === true, report)
      return report
    },
  }
}

async function syncAccount(
  context: Context,
  accountId: AccountId,
  isRemovalConfirmed: boolean,
  report: Report,
): Promise<void> {
  const { store, dav } = context
  const failed = (error: unknown, calendarId: CalendarId | null) =>
    report.problems.push({ accountId, calendarId, problem: problemOf(error) })
  let schedules: ReadonlySet<string>
  try {
    const { collections } = await dav.collections(accountId)
    schedules = new Set(
      collections.filter(each => each.schedules).map(({ url }) => dav.spelling(url, url).replace(/\/$/, '')),
    )
    const count = store.calendars.list().length
    const told = collections
      .filter(({ kind }) => kind === 'calendar')
      .map(({ url, name, colour, owner, isReadOnly }, at) => ({
        ...{ url, name, isReadOnly, owner: owner ?? '', colour: colour ?? colourOf(count + at) },
      }))
    store.calendars.told(accountId, told, dav.spelling)
  } catch (error) {
    failed(error, null)
    return
  }
  for (const { id, url, isReadOnly } of store.calendars.remote(accountId)) {
    const objects = store.calendars.openRemote(id, url, dav.spelling)
    try {
      const { syncToken, ctag } = objects.state()
      const encryption = await context.encryptedCollections.begin(placeOf(context, accountId, { id, url }), {
        schedules: schedules.has(dav.spelling(url, url).replace(/\/$/, '')),
        asksFirst: (syncToken === null && ctag === null) || objects.waiting().length > 0,
      })
      const isClosed = isReadOnly || encryption.isClosed
      const collection = dav.open(accountId, url, 'calendar', encryption.codec)
      const told = new Set<EventId>()
      const refused = (eventId: EventId, error: unknown) => {
        if (!told.has(eventId)) failed(error, id)
        told.add(eventId)
      }
      const first = isClosed
        ? 0
        : await sendAll(context, collection, objects, url, { refused, isLast: false })
      const { converted } = isClosed ? { converted: 0 } : await encryption.convert(collection, objects)
      const { outcome, received, removed, concerned } = await collection.pull(objects, {
        uidOf: bytes => uidOf(context, bytes),
        isRemovalConfirmed,
      })
      // What the pull merged or made new.
      const second = isClosed
        ? 0
        : await sendAll(context, collection, objects, url, { refused, isLast: true })
      const paths = new Set(objects.known().map(({ href }) => dav.spelling(href, url)))
      const refusedObjects = await encryption.end(objects, paths)
      report.refused.push(...refusedObjects.map(each => ({ calendarId: id, ...each })))
      report.calendars.push({
        ...{ calendarId: id, outcome, received, removed, converted, sent: first + second },
        ...{ concerned: concerned.length, waiting: objects.waiting().length },
      })
    } catch (error) {
      failed(error, id)
    } finally {
      report.notes.push(...objects.notes())
    }
  }
}

/** A calendar as an encrypted collection. */
export const placeOf = (
  { store }: Needs<never, 'calendars'>,
  accountId: AccountId,
  { id, url }: { id: CalendarId; url: string },
): CollectionPlace => ({ accountId, url, kind: 'calendar', name: store.calendars.get(id)?.name ?? '' })

/** Brings what waits to the server, each change by itself. How many arrived; what is refused is told and waits on. */
async function sendAll(
  context: Context,
  collection: OpenCollection,
  objects: RemoteObjects,
  url: string,
  { refused, isLast }: { refused: (id: EventId, error: unknown) => void; isLast: boolean },
): Promise<number> {
  let sent = 0
  for (const id of objects.waiting()) {
    for (let tries = 0; tries < mostTries; tries++) {
      const change = objects.change(id)
      if (change === null) break
      const write = writeOf(context, objects, url, change)
      const outcome = await collection.write(write)
      if (take(objects, id, change, outcome)) sent++
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

function writeOf(context: Context, objects: RemoteObjects, url: string, change: WaitingObject): ObjectWrite {
  const { id, bytes, href, etag, scheduleTag, state } = change
  if (state === 'new' || href === null) {
    // The name says nothing of the event, and stands before it is sent: after a cut it is the same.
    const at = href ?? `${new URL(url).pathname.replace(/\/?$/, '/')}${newUid(context)}.ics`
    if (href === null) objects.sending(id, at)
    return { kind: 'add', href: at, bytes }
  }
  const base: ServerCopy = { href, etag, scheduleTag, bytes: change.base ?? bytes }
  return state === 'deleted' ? { kind: 'remove', base } : { kind: 'change', base, bytes }
}

/** True where the change arrived. */
function take(objects: RemoteObjects, id: EventId, { bytes }: WaitingObject, outcome: WriteOutcome): boolean {
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
  // Not in this calendar, or the pull had brought it.
  if (outcome.kind === 'uid-elsewhere' && isLast)
    return new SiegelError('server-refused', { host, detail: 'the same event lies in another calendar' })
  if (outcome.kind === 'later')
    return new SiegelError('server-unavailable', { host, detail: `HTTP ${outcome.status}` })
  return null
}

/** What cannot be read names no UID. */
function uidOf({ calendarObjects }: Context, bytes: Uint8Array): string | null {
  try {
    return calendarObjects.split(bytes)[0]?.uid || null
  } catch {
    return null
  }
}
