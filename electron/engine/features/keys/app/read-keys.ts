import { SiegelError } from '../../../../../shared/kit/result'
import type { Vault } from '../../../ports/keys/openpgp'

/** Keys in foreign bytes. Bytes that are no keys at all are an answer too: none, and one broken block. */
export async function readForeignKeys(
  vault: Vault,
  bytes: Uint8Array,
): Promise<Awaited<ReturnType<Vault['readKeys']>>> {
  try {
    return await vault.readKeys(bytes)
  } catch (error) {
    if (error instanceof SiegelError && error.code === 'message-malformed')
      return { keys: [], broken: 1, unusable: [], revocations: [] }
    throw error
  }
}
