import type { NssKeyDatabase } from '../../../../shared/features/keys/thunderbird'
import type { SealedKeyAnswer } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import { DerError } from '../../nss/read-der'
import { isPrimaryPassword, openSecretDecoderRing } from '../../nss/secret-decoder-ring'
import type { PrivateKey } from '../library'
import { type SealPlace, wipe } from './held-keys'
import { openImported } from './own-keys'
import { keysOf } from './public-key'
import { sealedKeyOf } from './sealed-key'

const keyDatabaseDamaged = () => new SiegelError('thunderbird-damaged', { file: 'key4.db' })
const passphraseDamaged = () =>
  new SiegelError('thunderbird-damaged', { file: 'encrypted-openpgp-passphrase.txt' })

/** The password that opens the profile's key database: the one given, or none where none is set. */
const primaryPassword = (database: NssKeyDatabase, given: string | null): string => {
  try {
    for (const password of new Set([given ?? '', '']))
      if (isPrimaryPassword(database, password)) return password
  } catch (error) {
    if (error instanceof DerError) throw keyDatabaseDamaged()
    throw error
  }
  throw new SiegelError(given === null ? 'primary-password-needed' : 'wrong-passphrase')
}

/** The one passphrase under which Thunderbird keeps all secret keys of a profile. */
const profilePassphrase = (encrypted: Uint8Array, database: NssKeyDatabase, password: string): string => {
  const base64 = new TextDecoder('latin1').decode(encrypted).trim()
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw passphraseDamaged()
  let opened: Buffer | null
  try {
    opened = openSecretDecoderRing(Buffer.from(base64, 'base64'), database, password)
  } catch (error) {
    if (error instanceof DerError) throw passphraseDamaged()
    throw error
  }
  if (!opened) throw passphraseDamaged()
  const text = opened.toString('utf8')
  opened.fill(0)
  return text
}

/** At least one. */
const secretKeysOf = async (bytes: Uint8Array): Promise<{ found: PrivateKey[]; broken: number }> => {
  const { keys, broken } = await keysOf(bytes).catch(() => ({ keys: [], broken: 1 }))
  const secret = keys.filter(key => key.isPrivate())
  if (secret.length === 0) throw new SiegelError('thunderbird-damaged', { file: 'secring.gpg' })
  return { found: secret as unknown as PrivateKey[], broken }
}

/** Null: neither passphrase opens it. */
const openWithOneOf = async (key: PrivateKey, passphrases: readonly string[]): Promise<PrivateKey | null> => {
  for (const passphrase of passphrases)
    try {
      return await openImported(key, passphrase)
    } catch (error) {
      if (!(error instanceof SiegelError) || error.code !== 'wrong-passphrase') throw error
    }
  return null
}

/**
 * The secret keys of a Thunderbird profile, sealed. `typed` is the primary password, where there is one; it is also tried
 * on keys to which the user gave a passphrase of their own. `locked` counts those that stayed closed, `broken` those that cannot be read. Throws
 * `primary-password-needed`, `wrong-passphrase`, `thunderbird-damaged`, `key-locked` when none opened.
 */
export const importThunderbirdKeys = async (
  profile: Readonly<{ secretKeys: Uint8Array; encryptedPassphrase: Uint8Array; database: NssKeyDatabase }>,
  typed: string | null,
  place: SealPlace,
  nowMs: number,
): Promise<{ keys: SealedKeyAnswer[]; locked: number; broken: number }> => {
  const { database } = profile
  const password = primaryPassword(database, typed)
  const passphrase = profilePassphrase(profile.encryptedPassphrase, database, password)
  const { found, broken } = await secretKeysOf(profile.secretKeys)
  const keys: SealedKeyAnswer[] = []
  for (const key of found) {
    const open = await openWithOneOf(key, typed === null ? [passphrase] : [passphrase, typed])
    if (!open) continue
    try {
      keys.push(await sealedKeyOf(open, place, nowMs))
    } finally {
      wipe(open)
    }
  }
  const [first] = found
  if (keys.length === 0 && first) throw new SiegelError('key-locked', { fingerprint: first.getFingerprint() })
  return { keys, locked: found.length - keys.length, broken }
}
