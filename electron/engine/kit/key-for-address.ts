import { SiegelError } from '../../../shared/kit/result'
import type { Needs } from '../ports/parts'

/**
 * A public key as it is given to others for one address: it does not tell the other addresses of its owner. Null when the
 * key does not name the address: then there is nothing that could be shown without telling another one.
 */
export async function keyForAddress(
  { vault, clock }: Needs<'clock' | 'vault'>,
  key: Uint8Array,
  address: string,
): Promise<Uint8Array | null> {
  try {
    return (await vault.reduceKey({ key, address, subkeys: 'current', nowMs: clock.now() })).bytes
  } catch (error) {
    if (error instanceof SiegelError && error.code === 'no-key') return null
    throw error
  }
}
