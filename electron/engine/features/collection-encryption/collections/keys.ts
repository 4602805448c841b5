import type { Fingerprint } from '../../../../../shared/features/keys/model'
import type { CollectionFacts } from '../../../../../shared/ipc/vault/collection-calls'
import { SiegelError } from '../../../../../shared/kit/result'
import {
  outsideCalendar,
  outsideCard,
  readOutside,
  withoutArmor,
} from '../../../formats/encrypted-collections/outside'
import type { CollectionPlace, EncryptedRow } from '../../../ports/dav/encrypted-collections'
import type { ServerCopy } from '../../../ports/dav/objects'
import type { WriteOutcome } from '../../../ports/dav/writes'
import { type Context, keyHref, membersOf, randomName, signerOf } from './context'

const refused = (reason: 'missing' | 'unreadable' | 'other' | 'older' | 'signer'): SiegelError =>
  new SiegelError('collection-keys-refused', { reason })

/** The keys as they lie on the server. */
export type KeysThere = Readonly<{ copy: ServerCopy; keyObject: Uint8Array }>

/** What lies where the keys are, whatever it is. */
export const fetchKeyCopy = ({ dav }: Context, place: CollectionPlace): Promise<ServerCopy | null> =>
  dav.open(place.accountId, place.url, place.kind).fetch(keyHref(place))

/** Null where there are none. Throws `collection-keys-refused`. */
export async function fetchKeys(context: Context, place: CollectionPlace): Promise<KeysThere | null> {
  const copy = await fetchKeyCopy(context, place)
  if (copy === null) return null
  const carried = readOutside(copy.bytes)
  if (carried?.property !== 'keys') throw refused('unreadable')
  return { copy, keyObject: carried.content }
}

/** Keys of people here: own ones, and those that were verified. */
function knownKeys({ store }: Context): readonly Readonly<{ fingerprint: Fingerprint; key: Uint8Array }>[] {
  const contacts = store.openpgp.contactKeys().filter(each => each.trust === 'verified' && !each.rejected)
  return [...store.openpgp.ownKeys(), ...contacts].map(({ facts, publicKey }) => ({
    fingerprint: facts.fingerprint,
    key: publicKey,
  }))
}

/** What the vault reads. Throws `collection-not-a-member` where no own key opens it. */
async function read(
  { vault }: Context,
  { name }: Pick<CollectionPlace, 'name'>,
  question: Parameters<Context['vault']['readCollectionKeys']>[0],
): ReturnType<Context['vault']['readCollectionKeys']> {
  try {
    return await vault.readCollectionKeys(question)
  } catch (error) {
    if (error instanceof SiegelError && error.code === 'no-key')
      throw new SiegelError('collection-not-a-member', { name }, { cause: error })
    throw error
  }
}

/** Reads keys that nothing is known of yet. `signedBy` is null where it is nobody who is known here. */
export async function readNewKeys(
  context: Context,
  place: Pick<CollectionPlace, 'name'>,
  keyObject: Uint8Array,
): Promise<{ facts: CollectionFacts; signedBy: Fingerprint | null }> {
  const known = knownKeys(context)
  const { facts, signedBy } = await read(context, place, {
    ...{ armored: keyObject, verifyWith: known.map(({ key }) => key).slice(0, 100), hold: false },
    nowMs: context.clock.now(),
  })
  return { facts, signedBy: known.some(({ fingerprint }) => fingerprint === signedBy) ? signedBy : null }
}

/**
 * Makes the vault hold what the server has now, if it is what was known or what a member made of it since. Throws `collection-keys-refused`: `missing`, `unreadable`, `other` (of
 * another collection), `older`, `signer` (by nobody who was a member).
 */
