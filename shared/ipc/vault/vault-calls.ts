/**
 * What the engine may ask of the vault, and nothing else: main's relay lets through these names only. None of them
 * answers a private key in clear.
 */
import { z } from 'zod'
import { fingerprint, keyFacts, keyId, keyProblem } from '../../features/keys/model'
import { collectionCalls } from './collection-calls'
import { omemoCalls } from './omemo-calls'

/** The largest message that is decrypted, verified or encrypted, in bytes: the cap of messages and their armor. */
const vaultMessageBytes = 210_000_000
/** One key or a file of keys. A key with thousands of foreign certifications has some megabytes. */
export const vaultKeyringBytes = 10_000_000
/** Recipients of one message, hidden ones included. */
const vaultRecipients = 3000

const bytesUpTo = (limit: number) =>
  z.custom<Uint8Array>(value => value instanceof Uint8Array && value.byteLength <= limit, {
    error: `at most ${limit} bytes expected`,
  })
const message = bytesUpTo(vaultMessageBytes)
const keyring = bytesUpTo(vaultKeyringBytes)
/** A sealed key is a key without foreign certifications. */
const sealed = bytesUpTo(1_000_000)

const nowMs = z.number().int().nonnegative().max(8.64e15)
const verifyWith = z.array(keyring).max(100).readonly()
const name = z.string().max(500)
const address = z.string().max(320)

/** A passphrase for a message: its bytes (the command line), or the number under which the vault keeps it. */
export const messagePassphrase = z.union([
  z.strictObject({ secret: z.number().int().nonnegative() }),
  z
    .custom<Uint8Array>(value => value instanceof Uint8Array)
    .refine(({ byteLength }) => byteLength > 0 && byteLength <= 4096, 'passphrase length'),
])
export type MessagePassphrase = z.infer<typeof messagePassphrase>

const publicKeyBytes = z.object({ facts: keyFacts, bytes: keyring })
/** A secret key at rest, as the vault hands it out: only the vault can open `sealed`. */
export const sealedKey = publicKeyBytes.extend({
  sealed,
  protection: z.enum(['vault', 'passphrase']),
})
export type SealedKeyAnswer = z.infer<typeof sealedKey>

/** What a file of own keys brought; `lostSubkeys` as in `keys.importSecret`. */
export type ImportedSecretKeys = Readonly<{
  keys: SealedKeyAnswer[]
  revocations: { keyId: string; bytes: Uint8Array }[]
  lostSubkeys: string[]
}>

const signatureFacts = z.object({
  state: z.enum(['good', 'bad', 'unknown-key', 'key-unusable', 'weak', 'unsupported']),
  keyId,
  fingerprint: fingerprint.nullable(),
  createdAtMs: z.number().nullable(),
  hash: z.string().max(20),
  /** Of `unsupported`, as far as it can be named: `OpenPGP v3`, an algorithm; else empty. */
  kind: z.string().max(100),
  problems: z.array(keyProblem).max(10),
})
export type SignatureFactsAnswer = z.infer<typeof signatureFacts>
const signatures = z.array(signatureFacts).max(100)

const keyChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('expiry'), expiresAtMs: nowMs.nullable() }),
  z.strictObject({ kind: z.literal('add-user-id'), name, address }),
  z.strictObject({
    kind: z.literal('revoke'),
    reason: z.enum(['compromised', 'superseded', 'retired', 'none']),
  }),
])
export type KeyChange = z.infer<typeof keyChange>

type Call = Readonly<{ in: z.ZodType; out: z.ZodType }>

/** Every operation with the shape of its question and its answer; both ends parse. */
export const vaultCalls = {
  readKeys: {
    in: z.strictObject({ bytes: keyring }),
    out: z.object({
      keys: z.array(publicKeyBytes.extend({ hasSecret: z.boolean() })).max(1000),
      broken: z.number().int().nonnegative(),
      /** Kinds of those keys that nothing here can use, one for each. */
      unusable: z.array(z.string().max(100)).max(100_000),
      /** Revocation certificates that stand alone: for which key each is, and its bytes. */
      revocations: z.array(z.object({ keyId, bytes: keyring })).max(1000),
    }),
  },
  revokePublic: {
    in: z.strictObject({ key: keyring, certificate: keyring, nowMs }),
    out: publicKeyBytes,
  },
  revokeHeld: { in: z.strictObject({ fingerprint, certificate: keyring, nowMs }), out: sealedKey },
  mergeKeys: { in: z.strictObject({ known: keyring, update: keyring }), out: publicKeyBytes },
  reduceKey: {
    in: z.strictObject({ key: keyring, address, subkeys: z.enum(['current', 'all']), nowMs }),
    out: publicKeyBytes,
  },
  generate: {
    in: z.strictObject({
      userIds: z.array(z.strictObject({ name, address })).min(1).max(50).readonly(),
      version: z.union([z.literal(4), z.literal(6)]),
      expiresAtMs: nowMs.nullable(),
      nowMs,
    }),
    out: sealedKey.extend({ revocation: z.string().max(100_000) }),
  },
  hold: {
    in: z.strictObject({ keys: z.array(z.strictObject({ fingerprint, sealed })).max(200).readonly() }),
    out: z.object({}),
  },
  unlocked: { in: z.strictObject({}), out: z.array(fingerprint).max(200) },
  change: { in: z.strictObject({ fingerprint, change: keyChange, nowMs }), out: sealedKey },
  /** `passphrase`: what a person gave for this message; used with the first one that asks for a passphrase, then gone. */
  decrypt: {
    in: z.strictObject({ data: message, verifyWith, nowMs, passphrase: messagePassphrase.optional() }),
    out: z.object({
      bytes: message,
      signatures,
      recipientKeyIds: z.array(keyId).max(vaultRecipients),
      /** Null: a passphrase, now or since the last lock. */
      openedBy: fingerprint.nullable(),
      cipher: z.string().max(20),
      aead: z.boolean(),
    }),
  },
  verify: {
    in: z.strictObject({ data: message, signature: bytesUpTo(1_000_000), verifyWith, nowMs }),
    out: signatures,
  },
  verifyCleartext: {
    in: z.strictObject({ armored: message, verifyWith, nowMs }),
    out: z.object({ text: message, signatures }),
  },
  encrypt: {
    in: z.strictObject({
      data: message,
      recipients: z
        .array(z.strictObject({ key: keyring, hidden: z.boolean() }))
        .min(1)
        .max(vaultRecipients)
        .readonly(),
      signWith: fingerprint.nullable(),
      nowMs,
    }),
    out: z.object({ armored: z.string(), recipientKeyIds: z.array(keyId).max(vaultRecipients) }),
  },
  sign: {
    in: z.strictObject({ data: message, fingerprint, nowMs }),
    out: z.object({ armored: z.string(), micalg: z.string() }),
  },
  ...collectionCalls,
  ...omemoCalls,
} as const satisfies Record<string, Call>

