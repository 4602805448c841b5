import type { RefusedObject } from '../../../../../shared/kit/collection-step'
import { SiegelError } from '../../../../../shared/kit/result'
import type {
  CollectionPlace,
  ConvertibleObjects,
  EncryptedRow,
  EncryptionPass,
} from '../../../ports/dav/encrypted-collections'
import { CollectionCodec, Watch } from './codec'
import { type Context, keyHref, membersOf } from './context'
import { convertAll, countWrong, isAllNew, isStillWanted, putRight, sealAnew, type Work } from './convert'
import { fetchKeys, notWritten, readNewKeys, takeKeys, writeKeys } from './keys'

/** Refused objects that are looked for again at the end of a pass. */
const mostAskedAgain = 20

/** Begins a pass over a collection; see `EncryptedCollections.begin`. */
export async function beginPass(
  context: Context,
  place: CollectionPlace,
  { schedules, asksFirst }: { schedules: boolean | null; asksFirst: boolean },
): Promise<EncryptionPass> {
  const row = context.kept.get(place)
  if (row?.isJoined) {
    const taken = await takeOrEnd(context, place, row)
    if (taken === null) return watchingPass(context, place, false)
    const isOther = schedules !== null && schedules !== taken.schedules
    return joinedPass(context, place, isOther ? context.kept.setSchedules(taken, schedules) : taken, {
      asksAgain: taken.facts.serial !== row.facts.serial || context.kept.isUnseen(taken),
    })
  }
  if (row === null && asksFirst && (await fetchKeys(context, place)) !== null)
    return watchingPass(context, place, true)
  return watchingPass(context, place, row !== null)
}

/** Whether an object in any collection of the account is sealed. */
const isSealedAt = ({ kept, dav }: Context, { accountId }: CollectionPlace, href: string): boolean =>
  kept.joined(accountId).some(({ url, row }) => kept.seenAt(row, dav.spelling(href, url)) !== null)

/** Null where it is encrypted no more: its keys go last, and those who are members know that they will. */
async function takeOrEnd(
  context: Context,
  place: CollectionPlace,
  row: EncryptedRow,
): Promise<EncryptedRow | null> {
  try {
    return (await takeKeys(context, place, row)).row
  } catch (error) {
    const isOver =
      error instanceof SiegelError &&
      error.code === 'collection-keys-refused' &&
      error.params['reason'] === 'missing'
    // Where objects are left that they alone open, they are not let go.
    if (!isOver || row.facts.phase !== 'decrypting' || (row.isWorking && row.left > 0)) throw error
    context.kept.remove(row)
    return null
  }
}

/** Of a collection that is clear as far as is known here. */
function watchingPass(context: Context, place: CollectionPlace, isKnown: boolean): EncryptionPass {
  const watch = new Watch(context.dav.spelling(keyHref(place), place.url))
  watch.hasSeen = isKnown
  return {
    codec: watch,
    isClosed: isKnown,
    asksAgain: false,
    mayMoveHere: from => !isSealedAt(context, place, from),
    convert: async () => 0,
    end: async () => {
      if (!watch.hasSeen) return []
      const there = await fetchKeys(context, place)
      if (there === null) {
        const row = context.kept.get(place)
        if (row) context.kept.remove(row)
        return []
      }
      const { facts, signedBy } = await readNewKeys(context, place, there.keyObject)
      context.kept.save(place, {
        isJoined: false,
        isWorking: false,
        facts,
        signedBy,
        keyObject: there.keyObject,
      })
      throw new SiegelError('collection-encrypted', { name: place.name })
    },
  }
}

function joinedPass(
  context: Context,
  place: CollectionPlace,
  row: EncryptedRow,
  { asksAgain }: Pick<EncryptionPass, 'asksAgain'>,
): EncryptionPass {
  const { kept, dav } = context
  const pathOf = (href: string): string => dav.spelling(href, place.url)
  const going = (): ReadonlySet<string> =>
    new Set(kept.moves(codec.row).map(move => pathOf(move.isAdopted ? move.old.href : move.newHref)))
  const codec = new CollectionCodec(context, row, {
    place,
    keyPath: pathOf(keyHref(place)),
    going,
  })
  return {
    codec,
    isClosed: false,
    asksAgain,
    mayMoveHere: (from, bytes) => !codec.isWantedSealed(bytes) && !isSealedAt(context, place, from),
    convert: async (collection, objects, { isLast, ...options }) =>
      codec.row.isWorking ? workOn({ context, place, codec, collection, objects, ...options }, isLast) : 0,
    end: async (objects, paths): Promise<readonly RefusedObject[]> => {
      const plain = dav.open(place.accountId, place.url, place.kind)
      for (const path of codec.unjudged.slice(0, mostAskedAgain))
        if ((await plain.fetch(path)) === null) codec.forget(path)
      const { refused } = codec
      const now = kept.get(place)
      if (now) {
        // Told otherwise since it began: what is left is counted for what is wanted now.
        codec.take(now)
        kept.sweep(now, paths)
        kept.told(now, {
          ...{ refused, staysClear: staysClear(codec, objects) },
          left: countWrong({ context, place, codec, objects }),
        })
      }
      return refused
    },
  }
}

const staysClear = (codec: CollectionCodec, objects: ConvertibleObjects): number[] =>
  objects.standing().filter(id => {
    const now = objects.copyOf(id)
    return now !== null && codec.staysClear(now.bytes)
  })

/** What the phase of a collection wants, and the end of it. */
async function workOn(work: Work, isLast: boolean): Promise<number> {
  const { context, place, codec } = work
  const { phase } = codec.row.facts
  if (phase === 'encrypting' && !isLast) {
    await putRight(work)
    work.objects.askAgain()
  }
  let converted = await convertAll(work)
  converted += await sealAnew(work)
  // The next pass, which is asked for already, does what is wanted now.
  if (work.signal?.aborted || !isStillWanted(work) || !isLast || !isDone(work)) return converted
  const taken = await takeKeys(context, place, codec.row)
  const { facts } = taken.row
  if (facts.phase !== phase && facts.phase !== 'encrypted') return converted
  const over = taken.there.copy
  if (phase === 'decrypting') {
    // After a cut the keys that are gone shall be no loss.
    context.kept.told(codec.row, { refused: [], staysClear: [], left: 0 })
    const outcome = await context.dav
      .open(place.accountId, place.url, place.kind)
      .write({ kind: 'remove', base: over })
    if (outcome.kind !== 'removed') throw notWritten(place, outcome)
    context.kept.remove(codec.row)
    return converted
  }
  const next = { ...facts, phase: 'encrypted', leastGeneration: facts.generation } as const
  if (facts.phase === 'encrypted' && facts.leastGeneration === facts.generation)
    codec.take(context.kept.save(place, { ...taken.row, isWorking: false }))
  else
    codec.take(
      await writeKeys(context, place, { ...next, serial: facts.serial + 1 }, { over, isWorking: false }),
    )
  return converted
}

const isDone = (work: Work): boolean =>
  countWrong(work) === 0 &&
  work.context.kept.moves(work.codec.row).length === 0 &&
  isAllNew(work) &&
  membersOf(work.codec.row.facts).length > 0
