import type { CollectionWaitKind } from '../../../../shared/kit/collections/wait'
import type { AccountId } from '../../../../shared/kit/ids'
import { type ErrorCode, SiegelError, toFailure } from '../../../../shared/kit/result'
import type { DavControl } from '../../ports/dav/dav-control'
import type { KeptKind, StepReport } from '../../ports/dav/dav-sync'
import type { DavCollection } from '../../ports/dav/discovery'
import type { EncryptedCollections } from '../../ports/dav/encrypted-collections'
import type { RemoteCollection, ToldCollection } from '../../ports/dav/remote-objects'
import type { WaitsOfCollection } from '../../ports/dav/waits'
import { isSameCollection } from './same-collection'
import { sendChanges } from './send-changes'

export const emptyReport = (): StepReport => ({ collections: [], notes: [], problems: [] })

/** Failures of the way there and of the sign-in: every other collection of the account would meet them too. */
const ofAccount: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['name-unresolved', 'connection-refused', 'connection-timeout', 'connection-lost'] as const),
  ...(['proxy-failed', 'tls-failed', 'certificate-refused', 'certificate-changed'] as const),
  ...(['login-refused', 'login-not-now', 'login-unsupported', 'service-off'] as const),
  ...(['offline', 'cancelled', 'locked', 'disk-full', 'store-damaged'] as const),
])

export type PassOptions = Readonly<{
  kept: readonly KeptKind[]
  encrypted: EncryptedCollections
  /** Collections are found again, and all are pulled; otherwise only those where something waits. */
  isWhole: boolean
  isRemovalConfirmed: boolean
  /** Addresses of collections that are not wanted here. */
  leftOut: readonly string[]
  newUid: () => string
  /** `what`: collections, or objects of the one at hand. */
  progress: (what: 'collections' | 'objects', done: number, total: number) => void
  signal?: AbortSignal
}>

/**
 * One pass over an account: its collections are found again; each is sent to, pulled, and sent to again for what the pull merged. What
 * fails for one collection is in the report and does not keep the others from theirs. Throws where the account as a whole cannot be reached.
 */
export async function passOverCollections(
  dav: DavControl,
  accountId: AccountId,
  report: StepReport,
  { kept, encrypted, isWhole, isRemovalConfirmed, leftOut, newUid, progress, signal }: PassOptions,
): Promise<void> {
  const isLeftOut = (url: string): boolean => leftOut.some(each => isSameCollection(each, url, dav.spelling))
  let found: readonly DavCollection[] = []
  if (isWhole) {
    const { collections } = await dav.collections(accountId)
    found = collections
    for (const { kind, collections: here } of kept) {
      const told = collections
        .filter(each => each.kind === kind && !isLeftOut(each.url))
        .map(
          ({ url, name, colour, owner, isReadOnly, schedules }): ToldCollection => ({
            ...{ url, name, colour, isReadOnly, schedules, owner: owner ?? '' },
          }),
        )
      here.told(accountId, told, dav.spelling)
    }
  }
  const all = kept.flatMap(each =>
    each.collections.remote(accountId).map(collection => ({ each, collection })),
  )
  const holds = ({ each, collection: { id, url } }: (typeof all)[number]): boolean => {
    const objects = each.collections.openRemote(id, url, dav.spelling)
    return objects.waiting().some(object => objects.isMovedTo(object))
  }
  const held = all.filter(holds)
  let done = 0
  for (const { each, collection } of all) {
    progress('collections', done++, all.length)
    if (signal?.aborted === true) throw new SiegelError('cancelled')
    const told = found.find(({ url }) => isSameCollection(url, collection.url, dav.spelling))
    const schedules = told ? told.schedules : null
    await stepOf(dav, accountId, report, each, collection, {
      ...{ encrypted, schedules, isWhole, isRemovalConfirmed, newUid, progress },
      ...(signal ? { signal } : {}),
    })
    // What waits in it has its chance first.
    const { openRemote, forgetCollection } = each.collections
    const { id, url } = collection
    if (isLeftOut(url) && openRemote(id, url, dav.spelling).waiting().length === 0) forgetCollection(id)
  }
  // What was on its way from them to another collection has arrived there, or not; then it goes or stays.
  for (const one of held) {
    const { each, collection } = one
    const before = report.collections.find(
      ({ kind, collectionId }) => kind === each.kind && collectionId === collection.id,
    )
    if (before === undefined || holds(one)) continue
    before.waiting = each.collections.openRemote(collection.id, collection.url, dav.spelling).waiting().length
    if (before.waiting === 0) continue
    const again = emptyReport()
    await stepOf(dav, accountId, again, each, collection, {
      ...{ schedules: null, isWhole: false, isRemovalConfirmed, newUid, encrypted, progress },
      ...(signal ? { signal } : {}),
    })
    report.problems.push(...again.problems)
    for (const { sent, waiting } of again.collections) {
      before.sent += sent
      before.waiting = waiting
    }
  }
}

