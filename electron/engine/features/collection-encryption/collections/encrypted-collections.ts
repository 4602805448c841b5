import type { Fingerprint } from '../../../../../shared/features/keys/model'
import type { CollectionFacts } from '../../../../../shared/ipc/vault/collection-calls'
import { SiegelError } from '../../../../../shared/kit/result'
import type {
  CollectionPlace,
  EncryptedCollections,
  EncryptedRow,
} from '../../../ports/dav/encrypted-collections'
import { type Context, membersOf, randomName } from './context'
import { fetchKeyCopy, fetchKeys, readNewKeys, takeKeys, writeKeys } from './keys'
import { beginPass } from './pass'

/** Encrypted collections on DAV servers: switched, joined, shared, taken back. What has to change on the server is done by passes. */
export function createEncryptedCollections(context: Context): EncryptedCollections {
  const { kept, store } = context
  const requireJoined = (place: CollectionPlace): EncryptedRow => {
    const row = kept.get(place)
    if (row === null) throw new SiegelError('conflict', { what: 'calendar', state: 'not encrypted' })
    if (!row.isJoined) throw new SiegelError('collection-encrypted', { name: place.name })
    return row
  }
  /** The keys with something changed, over those that lie there. */
  const rewrite = async (
    place: CollectionPlace,
    change: (facts: CollectionFacts) => CollectionFacts,
    isWorking: boolean,
  ): Promise<EncryptedRow> => {
    const { row, there } = await takeOrPutBack(context, place, requireJoined(place))
    const facts = change(row.facts)
    return writeKeys(
      context,
      place,
      { ...facts, serial: row.facts.serial + 1 },
      { over: there, isWorking: isWorking || row.isWorking },
    )
  }
  return {
    begin: (place, facts) => beginPass(context, place, facts),
    protection: place => {
      const row = kept.get(place)
      if (row === null)
        return {
          state: 'clear',
          showsBusy: false,
          members: [],
          madeBy: null,
          left: 0,
          staysClear: [],
          refused: [],
        }
      return {
        state: row.isJoined ? row.facts.phase : 'joinable',
        showsBusy: row.facts.showsBusy,
        members: membersOf(row.facts).map(({ fingerprint }) => ({
          fingerprint,
          isOwn: store.openpgp.ownKey(fingerprint) !== null,
          address: addressOf(context, fingerprint),
        })),
        madeBy: row.signedBy,
        left: row.left,
        staysClear: row.staysClear,
        refused: [...row.refused],
      }
    },
    encrypt: async (place, { showsBusy, join }) => {
      const row = kept.get(place)
      if (row?.isJoined) {
        const isOther = row.facts.showsBusy !== showsBusy
        const next = await rewrite(place, facts => ({ ...facts, phase: 'encrypting', showsBusy }), true)
        if (isOther) kept.markOld(next)
        return
      }
      const there = await fetchKeys(context, place)
      if (there !== null) {
        const { facts, signedBy } = await readNewKeys(context, place, there.keyObject)
        if (!join) {
          kept.save(place, { isJoined: false, isWorking: false, facts, signedBy, keyObject: there.keyObject })
          throw new SiegelError('collection-encrypted', { name: place.name })
        }
        if (signedBy === null || facts.kind !== place.kind)
          throw new SiegelError('collection-keys-refused', { reason: signedBy === null ? 'signer' : 'other' })
        kept.save(place, { isJoined: true, isWorking: false, facts, signedBy, keyObject: there.keyObject })
        return
      }
      const own = await ownKey(context, place)
      const facts: CollectionFacts = {
        ...{ collection: randomName(context), kind: place.kind, name: place.name, serial: 1 },
        ...{ phase: 'encrypting', showsBusy, generation: 1, leastGeneration: 1 },
        members: [{ ...own, from: 1, until: null }],
      }
      await writeKeys(context, place, facts, { over: null, isWorking: true })
    },
    forgetAccount: kept.forgetAccount,
    decrypt: async place => {
      await rewrite(place, facts => ({ ...facts, phase: 'decrypting' }), true)
    },
    changeMembers: async (place, { add, remove }) => {
      const before = membersOf(requireJoined(place).facts)
      const added = add
        .filter(fingerprint => !before.some(each => each.fingerprint === fingerprint))
        .map(fingerprint => memberKey(context, fingerprint))
      const gone = remove.filter(fingerprint => before.some(each => each.fingerprint === fingerprint))
      const [lost] = remove.filter(fingerprint => !gone.includes(fingerprint))
      if (lost !== undefined) throw new SiegelError('no-key', { keyIds: lost.slice(-16) })
      const isOwnLeft = before.some(
        ({ fingerprint }) => store.openpgp.ownKey(fingerprint) !== null && !gone.includes(fingerprint),
      )
      // Whoever takes themselves out could not even say so: another member does.
      if (!isOwnLeft) throw new SiegelError('conflict', { what: 'key', state: 'the last own one' })
      const next = await rewrite(
        place,
        facts => {
          const generation = gone.length > 0 ? facts.generation + 1 : facts.generation
          const members = facts.members.map(member =>
            member.until === null && gone.includes(member.fingerprint)
              ? { ...member, until: facts.generation }
              : member,
          )
          return {
            ...{ ...facts, generation },
            members: [...members, ...added.map(each => ({ ...each, from: generation, until: null }))],
          }
        },
        gone.length > 0,
      )
      if (gone.length > 0) kept.markOld(next)
    },
  }
}

