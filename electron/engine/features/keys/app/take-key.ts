import type { KeyConflict, KeyEvidence } from '../../../../../shared/features/keys/model'
import type { PublicKeyBytes } from '../../../ports/keys/openpgp'
import type { Needs } from '../../../ports/parts'

/**
 * Takes a key that was met for an address. The same fingerprint only ever gains newer statements of its own owner; another
 * fingerprint never takes the place of the key that is in use: it is kept beside it, and the conflict asks the user.
 *
 * `weak`: anybody could have said so (gossip, a key server that confirms no address). Such a key is kept for the user to
 * choose, but is neither used by itself nor enough to question the one in use.
 */
export async function takeKey(
  context: Needs<'vault', 'openpgp' | 'transaction'>,
  found: { address: string; key: PublicKeyBytes; evidence: KeyEvidence; weak: boolean },
): Promise<KeyConflict | null> {
  const { store, vault } = context
  const address = found.address.toLowerCase()
  const { fingerprint } = found.key.facts
  if (store.openpgp.ownKey(fingerprint)) return null
  const known = store.openpgp.publicKey(fingerprint)
  const key = known === null ? found.key : await vault.mergeKeys(known.publicKey, found.key.bytes)

  return store.transaction(() => {
    const before = store.openpgp.keysFor(address)
    const inUse = before.find(each => each.inUse)
    const isNew = !before.some(each => each.facts.fingerprint === fingerprint)
    store.openpgp.saveContactKey({
      address,
      facts: key.facts,
      publicKey: key.bytes,
      evidence: found.evidence,
      inUse: key.facts.canEncrypt && !found.weak,
    })
    if (!isNew || found.weak || inUse === undefined) return null
    const conflict: KeyConflict = {
      address,
      known: inUse.facts.fingerprint,
      knownTrust: inUse.trust,
      found: fingerprint,
      source: found.evidence.source,
      atMs: found.evidence.atMs,
    }
    store.openpgp.setConflict(conflict)
    return conflict
  })
}

/** Whether a key names an address in a user ID that its owner stands by. */
export const namesAddress = ({ facts }: PublicKeyBytes, address: string): boolean =>
  facts.userIds.some(each => each.valid && each.address.toLowerCase() === address.toLowerCase())

/** Every address a key names, once. */
export const addressesOf = ({ facts }: PublicKeyBytes): readonly string[] => [
  ...new Set(
    facts.userIds
      .filter(each => each.valid && each.address !== '')
      .map(({ address }) => address.toLowerCase()),
  ),
]
