import type { Fingerprint } from '../../../../../../shared/features/keys/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import { holdKeys } from './hold-keys'

/**
 * Applies a revocation certificate, or the revocations inside a newer copy of a key, to the own key or the keys of others
 * that it is for. Answers the fingerprints of the keys that are revoked by it; none when no such key is here.
 */
export async function applyRevocation(
  context: Needs<'clock' | 'vault', 'openpgp'>,
  { keyId, bytes: certificate }: Readonly<{ keyId: string; bytes: Uint8Array }>,
): Promise<Fingerprint[]> {
  const { store, vault, clock } = context
  const revoked: Fingerprint[] = []
  for (const { facts: known, publicKey: key, own } of store.openpgp.byKeyId(keyId)) {
    const { fingerprint } = known
    if (known.keyIds[0] !== keyId) continue
    try {
      if (own) {
        const {
          facts: next,
          bytes,
          sealed,
          protection,
        } = await vault.revokeHeld({
          fingerprint,
          certificate,
          nowMs: clock.now(),
        })
        // Still there: the user may have removed it while the vault worked.
        if (store.openpgp.ownKey(fingerprint) === null) continue
        store.openpgp.saveOwnKey({ facts: next, publicKey: bytes, sealed, protection, revocation: null })
        await holdKeys(context)
      } else {
        const next = await vault.revokePublic({ key, certificate, nowMs: clock.now() })
        const rows = store.openpgp.contactKeys().filter(row => row.facts.fingerprint === fingerprint)
        for (const { address, evidence } of rows) {
          // Says that the key is revoked and nothing of whose it is: what vouches for it stays as it was.
          const before = evidence[0] ?? { source: 'imported', atMs: clock.now(), detail: '' }
          const { facts, bytes: publicKey } = next
          store.openpgp.saveContactKey({ address, facts, publicKey, evidence: before, inUse: false })
        }
      }
      revoked.push(fingerprint)
    } catch (error) {
      // Not made by this key: its ID is only eight bytes, and anybody can write them.
      if (!(error instanceof SiegelError) || error.code !== 'conflict') throw error
    }
  }
  return revoked
}
