/** What only main and the command line may ask: secret keys come in from files, and go out under a passphrase. */

import type { Fingerprint } from '../../../../shared/features/keys/model'
import type { SealedKeyAnswer } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError, unsupportedKind } from '../../../../shared/kit/result'
import { encryptKey, enums, type Key, type PrivateKey, readPrivateKey } from '../library'
import { withCrlf } from '../packets/armor'
import { maxKeysInFile, readingConfig } from '../policy'
import { type HeldKeys, openWithPassphrase, type SealPlace, wipe } from './held-keys'
import { fingerprintOf } from './key-facts'
import { keysOf } from './public-key'
import { type RevocationAlone, revocationsAlone } from './revocation'
import { sealedKeyOf } from './sealed-key'

/**
 * How a secret key is locked under a passphrase: iterated and salted S2K (33 MB hashed for each part of the key,
 * twice what the library does) and AES-256 in CFB with its SHA-1 checksum (usage 254), the best that GnuPG 2.2 imports.
 */
const lockConfig = {
  ...readingConfig,
  aeadProtect: false,
  s2kType: enums.s2k.iterated,
  s2kIterationCountByte: 240,
} as const

const lock = (key: PrivateKey, passphrase: string): Promise<PrivateKey> =>
  encryptKey({ privateKey: key, passphrase: passphrase.normalize('NFC'), config: lockConfig })

/** Opened when it has a passphrase, and checked: the secret numbers must belong to the public ones. */
export const openImported = async (key: PrivateKey, passphrase: string | null): Promise<PrivateKey> => {
  if (!key.isDecrypted()) {
    if (passphrase === null) throw new SiegelError('key-locked', { fingerprint: key.getFingerprint() })
    return openWithPassphrase(key, passphrase)
  }
  try {
    await (key as PrivateKey & { validate(): Promise<void> }).validate()
    return key
  } catch {
    throw new SiegelError('key-unusable', { fingerprint: key.getFingerprint(), reason: 'damaged' })
  }
}

/** What a file of own keys brings: keys, sealed for the store, and certificates that revoke a key. */
export type ImportedSecrets = Readonly<{
  keys: SealedKeyAnswer[]
  revocations: RevocationAlone[]
  /** Subkeys that a key was taken without: of what kind they are, empty where that is not known. */
  lostSubkeys: string[]
}>

/**
 * The secret keys of a file, sealed for the store, and the revocation certificates beside them or alone. A passphrase opens keys that have one; they rest without it
 * afterwards. Throws `no-key` when there is none, `key-kind-unsupported`, `key-locked`, `wrong-passphrase`, `key-unusable`.
 */
export const importSecret = async (
  bytes: Uint8Array,
  passphrase: string | null,
  place: SealPlace,
  nowMs: number,
): Promise<ImportedSecrets> => {
  const revocations: RevocationAlone[] = []
  const { keys, unusable, lostSubkeys } = await keysOf(bytes, async block => {
    const alone = await revocationsAlone(block)
    revocations.push(...alone)
    return alone.length > 0
  })
  const secret = keys.filter(key => key.isPrivate()) as unknown as (PrivateKey & Key)[]
  if (secret.length === 0 && revocations.length === 0)
    throw unusable.length > 0 ? unsupportedKind(unusable) : new SiegelError('no-key')
  const sealed: SealedKeyAnswer[] = []
  for (const key of secret) {
    const open = await openImported(key, passphrase)
    try {
      sealed.push(await sealedKeyOf(open, place, nowMs))
    } finally {
      wipe(open)
    }
  }
  const lost = secret.flatMap(key => lostSubkeys.get(key) ?? [])
  return {
    keys: sealed,
    revocations: revocations.slice(0, maxKeysInFile),
    lostSubkeys: lost.slice(0, maxKeysInFile),
  }
}

/** Gives a key a passphrase of its own, another one, or none (null). It must be open. */
export const setKeyPassphrase = async (
  fingerprint: Fingerprint,
  passphrase: string | null,
  held: HeldKeys,
  place: SealPlace,
  nowMs: number,
): Promise<SealedKeyAnswer> => {
  const key = await held.open(fingerprint, place)
  return sealedKeyOf(passphrase === null ? key : await lock(key, passphrase), place, nowMs)
}

/** The armored secret key under a passphrase, for a backup or another program. It must be open. */
export const exportSecret = async (
  fingerprint: Fingerprint,
  passphrase: string,
  held: HeldKeys,
  place: SealPlace,
): Promise<string> => {
  const locked = await lock(await held.open(fingerprint, place), passphrase)
  // What is written must open again, or the backup is worth nothing.
  const armored = withCrlf(locked.armor())
  const again = await readPrivateKey({ armoredKey: armored, config: readingConfig })
  const opened = await openWithPassphrase(again, passphrase)
  wipe(opened)
  if (fingerprintOf(again) !== fingerprint) throw new SiegelError('self-check-failed', { detail: 'export' })
  return armored
}