export async function takeKeys(
  context: Context,
  place: CollectionPlace,
  row: EncryptedRow,
): Promise<{ row: EncryptedRow; there: KeysThere }> {
  const { vault, clock, kept } = context
  const there = await fetchKeys(context, place)
  if (there === null) throw refused('missing')
  const isSame = Buffer.from(row.keyObject).equals(there.keyObject)
  const nowMs = clock.now()
  const members = membersOf(row.facts)
  const { facts, signedBy } = await read(context, place, {
    ...{ armored: there.keyObject, verifyWith: members.map(({ key }) => key), hold: isSame, nowMs },
  })
  if (isSame) return { row, there }
  if (facts.collection !== row.facts.collection || facts.kind !== place.kind) throw refused('other')
  if (facts.serial <= row.facts.serial) throw refused('older')
  const isOwn = signedBy !== null && context.store.openpgp.ownKey(signedBy) !== null
  if (!isOwn && !members.some(({ fingerprint }) => fingerprint === signedBy)) throw refused('signer')
  await vault.readCollectionKeys({ armored: there.keyObject, verifyWith: [], hold: true, nowMs })
  const { keyObject } = there
  return { row: kept.save(place, { ...row, facts, signedBy, keyObject }), there }
}

/** Writes other facts over the keys that lie there, and takes them only once they were read back. */
export async function writeKeys(
  context: Context,
  place: CollectionPlace,
  facts: CollectionFacts,
  options: Readonly<{ over: ServerCopy | null; isWorking: boolean }>,
): Promise<EncryptedRow> {
  const { vault, clock, dav, kept } = context
  const signWith = await signerOf(context, facts)
  const { armored } = await vault.writeCollectionKeys({ facts, signWith, nowMs: clock.now() })
  const keyObject = withoutArmor(armored)
  const { over } = options
  const inside = {
    uid: over ? (readOutside(over.bytes)?.uid ?? '') : randomName(context),
    property: 'keys',
  } as const
  const put = (component: 'VEVENT' | 'VTODO'): Promise<WriteOutcome> => {
    const carried = { ...inside, content: keyObject }
    const bytes =
      place.kind === 'contacts' ? outsideCard(carried) : outsideCalendar(carried, { component, busyOf: null })
    const collection = dav.open(place.accountId, place.url, place.kind)
    return collection.write(
      over === null ? { kind: 'add', href: keyHref(place), bytes } : { kind: 'change', base: over, bytes },
    )
  }
  const isTodo = over !== null && /^BEGIN:VTODO/im.test(Buffer.from(over.bytes).toString('latin1'))
  let outcome = await put(isTodo ? 'VTODO' : 'VEVENT')
  // A list of to-dos takes no events (RFC 4791 §5.2.3).
  if (outcome.kind === 'refused' && over === null && place.kind === 'calendar') outcome = await put('VTODO')
  if (outcome.kind !== 'stored') throw notWritten(place, outcome)
  const back = readOutside(outcome.copy.bytes)
  if (back?.property !== 'keys' || !Buffer.from(back.content).equals(keyObject)) {
    // What the server made of keys that nobody has seen yet opens nothing, and would stand in the way of everybody.
    if (over === null)
      await dav
        .open(place.accountId, place.url, place.kind)
        .write({ kind: 'remove', base: outcome.copy, quietly: true })
    throw new SiegelError('collection-not-kept', { name: place.name })
  }
  await vault.readCollectionKeys({ armored: keyObject, verifyWith: [], hold: true, nowMs: clock.now() })
  return kept.save(place, {
    isJoined: true,
    isWorking: options.isWorking,
    facts,
    signedBy: signWith,
    keyObject,
  })
}

/** What stands in the way of writing. */
export function notWritten({ url }: Pick<CollectionPlace, 'url'>, outcome: WriteOutcome): SiegelError {
  const { hostname: host } = new URL(url)
  if (outcome.kind === 'theirs' || outcome.kind === 'gone')
    return new SiegelError('conflict', { what: 'calendar', state: 'changed meanwhile' })
  if (outcome.kind === 'later')
    return new SiegelError('server-unavailable', { host, detail: `HTTP ${outcome.status}` })
  const detail =
    outcome.kind === 'refused'
      ? [outcome.reason, outcome.words].filter(Boolean).join(': ').slice(0, 500)
      : outcome.kind
  return new SiegelError('server-refused', { host, detail })
}
