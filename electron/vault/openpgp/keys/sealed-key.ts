import type { SealedKeyAnswer } from '../../../../shared/ipc/vault/vault-calls'
import type { PrivateKey } from '../library'
import { type SealPlace, sealPrivateKey } from './held-keys'
import { keyFactsOf } from './key-facts'
import { publicBytes } from './public-key'

/** What leaves the vault of a secret key: facts, public bytes, and the sealed rest. */
export const sealedKeyOf = async (
  key: PrivateKey,
  place: SealPlace,
  nowMs: number,
): Promise<SealedKeyAnswer> => ({
  facts: await keyFactsOf(key, nowMs),
  bytes: publicBytes(key),
  sealed: sealPrivateKey(key, place),
  protection: key.isDecrypted() ? 'vault' : 'passphrase',
})
