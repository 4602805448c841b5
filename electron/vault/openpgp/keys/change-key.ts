import type { KeyChange, VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import { enums, type PrivateKey, reformatKey, revokeKey } from '../library'
import { strictConfig } from '../policy'
import { secondsOfLife, userIdFor } from './generate-key'
import type { HeldKeys, SealPlace } from './held-keys'
import { keyFactsOf, userIdsToKeep } from './key-facts'
import { canonical, mergePublic } from './public-key'
import { sealedKeyOf } from './sealed-key'
import { withStoredSecrets } from './stored-secrets'

const reasonFlags = {
  none: enums.reasonForRevocation.noReason,
  compromised: enums.reasonForRevocation.keyCompromised,
  superseded: enums.reasonForRevocation.keySuperseded,
  retired: enums.reasonForRevocation.keyRetired,
} as const

/** A moment after every self-signature the key has, so that the new ones are the ones that count. */
const after = (key: PrivateKey, nowMs: number): Date => {
  const signatures = [
    ...key.users.flatMap(({ selfCertifications }) => selfCertifications),
    ...key.subkeys.flatMap(({ bindingSignatures }) => bindingSignatures),
  ]
  const latest = Math.max(0, ...signatures.map(({ created }) => created?.getTime() ?? 0))
  return new Date(Math.max(Math.floor(nowMs / 1000) * 1000, latest + 1000))
}

/** New self-signatures of every valid user ID and subkey, beside the old ones: signatures of the past stay good. */
const resign = async (
  key: PrivateKey,
  userIds: readonly { name: string; address: string }[],
  expiresAtMs: number | null,
  nowMs: number,
): Promise<PrivateKey> => {
  const { readsAead } = await keyFactsOf(key, nowMs)
  const { privateKey } = await reformatKey({
    privateKey: key,
    userIDs: userIds.map(userIdFor),
    keyExpirationTime: secondsOfLife(key.getCreationTime().getTime(), expiresAtMs),
    date: after(key, nowMs),
    format: 'object',
    config: { ...strictConfig, aeadProtect: readsAead },
  })
  return mergePublic(privateKey, key)
}

const changed = async (key: PrivateKey, change: KeyChange, nowMs: number): Promise<PrivateKey> => {
  if (change.kind === 'revoke') {
    const { privateKey } = await revokeKey({
      key,
      reasonForRevocation: { flag: reasonFlags[change.reason], string: '' },
      date: new Date(nowMs),
      format: 'object',
      config: strictConfig,
    })
    return privateKey
  }
  const userIds = await userIdsToKeep(key, nowMs)
  if (change.kind === 'expiry') return resign(key, userIds, change.expiresAtMs, nowMs)
  if (userIds.some(({ address }) => address === change.address.toLowerCase()))
    throw new SiegelError('already-there', { what: 'user id' })
  const { expiresAtMs } = await keyFactsOf(key, nowMs)
  return resign(key, [...userIds, change], expiresAtMs, nowMs)
}

/**
 * Expiry, user IDs and revocation of an own key. Throws `no-key`, `key-locked`; `key-unusable` for a key that is
 * revoked or whose primary key lies elsewhere (on a card, or offline).
 */
export const changeKey = async (
  { fingerprint, change, nowMs }: VaultQuestion<'change'>,
  held: HeldKeys,
  place: SealPlace,
): Promise<VaultCallOutput<'change'>> => {
  const key = await held.open(fingerprint, place)
  const { problems } = await keyFactsOf(key, nowMs)
  if (problems.includes('revoked')) throw new SiegelError('key-unusable', { fingerprint, reason: 'revoked' })
  if (!key.keyPacket.isDecrypted())
    throw new SiegelError('key-unusable', { fingerprint, reason: 'no primary secret key' })
  const next = await canonical(await changed(key, change, nowMs))
  const stored = await held.stored(fingerprint, place)
  return sealedKeyOf(stored.isDecrypted() ? next : withStoredSecrets(next, stored), place, nowMs)
}
