import { hasMailServer } from '../../../../../../shared/features/accounts/services'
import { isRenewalDue } from '../../../../../../shared/features/keys/key-facts-at'
import type { Fingerprint, OwnKey } from '../../../../../../shared/features/keys/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { OwnKeyRow } from '../../../../ports/keys/openpgp'
import type { Needs } from '../../../../ports/parts'

/** The user's own keys as faces see them: nothing of the secret part. */
export async function ownKeys(context: Needs<'clock' | 'vault', 'accounts' | 'openpgp'>): Promise<OwnKey[]> {
  const { store, vault, clock } = context
  const unlocked = new Set(await vault.unlocked())
  const accounts = store.accounts.list().filter(hasMailServer)
  const keyOf = new Map(accounts.map(({ id }) => [id, store.openpgp.settings(id).key]))
  return store.openpgp.ownKeys().map(row => ({
    facts: row.facts,
    defaultFor: accounts.flatMap(({ id }) => (keyOf.get(id) === row.facts.fingerprint ? [id] : [])),
    protection: row.protection,
    unlocked: unlocked.has(row.facts.fingerprint),
    backedUpAtMs: row.backedUpAtMs,
    hasRevocationCertificate: row.revocation !== null,
    renewalDue: isRenewalDue(row.facts, clock.now()),
    addedAtMs: row.addedAtMs,
  }))
}

/** One of them. Throws `not-found`. */
export async function ownKey(
  context: Needs<'clock' | 'vault', 'accounts' | 'openpgp'>,
  fingerprint: Fingerprint,
): Promise<OwnKey> {
  const found = (await ownKeys(context)).find(key => key.facts.fingerprint === fingerprint)
  if (!found) throw new SiegelError('not-found', { what: 'key' })
  return found
}

export function ownKeyRow({ store }: Needs<never, 'openpgp'>, fingerprint: Fingerprint): OwnKeyRow {
  const row = store.openpgp.ownKey(fingerprint)
  if (!row) throw new SiegelError('not-found', { what: 'key' })
  return row
}