/** Null, or 0 of them: it is not so, or not any more. */
function sayOrEnd(waits: WaitsOfCollection, what: CollectionWaitKind, count: number | null): void {
  if (count === null || (count === 0 && what !== 'gone')) waits.end(what)
  else waits.say(what, null, { count })
}

async function stepOf(
  dav: DavControl,
  accountId: AccountId,
  report: StepReport,
  { kind, extension, collections, uidOf, nameOf }: KeptKind,
  { id: collectionId, url, isReadOnly }: RemoteCollection,
  {
    encrypted,
    schedules,
    isWhole,
    isRemovalConfirmed,
    newUid,
    progress,
    signal,
  }: Omit<PassOptions, 'kept' | 'leftOut'> & { schedules: boolean | null },
): Promise<void> {
  const objects = collections.openRemote(collectionId, url, dav.spelling)
  if (!isWhole && (isReadOnly || objects.waiting().length === 0)) return
  const { waits } = objects
  const failed = (error: unknown) =>
    report.problems.push({ accountId, kind, collectionId, problem: toFailure(error) })
  const answer = waits.answer('asks-removal')
  try {
    const { syncToken, ctag } = objects.state()
    const encryption = await encrypted.begin(
      { accountId, url, kind, name: nameOf(collectionId) },
      { schedules, asksFirst: (syncToken === null && ctag === null) || objects.waiting().length > 0 },
    )
    if (encryption.asksAgain) objects.askAgain()
    const isClosed = isReadOnly || encryption.isClosed
    const collection = dav.open(accountId, url, kind, encryption.codec)
    const told = new Set<number>()
    const refused = (id: number, error: unknown) => {
      if (!told.has(id)) failed(error)
      told.add(id)
      const { code, retryable, params } = toFailure(error)
      waits.say('not-sent', id, { problem: { code, retryable, params: { ...params } } })
    }
    const newName = () => `${newUid()}.${extension}`
    const { mayMoveHere } = encryption
    const send = async (isLast: boolean) =>
      isClosed ? 0 : sendChanges({ collection, objects, url, newName, mayMoveHere, refused, isLast })
    const first = await send(false)
    const convert = async (isLast: boolean) =>
      isClosed
        ? 0
        : encryption.convert(collection, objects, { isLast, refused, ...(signal ? { signal } : {}) })
    const before = await convert(false)
    const { outcome, received, removed, concerned } = await collection.pull(objects, {
      uidOf,
      isRemovalConfirmed: isRemovalConfirmed || answer === 'remove',
      putsBack: answer === 'put-back',
      progress: (done, total) => progress('objects', done, total),
      ...(signal ? { signal } : {}),
    })
    sayOrEnd(waits, 'asks-removal', outcome === 'asks-about-removal' ? concerned.length : 0)
    sayOrEnd(waits, 'gone', outcome === 'gone' ? objects.known().length : null)
    // What the pull merged or made new.
    const last = outcome === 'gone' ? 0 : await send(true)
    const sent = first + last
    const converted = before + (outcome === 'gone' ? 0 : await convert(true))
    // Refused in its other form, and no longer wanted in it.
    waits.endOthers('not-sent', new Set([...objects.waiting(), ...told]))
    // What was sent after the listing is in no token yet: removed by somebody else before the next pass, it would never be told.
    if (last > 0) {
      const again = await collection.pull(objects, { uidOf, isRemovalConfirmed: false })
      if (again.outcome === 'asks-about-removal') sayOrEnd(waits, 'asks-removal', again.concerned.length)
    }
    if (outcome === 'gone') waits.end('not-sent')
    sayOrEnd(waits, 'read-only', isReadOnly ? objects.waiting().length : 0)
    const paths = new Set(objects.known().map(({ href }) => dav.spelling(href, url)))
    const refusedObjects = await encryption.end(objects, paths)
    report.collections.push({
      ...{ kind, collectionId, outcome, received, removed, sent, converted, refused: [...refusedObjects] },
      ...{ concerned: concerned.length, waiting: objects.waiting().length },
    })
  } catch (error) {
    if (ofAccount.has(toFailure(error).code)) throw error
    failed(error)
  } finally {
    report.notes.push(...objects.notes().map(note => ({ note, kind, collectionId })))
  }
}
