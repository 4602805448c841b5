import type { Fingerprint } from '../../../../../shared/features/keys/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { Vault } from '../../../ports/keys/openpgp'
import type { Store } from '../../../ports/store'

/** Fingerprints that the mail of an account is encrypted to: its own key first. Empty without a key. */
export function keysOf(
  { openpgp, inboxEncryption }: Pick<Store, 'inboxEncryption' | 'openpgp'>,
  accountId: AccountId,
): readonly Fingerprint[] {
  const { key } = openpgp.settings(accountId)
  if (key === null) return []
  return [...new Set([key, ...inboxEncryption.settings(accountId).extraKeys])]
}

/**
 * The public keys to encrypt to: own ones, and others only when they were verified. Throws `no-key` when one is not here, `key-unusable` when one cannot encrypt (any more),
 * `key-locked` when the account's own cannot be used now: what cannot be read back is not written.
 */
export async function publicKeysOf(
  store: Pick<Store, 'inboxEncryption' | 'openpgp'>,
  vault: Vault,
  accountId: AccountId,
): Promise<readonly Uint8Array[]> {
  const [own, ...more] = keysOf(store, accountId)
  if (own === undefined) throw new SiegelError('no-key', { keyIds: '' })
  const keys = [own, ...more].map(fingerprint => publicKey(store, fingerprint))
  if (!(await vault.unlocked()).includes(own)) throw new SiegelError('key-locked', { fingerprint: own })
  return keys
}

function publicKey({ openpgp }: Pick<Store, 'openpgp'>, fingerprint: Fingerprint): Uint8Array {
  const row =
    openpgp.ownKey(fingerprint) ??
    openpgp
      .contactKeys()
      .find(each => each.facts.fingerprint === fingerprint && each.trust === 'verified' && !each.rejected)
  if (!row) throw new SiegelError('no-key', { keyIds: fingerprint.slice(-16) })
  if (!row.facts.canEncrypt) throw new SiegelError('key-unusable', { fingerprint })
  return row.publicKey
}