/** What lies there, or nothing where a server lost or spoiled the keys: those that are known here are put back by what is written next. */
async function takeOrPutBack(context: Context, place: CollectionPlace, row: EncryptedRow) {
  try {
    const { row: now, there } = await takeKeys(context, place, row)
    return { row: now, there: there.copy }
  } catch (error) {
    const reason =
      error instanceof SiegelError && error.code === 'collection-keys-refused' && error.params['reason']
    if (reason !== 'missing' && reason !== 'older' && reason !== 'unreadable') throw error
    const { keyObject } = row
    await context.vault.readCollectionKeys({
      ...{ armored: keyObject, verifyWith: [], hold: true, nowMs: context.clock.now() },
    })
    return { row, there: await fetchKeyCopy(context, place) }
  }
}

/** The key of the account, or the only own one: usable, and with a copy somewhere else. */
async function ownKey({ store, vault }: Context, { accountId }: CollectionPlace) {
  const { key: chosen } = store.openpgp.settings(accountId)
  const usable = store.openpgp.ownKeys().filter(({ facts }) => facts.canEncrypt && facts.canSign)
  const row = chosen === null ? (usable.length === 1 ? usable[0] : undefined) : store.openpgp.ownKey(chosen)
  if (!row) throw new SiegelError('no-key', { keyIds: '' })
  const { fingerprint } = row.facts
  if (!row.facts.canEncrypt || !row.facts.canSign) throw new SiegelError('key-unusable', { fingerprint })
  if (!(await vault.unlocked()).includes(fingerprint)) throw new SiegelError('key-locked', { fingerprint })
  if (row.backedUpAtMs === null) throw new SiegelError('key-not-backed-up', { fingerprint })
  return { fingerprint, key: row.publicKey }
}

/** Own keys, and others only when they were verified. */
function memberKey({ store }: Context, fingerprint: Fingerprint) {
  const row =
    store.openpgp.ownKey(fingerprint) ??
    store.openpgp
      .contactKeys()
      .find(each => each.facts.fingerprint === fingerprint && each.trust === 'verified' && !each.rejected)
  if (!row) throw new SiegelError('no-key', { keyIds: fingerprint.slice(-16) })
  if (!row.facts.canEncrypt || !row.facts.canSign) throw new SiegelError('key-unusable', { fingerprint })
  return { fingerprint, key: row.publicKey }
}

function addressOf({ store }: Context, fingerprint: Fingerprint): string {
  const own = store.openpgp.ownKey(fingerprint)
  if (own) return own.facts.userIds[0]?.address ?? ''
  return store.openpgp.contactKeys().find(each => each.facts.fingerprint === fingerprint)?.address ?? ''
}
