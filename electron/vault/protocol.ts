/**
 * What may be said to the vault and what it answers. Both sides parse: the vault because it holds the keys, the client
 * because a vault is another program once it is built.
 */
import { z } from 'zod'
import { errorCode, errorParams } from '../../shared/kit/errors/error-schema'
import { openpgpAnswers, openpgpRequests } from './openpgp-protocol'
import { givenPassphrase as passphrase, profileId } from './protocol-values'

/** Bytes of the master key and of every key derived from it. */
export const keyBytes = 32

const bytesOf = (length: number) =>
  z.instanceof(Uint8Array).refine(bytes => bytes.byteLength === length, `${length} bytes expected`)

const base64Of = (minimumBytes: number, maximumBytes: number) =>
  z.base64().refine(text => {
    const length = Buffer.from(text, 'base64').byteLength
    return length >= minimumBytes && length <= maximumBytes
  }, `${minimumBytes} to ${maximumBytes} bytes expected`)

/**
 * The master key sealed under a passphrase: Argon2id (RFC 9106) makes the sealing key, AES-256-GCM seals.
 *
 * The bounds keep a damaged or planted file from asking for all memory, and from weakening what the user
 * next types: 19 MiB and two passes are the least OWASP's password storage sheet allows.
 */
export const passphraseVault = z.strictObject({
  version: z.literal(1),
  kdf: z.strictObject({
    algorithm: z.literal('argon2id'),
    memoryKiB: z.number().int().min(19_456).max(1_048_576),
    passes: z.number().int().min(2).max(20),
    lanes: z.number().int().min(1).max(16),
    salt: base64Of(16, 32),
  }),
  cipher: z.literal('aes-256-gcm'),
  nonce: base64Of(12, 12),
  /** 32 bytes of key and 16 bytes of tag. */
  sealed: base64Of(48, 48),
  /** SHA-256 of the rest in hex: tells a damaged file from a wrong passphrase. Not a protection. */
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
})
export type PassphraseVault = z.infer<typeof passphraseVault>

/** Every request, by operation. The worker refuses anything else. */
const vaultRequest = z.discriminatedUnion('operation', [
  /** Makes a new random master key and holds it. */
  z.strictObject({ operation: z.literal('generate') }),
  /** Takes a master key from the keychain; its buffer is transferred, so the caller has it no more. */
  z.strictObject({ operation: z.literal('adopt'), key: bytesOf(keyBytes) }),
  /** Opens a sealed master key and holds it. */
  z.strictObject({ operation: z.literal('unwrap'), profileId, vault: passphraseVault, passphrase }),
  /** Seals the held master key under a passphrase. */
  z.strictObject({ operation: z.literal('wrap'), profileId, passphrase }),
  /** Whether a sealed key opens with this passphrase to the very key that is held. */
  z.strictObject({ operation: z.literal('verifyWrap'), profileId, vault: passphraseVault, passphrase }),
  /** 16 bytes that name the held key without giving it away. */
  z.strictObject({ operation: z.literal('keyCheck'), profileId }),
  /** The 32-byte key of the encrypted store. */
  z.strictObject({ operation: z.literal('deriveStoreKey'), profileId }),
  /**
   * Gives the master key out. The one operation that does: the OS keychain is reached from the keychain
   * module, so its copy has to pass through there when custody is moved to it. The caller wipes it.
   */
  z.strictObject({ operation: z.literal('exportForKeychain') }),
  /** Throws `weak-passphrase` for one that is guessed first. */
  z.strictObject({ operation: z.literal('requireStrong'), passphrase }),
  /** Fetches the master key from the OS keychain and holds it; only where the vault reaches the keychain itself. */
  z.strictObject({ operation: z.literal('adoptFromKeychain'), profileId }),
  /** Stores the held master key in the OS keychain; only as above. */
  z.strictObject({ operation: z.literal('storeInKeychain'), profileId }),
  /** Forgets everything; the worker ends after it. */
  z.strictObject({ operation: z.literal('lock') }),
  ...openpgpRequests,
])
export type VaultRequest = z.infer<typeof vaultRequest>
export type VaultOperation = VaultRequest['operation']

const id = z.number().int().nonnegative()
export const vaultEnvelope = z.strictObject({ id, request: vaultRequest })

/** Takes back a request that has not begun. What has begun is finished, and its answer is thrown away. */
export const vaultCancel = z.strictObject({ cancel: id })

/** What each operation answers with. */
export const vaultAnswers = {
  generate: z.strictObject({}),
  adopt: z.strictObject({}),
  unwrap: z.strictObject({}),
  wrap: z.strictObject({ vault: passphraseVault }),
  verifyWrap: z.strictObject({ matches: z.boolean() }),
  keyCheck: z.strictObject({ check: bytesOf(16) }),
  deriveStoreKey: z.strictObject({ key: bytesOf(keyBytes) }),
  exportForKeychain: z.strictObject({ key: bytesOf(keyBytes) }),
  requireStrong: z.strictObject({}),
  adoptFromKeychain: z.strictObject({ found: z.enum(['key', 'none', 'another']) }),
  storeInKeychain: z.strictObject({}),
  lock: z.strictObject({}),
  ...openpgpAnswers,
} as const satisfies Record<VaultOperation, z.ZodType>

export type VaultAnswer<O extends VaultOperation> = z.infer<(typeof vaultAnswers)[O]>

/** Why the vault refused. `locked`: no key is held. `busy`: one is held already. */
const vaultRefusal = z.enum([
  'locked',
  'busy',
  'wrong-passphrase',
  'vault-damaged',
  'bad-request',
  'failed',
  'internal',
])
export type VaultRefusal = z.infer<typeof vaultRefusal>

export const vaultReply = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    id: z.number().int(),
    ok: z.literal(false),
    refusal: vaultRefusal,
    /** For `failed`: an expected failure of OpenPGP. */
    failure: z
      .strictObject({
        code: errorCode,
        params: errorParams,
      })
      .optional(),
  }),
])
