/**
 * What may be asked of the vault about OpenPGP. `openpgp` carries the calls of the engine (shared/ipc/vault-calls), those about OMEMO too; the
 * others are for main and the command line alone, and main's relay has no words for them.
 */
import { z } from 'zod'
import { fingerprint, keyId } from '../../shared/features/keys/model'
import { nssKeyDatabase } from '../../shared/features/keys/thunderbird'
import {
  isVaultCallName,
  sealedKey,
  type VaultCallName,
  vaultKeyringBytes,
} from '../../shared/ipc/vault/vault-calls'
import { keptSecret, givenPassphrase as passphrase, pickedFile, profileId } from './protocol-values'

const keyring = z.custom<Uint8Array>(
  value => value instanceof Uint8Array && value.byteLength <= vaultKeyringBytes,
  { error: 'too many bytes' },
)

/** How long a key stays open after its passphrase was given: at most a day; null until the lock. */
const rememberMs = z.number().int().min(0).max(86_400_000).nullable()

export const openpgpRequests = [
  z.strictObject({
    operation: z.literal('openpgp'),
    profileId,
    name: z.custom<VaultCallName>(isVaultCallName),
    /** Parsed by the worker with the schema of its name. */
    input: z.unknown(),
  }),
  /** The secret keys of a file, sealed. */
  z.strictObject({
    operation: z.literal('importSecret'),
    profileId,
    /** What was typed, or is in a file that the person picked. */
    from: z.union([keyring, keptSecret, pickedFile]),
    passphrase: passphrase.nullable(),
  }),
  /** The secret keys of a Thunderbird profile, sealed. */
  z.strictObject({
    operation: z.literal('importThunderbird'),
    profileId,
    bytes: keyring,
    /** `encrypted-openpgp-passphrase.txt`. */
    encryptedPassphrase: z.custom<Uint8Array>(
      value => value instanceof Uint8Array && value.byteLength <= 10_000,
      { error: 'too many bytes' },
    ),
    database: nssKeyDatabase,
    primaryPassword: passphrase.nullable(),
  }),
  /** The secret key of an Autocrypt Setup Message, sealed. */
  z.strictObject({
    operation: z.literal('importSetupMessage'),
    profileId,
    bytes: keyring,
    setupCode: passphrase,
  }),
  z.strictObject({
    operation: z.literal('setKeyPassphrase'),
    profileId,
    fingerprint,
    passphrase: passphrase.nullable(),
  }),
  z.strictObject({ operation: z.literal('unlockKey'), profileId, fingerprint, passphrase, rememberMs }),
  z.strictObject({ operation: z.literal('forgetKeyPassphrase'), fingerprint }),
  /** The one operation that gives a secret key out, locked under a passphrase. */
  z.strictObject({ operation: z.literal('exportSecret'), profileId, fingerprint, passphrase }),
] as const

export const openpgpAnswers = {
  openpgp: z.strictObject({ output: z.unknown() }),
  importSecret: z.strictObject({
    keys: z.array(sealedKey).max(1000),
    revocations: z.array(z.strictObject({ keyId, bytes: keyring })).max(1000),
    lostSubkeys: z.array(z.string().max(100)).max(1000),
  }),
  importThunderbird: z.strictObject({
    keys: z.array(sealedKey).max(1000),
    locked: z.number().int().nonnegative(),
    broken: z.number().int().nonnegative(),
  }),
  importSetupMessage: z.strictObject({ key: sealedKey }),
  setKeyPassphrase: z.strictObject({ key: sealedKey }),
  unlockKey: z.strictObject({}),
  forgetKeyPassphrase: z.strictObject({}),
  exportSecret: z.strictObject({ armored: z.string() }),
} as const

export type OpenpgpRequest = z.infer<(typeof openpgpRequests)[number]>
