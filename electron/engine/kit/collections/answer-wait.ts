import { answersTo, type CollectionAnswer } from '../../../../shared/kit/collection-wait'
import { SiegelError } from '../../../../shared/kit/result'
import type { DavKind } from '../../ports/dav/dav-sync'
import type { RemoteCollections } from '../../ports/dav/remote-objects'
import type { CollectionWait } from '../../ports/dav/waits'
import type { Needs } from '../../ports/parts'

/** Answers what waits in a collection. What is about objects on the server is done with the next pass. Throws `not-found`, `unsupported`. */
export function answerWait(
  { store }: Needs<never, 'collectionWaits' | 'transaction'>,
  kind: DavKind,
  collections: Pick<RemoteCollections, 'makeLocal' | 'giveUp' | 'sendAgain' | 'forgetCollection'>,
  { waitId, answer }: Readonly<{ waitId: number; answer: CollectionAnswer }>,
): void {
  const wait = store.collectionWaits.list(kind).find(({ id }) => id === waitId)
  if (wait === undefined) throw new SiegelError('not-found', { what: 'question' })
  if (!answersTo[wait.what].includes(answer))
    throw new SiegelError('unsupported', { reason: `"${answer}" is no answer to "${wait.what}"` })
  store.transaction(() => settle(store.collectionWaits, kind, collections, wait, answer))
}

function settle(
  waits: Needs<never, 'collectionWaits'>['store']['collectionWaits'],
  kind: DavKind,
  collections: Parameters<typeof answerWait>[2],
  { id, collectionId, what, object }: CollectionWait,
  answer: CollectionAnswer,
): void {
  switch (what) {
    case 'asks-removal':
      // Done with the next pass, which finds out anew what is gone.
      waits.answered(id, answer)
      return
    case 'gone':
      waits.forget(kind, collectionId)
      if (answer === 'keep') collections.makeLocal(collectionId)
      else collections.forgetCollection(collectionId)
      return
    case 'read-only':
      collections.giveUp(collectionId, null)
      waits.remove(id)
      return
    case 'not-sent':
      if (answer === 'give-up') collections.giveUp(collectionId, object)
      else if (object !== null) collections.sendAgain(object)
      waits.remove(id)
      return
    case 'unread':
      waits.tryAgain(id)
      return
    default:
      waits.remove(id)
  }
}