type VaultCalls = typeof vaultCalls
export type VaultCallName = keyof VaultCalls
export type VaultCallInput<N extends VaultCallName> = z.input<VaultCalls[N]['in']>
/** What the worker gets of it after parsing. */
export type VaultQuestion<N extends VaultCallName> = z.output<VaultCalls[N]['in']>
export type VaultCallOutput<N extends VaultCallName> = z.output<VaultCalls[N]['out']>

/** Calls about OMEMO, which need nothing of the OpenPGP library. */
export type OmemoCallName = keyof typeof omemoCalls
export const isOmemoCallName = (name: VaultCallName): name is OmemoCallName => Object.hasOwn(omemoCalls, name)

export const isVaultCallName = (name: unknown): name is VaultCallName =>
  typeof name === 'string' && Object.hasOwn(vaultCalls, name)

/** Asks the vault wherever it is. Rejects with SiegelError; with `cancelled` when `signal` fires before it began. */
export type AskVault = <N extends VaultCallName>(
  name: N,
  input: VaultCallInput<N>,
  signal?: AbortSignalLike,
) => Promise<VaultCallOutput<N>>

/** What is needed of an AbortSignal; shared code has neither DOM nor Node types. */
export type AbortSignalLike = Readonly<{
  aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}>

type Verification = Readonly<{ verifyWith: readonly Uint8Array[]; nowMs: number }>

/** The operations as methods, over whatever way there is to the vault. */
export const vaultOver = (ask: AskVault) => ({
  readKeys: (bytes: Uint8Array) => ask('readKeys', { bytes }),
  revokePublic: (options: VaultCallInput<'revokePublic'>) => ask('revokePublic', options),
  revokeHeld: (options: VaultCallInput<'revokeHeld'>) => ask('revokeHeld', options),
  mergeKeys: (known: Uint8Array, update: Uint8Array) => ask('mergeKeys', { known, update }),
  reduceKey: (options: VaultCallInput<'reduceKey'>) => ask('reduceKey', options),
  generate: (options: VaultCallInput<'generate'>) => ask('generate', options),
  hold: async (keys: VaultCallInput<'hold'>['keys']): Promise<void> => {
    await ask('hold', { keys })
  },
  unlocked: () => ask('unlocked', {}),
  change: (fingerprint: VaultCallInput<'change'>['fingerprint'], change: KeyChange, nowMs: number) =>
    ask('change', { fingerprint, change, nowMs }),
  decrypt: (
    data: Uint8Array,
    options: Verification & { passphrase?: MessagePassphrase | undefined },
    signal?: AbortSignalLike,
  ) => ask('decrypt', { data, ...options }, signal),
  verify: (data: Uint8Array, signature: Uint8Array, options: Verification) =>
    ask('verify', { data, signature, ...options }),
  verifyCleartext: (armored: Uint8Array, options: Verification) =>
    ask('verifyCleartext', { armored, ...options }),
  encrypt: (options: VaultCallInput<'encrypt'>) => ask('encrypt', options),
  sign: (data: Uint8Array, fingerprint: VaultCallInput<'sign'>['fingerprint'], nowMs: number) =>
    ask('sign', { data, fingerprint, nowMs }),
  writeCollectionKeys: (options: VaultCallInput<'writeCollectionKeys'>) =>
    ask('writeCollectionKeys', options),
  readCollectionKeys: (options: VaultCallInput<'readCollectionKeys'>) => ask('readCollectionKeys', options),
  sealObject: (options: VaultCallInput<'sealObject'>) => ask('sealObject', options),
  openObject: (options: VaultCallInput<'openObject'>) => ask('openObject', options),
  omemo: {
    createDevice: (options: VaultCallInput<'createOmemoDevice'>) => ask('createOmemoDevice', options),
    ownBundles: (options: VaultCallInput<'ownOmemoBundles'>) => ask('ownOmemoBundles', options),
    maintain: (options: VaultCallInput<'maintainOmemo'>) => ask('maintainOmemo', options),
    judgePublished: async (options: VaultCallInput<'judgePublishedOmemo'>) =>
      (await ask('judgePublishedOmemo', options)).state,
    judgeBundles: async (options: VaultCallInput<'judgeOmemoBundles'>) =>
      (await ask('judgeOmemoBundles', options)).judged,
    encrypt: (options: VaultCallInput<'encryptOmemo'>) => ask('encryptOmemo', options),
    decrypt: (options: VaultCallInput<'decryptOmemo'>) => ask('decryptOmemo', options),
  },
})
