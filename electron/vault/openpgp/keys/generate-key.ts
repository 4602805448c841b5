import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import { generateKey, type PrivateKey } from '../library'
import { withCrlf } from '../packets/armor'
import { strictConfig } from '../policy'
import { type SealPlace, wipe } from './held-keys'
import { sealedKeyOf } from './sealed-key'

/** A user ID as `Name <address>` (RFC 9580 §5.11). Throws `bad-address`. */
export const userIdFor = ({ name, address }: { name: string; address: string }) => {
  if (!/^[^\s<>()"]+@[^\s<>()"]+$/.test(address)) throw new SiegelError('bad-address', { address })
  const plain = name
    .replace(/[<>()\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === '' ? { email: address } : { name: plain, email: address }
}

/** Seconds from the key's creation to its end, as key expiration is written (RFC 9580 §5.2.3.13); 0 is never. */
export const secondsOfLife = (createdAtMs: number, expiresAtMs: number | null): number => {
  if (expiresAtMs === null) return 0
  const seconds = Math.floor((expiresAtMs - createdAtMs) / 1000)
  if (seconds < 1) throw new SiegelError('bad-request', { field: 'expiresAtMs' })
  return seconds
}

/**
 * A new key: version 4 with Ed25519 and X25519 in the forms GnuPG 2.2 reads, or version 6 (RFC 9580), which says that
 * its owner reads authenticated encryption.
 */
export const generate = async (
  { userIds, version, expiresAtMs, nowMs }: VaultQuestion<'generate'>,
  place: SealPlace,
): Promise<VaultCallOutput<'generate'>> => {
  const now = Math.floor(nowMs / 1000) * 1000
  const { privateKey, revocationCertificate } = await generateKey({
    userIDs: userIds.map(userIdFor),
    ...(version === 4
      ? { type: 'ecc' as const, curve: 'ed25519Legacy' as const }
      : { type: 'curve25519' as const }),
    keyExpirationTime: secondsOfLife(now, expiresAtMs),
    date: new Date(now),
    format: 'object',
    config: { ...strictConfig, v6Keys: version === 6, aeadProtect: version === 6 },
  })
  const secret: PrivateKey = privateKey
  try {
    const revocation = withCrlf(revocationCertificate)
    return { ...(await sealedKeyOf(secret, place, nowMs)), revocation }
  } finally {
    wipe(secret)
  }
}
