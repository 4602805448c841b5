import { SiegelError } from '../../../../../shared/kit/result'
import { hasAllOf } from '../../../formats/encrypted-collections/same-content'
import type { OpenCollection } from '../../../ports/dav/dav-control'
import type { CollectionPlace, ConvertibleObjects, FormMove } from '../../../ports/dav/encrypted-collections'
import type { ServerCopy } from '../../../ports/dav/objects'
import type { CollectionCodec } from './codec'
import { type Context, randomName } from './context'
import { notWritten } from './keys'

/** Tries of taking the old form away, which others may change meanwhile. */
const mostTries = 3

/** Each waits for the server several times: of a distant one most of the time. */
const atOnce = 4

/** So many replacements are one step for whoever looks on. */
const toldEvery = 10

/** One pass that replaces. */
export type Work = Readonly<{
  context: Context
  place: CollectionPlace
  codec: CollectionCodec
  collection: OpenCollection
  objects: ConvertibleObjects
  signal?: AbortSignal
  /** The server does not take an object in its other form. */
  refused: (id: number, error: SiegelError) => void
}>

/**
 * Replaces what has the wrong form: the journal says what is begun, the other form is put beside, read back and compared, the row takes its address, and only then
 * the first goes. What a cut left is ended first. How many were replaced; what the server refuses stays and is counted by whoever asks what is left.
 */
export async function convertAll(work: Work): Promise<number> {
  const { context, objects } = work
  let converted = 0
  for (const move of context.kept.moves(work.codec.row)) if (await goOn(work, move)) converted++
  const wrong = objects.standing().filter(id => {
    const now = objects.copyOf(id)
    return now !== null && !isRight(work, now)
  })
  let done = 0
  await severalAtOnce(work, wrong, async id => {
    if (done++ % toldEvery === 0) context.kept.toldLeft(work.codec.row, wrong.length - done + 1)
    const now = objects.copyOf(id)
    if (!now?.isStanding || isRight(work, now)) return
    const move = { object: id, newHref: newHref(work), old: now.copy, isAdopted: false }
    context.kept.saveMove(work.codec.row, move)
    if (await goOn(work, move)) converted++
  })
  return converted
}

