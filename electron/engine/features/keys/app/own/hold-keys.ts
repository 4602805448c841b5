import { toFailure } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'

/** Tells the vault which secret keys there are; after each change, and when the engine opens. */
export async function holdKeys({ store, vault }: Needs<'vault', 'openpgp'>): Promise<void> {
  await vault.hold(
    store.openpgp.ownKeys().map(({ facts, sealed }) => ({ fingerprint: facts.fingerprint, sealed })),
  )
}

/** When the engine opens: keys whose description was lost with a damaged page are read again, then all are held. */
export async function openKeys(context: Needs<'log' | 'vault', 'openpgp'>): Promise<void> {
  const { store, vault, log } = context
  try {
    for (const row of store.openpgp.ownKeysWithoutFacts()) {
      const [key] = (await vault.readKeys(row.publicKey)).keys
      if (key) store.openpgp.saveOwnKey({ ...row, facts: key.facts })
    }
    // A vault that was just opened holds nothing.
    if (store.openpgp.ownKeys().length > 0) await holdKeys(context)
  } catch (error) {
    log.error('the vault did not take the keys', { code: toFailure(error).code })
  }
}