/** Works on them in their order. Whoever has changed their mind meanwhile, or ends the program, is heard before the next one; so is a failure, which is thrown. */
async function severalAtOnce(
  work: Work,
  ids: readonly number[],
  each: (id: number) => Promise<void>,
): Promise<void> {
  const rest = ids[Symbol.iterator]()
  let hasFailed = false
  const worker = async (): Promise<void> => {
    for (const id of rest) {
      if (hasFailed || work.signal?.aborted === true || !isStillWanted(work)) return
      try {
        await each(id)
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

/** False where the collection was told to take the other form, or other members, since this pass began. */
export const isStillWanted = ({
  context,
  place,
  codec,
}: Pick<Work, 'context' | 'place' | 'codec'>): boolean =>
  context.kept.serial(place) === codec.row.facts.serial

/** Objects in the wrong form. */
export const countWrong = (work: Omit<Work, 'collection' | 'refused'>): number =>
  work.objects.standing().filter(id => {
    const now = work.objects.copyOf(id)
    return now !== null && !isRight(work, now)
  }).length

const isRight = (
  { context, place, codec }: Pick<Work, 'context' | 'place' | 'codec'>,
  { bytes, copy }: Readonly<{ bytes: Uint8Array; copy: ServerCopy }>,
): boolean => codec.isSealed(context.dav.spelling(copy.href, place.url)) === codec.isWantedSealed(bytes)

const newHref = ({ context, place }: Work): string =>
  `${new URL(place.url).pathname.replace(/\/?$/, '/')}${randomName(context)}.${place.kind === 'calendar' ? 'ics' : 'vcf'}`

/** One replacement from wherever it stands; true where it came to its end. Throws what stops all of them. */
async function goOn(work: Work, move: FormMove): Promise<boolean> {
  const { context, objects } = work
  if (move.isAdopted) return takeAway(work, move)
  const now = objects.copyOf(move.object)
  // Removed, changed or moved since it was begun, or wanted as it is again: what may lie at the new address is nobody's.
  if (
    !now?.isStanding ||
    now.copy.href !== move.old.href ||
    !isEqual(now.copy.bytes, move.old.bytes) ||
    isRight(work, now)
  ) {
    await removeCopy(work, move.newHref)
    context.kept.endMove(work.codec.row, move.object)
    return false
  }
  const copy = await putBeside(work, move, now.bytes)
  if (copy instanceof SiegelError) {
    work.refused(move.object, copy)
    context.kept.endMove(work.codec.row, move.object)
    return false
  }
  const adopted = { ...move, isAdopted: true }
  context.store.transaction(() => {
    objects.stored(move.object, now.bytes, copy)
    context.kept.saveMove(work.codec.row, adopted)
  })
  return takeAway(work, adopted)
}

/** The other form, read back and compared; what stands in its way where the server does not take this object. */
async function putBeside(
  work: Work,
  { newHref: href }: FormMove,
  bytes: Uint8Array,
): Promise<ServerCopy | SiegelError> {
  const { place, codec, collection } = work
  const outcome = await collection.write({ kind: 'add', href, bytes })
  if (outcome.kind === 'later' && (await isSpoiled(work, href)))
    throw new SiegelError('collection-not-kept', { name: place.name })
  // Theirs: it came before a cut.
  if (outcome.kind !== 'stored' && outcome.kind !== 'theirs') {
    const error = notWritten(place, outcome)
    if (outcome.kind === 'refused' || outcome.kind === 'uid-elsewhere') return error
    throw error
  }
  const { copy } = outcome
  const isKept = codec.isWantedSealed(bytes) ? isEqual(copy.bytes, bytes) : hasAllOf(bytes, copy.bytes)
  if (isKept) return copy
  await collection.write({ kind: 'remove', base: copy, quietly: true })
  throw new SiegelError('collection-not-kept', { name: place.name })
}

/** Whether the server made something of a sealed object that nobody can open. It was put there just now: that is no attack, and it goes again. */
async function isSpoiled(work: Work, href: string): Promise<boolean> {
  const { context, place, codec } = work
  const path = context.dav.spelling(href, place.url)
  if (!codec.hasRefused(path)) return false
  codec.forget(path)
  await removeCopy(work, href)
  return true
}

/** The form that is no longer wanted goes. Its change by others meanwhile is taken over first. */
async function takeAway(
  { context, place, codec, collection, objects }: Work,
  move: FormMove,
): Promise<boolean> {
  let { old } = move
  for (let tries = 0; tries < mostTries; tries++) {
    // Quietly: no guest is told anything.
    const outcome = await collection.write({ kind: 'remove', base: old, quietly: true })
    if (outcome.kind === 'removed' || outcome.kind === 'gone') {
      context.kept.endMove(codec.row, move.object)
      return true
    }
    if (outcome.kind !== 'theirs') throw notWritten(place, outcome)
    const { copy } = outcome
    if (!isEqual(copy.bytes, old.bytes)) objects.changedThere(move.object, copy.bytes)
    old = copy
    context.kept.saveMove(codec.row, { ...move, old, isAdopted: true })
  }
  return false
}

async function removeCopy({ context, place }: Work, href: string): Promise<void> {
  const plain = context.dav.open(place.accountId, place.url, place.kind)
  const copy = await plain.fetch(href)
  if (copy) await plain.write({ kind: 'remove', base: copy, quietly: true })
}

/**
 * Seals anew what is under a secret from before somebody was taken out, or has another outside than is wanted now. In its place, since both forms are sealed and
 * what is here is the same.
 */
export async function sealAnew(work: Work): Promise<number> {
  const { context, place, codec, collection, objects } = work
  let sealed = 0
  await severalAtOnce(work, objects.standing(), async id => {
    const now = objects.copyOf(id)
    const seen = now && context.kept.seenAt(codec.row, context.dav.spelling(now.copy.href, place.url))
    if (!now?.isStanding || !seen?.isOld) return
    const outcome = await collection.write({ kind: 'change', base: now.copy, bytes: now.bytes })
    if (outcome.kind === 'stored') {
      objects.stored(id, now.bytes, outcome.copy)
      sealed++
    } else if (outcome.kind !== 'theirs' && outcome.kind !== 'gone') throw notWritten(place, outcome)
  })
  return sealed
}

/**
 * Puts what is here in the place of what was not believed, and takes away what a server brought back or shows twice. What was never here is left: nobody can tell
 * what it is.
 */
export async function putRight({ context, place, codec, collection, objects }: Work): Promise<void> {
  const here = new Map(
    objects.standing().flatMap(id => {
      const now = objects.copyOf(id)
      return now ? [[context.dav.spelling(now.copy.href, place.url), { id, now }] as const] : []
    }),
  )
  const plain = context.dav.open(place.accountId, place.url, place.kind)
  for (const { href, refusal } of codec.row.refused) {
    const known = here.get(href)
    const there = await plain.fetch(href)
    if (there === null) continue
    if (known) {
      const base = { ...there, href: known.now.copy.href }
      const outcome = await collection.write({ kind: 'change', base, bytes: known.now.bytes })
      if (outcome.kind === 'stored') objects.stored(known.id, known.now.bytes, outcome.copy)
    } else if (refusal === 'brought-back' || refusal === 'elsewhere')
      await plain.write({ kind: 'remove', base: there, quietly: true })
  }
}

/** Whether nothing is left under an older secret. */
export const isAllNew = ({ context, place, codec, objects }: Work): boolean =>
  objects.standing().every(id => {
    const now = objects.copyOf(id)
    return !now || !context.kept.seenAt(codec.row, context.dav.spelling(now.copy.href, place.url))?.isOld
  })

/** Multiget ends lines otherwise than a GET. */
const isEqual = (a: Uint8Array, b: Uint8Array): boolean => withCrlf(a).equals(withCrlf(b))

const withCrlf = (bytes: Uint8Array): Buffer =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replace(/\r?\n/g, '\r\n').trimEnd(), 'latin1')
