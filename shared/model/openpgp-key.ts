import { z } from 'zod'
import { accountId } from './ids'

/** Fingerprint in lower-case hex: 40 digits for version 4, 64 for version 6 (RFC 9580 §5.5.4). */
export const fingerprint = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
  .brand<'Fingerprint'>()
export type Fingerprint = z.infer<typeof fingerprint>

/** Key ID in lower-case hex; all zeros is the wildcard of hidden recipients (RFC 9580 §5.1). */
export const keyId = z.string().regex(/^[0-9a-f]{16}$/)

/** One user ID of a key. `address` is lower-case and empty when the user ID names none. */
const keyUserId = z.object({
  name: z.string().max(500),
  address: z.string().max(320),
  /** Self-certified now: neither revoked nor expired nor certified with a hash that is refused. */
  valid: z.boolean(),
})
export type KeyUserId = z.infer<typeof keyUserId>

/** Why a key may not be used, or only be used for reading. */
export const keyProblem = z.enum([
  'expired',
  'revoked',
  'not-yet-valid',
  /** RSA below 2048 bits, DSA, ElGamal. */
  'weak',
  /** Bound with SHA-1 or MD5 only. */
  'weak-hash',
  'no-encryption-subkey',
  'no-signing-key',
  'no-valid-user-id',
])
export type KeyProblem = z.infer<typeof keyProblem>

/** What a key says of itself, after its self-signatures were checked. */
export const keyFacts = z.object({
  fingerprint,
  /** Primary key and subkeys. */
  keyIds: z.array(keyId).max(50),
  version: z.number().int(),
  /** In words people know: `Ed25519 / X25519`, `RSA 4096`, `NIST P-256`. */
  algorithm: z.string().max(100),
  createdAtMs: z.number(),
  /** Of the primary key; null: never. */
  expiresAtMs: z.number().nullable(),
  /** When the last usable encryption subkey ends; null: never, or there is none. */
  encryptionExpiresAtMs: z.number().nullable(),
  userIds: z.array(keyUserId).max(50),
  canEncrypt: z.boolean(),
  canSign: z.boolean(),
  /** The key says that its owner reads SEIPDv2 (RFC 9580 §5.2.3.32). */
  readsAead: z.boolean(),
  problems: z.array(keyProblem).max(10),
})
export type KeyFacts = z.infer<typeof keyFacts>

/** How much stands behind "this key belongs to this address", in the three levels of the interface. */
export const keyTrust = z.enum(['none', 'some', 'verified'])
export type KeyTrust = z.infer<typeof keyTrust>

/** Where a key was met. */
const keySource = z.enum([
  'own',
  'imported',
  'wkd',
  'keyserver',
  'autocrypt',
  'gossip',
  'attachment',
  'vcard',
])
export type KeySource = z.infer<typeof keySource>

/** One reason for a level of trust. `detail`: host, message or file, for the words. */
export const keyEvidence = z.object({ source: keySource, atMs: z.number(), detail: z.string().max(300) })
export type KeyEvidence = z.infer<typeof keyEvidence>

/** One of the user's own keys. The secret part is never part of any model. */
export const ownKey = z.object({
  facts: keyFacts,
  /** Accounts that sign and decrypt with it by default. */
  defaultFor: z.array(accountId).max(100),
  /** `vault`: opened with the profile. `passphrase`: asks for a passphrase of its own. */
  protection: z.enum(['vault', 'passphrase']),
  unlocked: z.boolean(),
  /** When a copy of the secret key was last written to a file by the user, or null. */
  backedUpAtMs: z.number().nullable(),
  hasRevocationCertificate: z.boolean(),
  /** Expires within 60 days, or has expired. */
  renewalDue: z.boolean(),
  addedAtMs: z.number(),
})
export type OwnKey = z.infer<typeof ownKey>

/** Somebody else's key, as it is used for one address. */
export const contactKey = z.object({
  address: z.string().max(320),
  facts: keyFacts,
  trust: keyTrust,
  evidence: z.array(keyEvidence).max(20),
  /** The key that is used for this address now; others are kept for old signatures. */
  inUse: z.boolean(),
  /** The user took it out of use. */
  rejected: z.boolean(),
  verifiedAtMs: z.number().nullable(),
  firstSeenAtMs: z.number(),
  /** The address's Autocrypt preference (Autocrypt Level 1 §2.1), when it was ever seen. */
  prefersEncryption: z.boolean().nullable(),
})
export type ContactKey = z.infer<typeof contactKey>

/** Another key turned up for an address that has one: automatic encryption stops until the user decides. */
export const keyConflict = z.object({
  address: z.string().max(320),
  known: fingerprint,
  knownTrust: keyTrust,
  found: fingerprint,
  source: keySource,
  atMs: z.number(),
})
export type KeyConflict = z.infer<typeof keyConflict>

/** One step of a key look-up, so that "nothing found" can say why. */
const keyLookupStep = z.object({
  source: z.enum(['wkd-advanced', 'wkd-direct', 'keyserver', 'local']),
  target: z.string().max(500),
  outcome: z.enum(['found', 'nothing', 'failed', 'off', 'refused']),
  detail: z.string().max(500),
})
export type KeyLookupStep = z.infer<typeof keyLookupStep>
export const keyLookupReport = z.object({
  address: z.string().max(320),
  found: z.array(contactKey).max(20),
  steps: z.array(keyLookupStep).max(20),
})
export type KeyLookupReport = z.infer<typeof keyLookupReport>

/** What came of reading keys that were found or given. */
export const keyImportReport = z.object({
  keys: z.array(contactKey).max(1000),
  conflicts: z.array(keyConflict).max(1000),
  /** Blocks that are no key. */
  broken: z.number().int().nonnegative(),
  /** Keys that are sound and that Siegel cannot use; `unusableKinds`: what they are, each once. */
  unusable: z.number().int().nonnegative(),
  unusableKinds: z.array(z.string().max(100)).max(100),
  /** Secret keys that were in it; only their public part was read. */
  secretCount: z.number().int().nonnegative(),
  /** Keys without a user ID that names an address. */
  withoutAddress: z.number().int().nonnegative(),
  /** Keys, own ones and those of others, that are revoked from now on. */
  revoked: z.array(fingerprint).max(1000),
  /** Revocation certificates for keys that are not here. */
  unknownRevocations: z.number().int().nonnegative(),
})
export type KeyImportReport = z.infer<typeof keyImportReport>

/** What two people compare: 60 digits that both sees the same, and the same as text for a QR code. */
export const keyComparison = z.object({
  own: fingerprint,
  /** Twelve groups of five digits. */
  number: z.string().max(80),
  code: z.string().max(300),
})
export type KeyComparison = z.infer<typeof keyComparison>

/** What can be changed on an own key. */
export const keyChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('expiry'), expiresAtMs: z.number().int().nonnegative().nullable() }),
  z.strictObject({ kind: z.literal('add-user-id'), name: z.string().max(500), address: z.string().max(320) }),
  z.strictObject({
    kind: z.literal('revoke'),
    reason: z.enum(['compromised', 'superseded', 'retired', 'none']),
  }),
])

const keyBytes = z.custom<Uint8Array>(value => value instanceof Uint8Array && value.byteLength <= 1_000_000)

/** An own key on its way from the vault to the store: the secret part is sealed. */
export const storedOwnKey = z.object({
  facts: keyFacts,
  publicKey: keyBytes,
  sealed: keyBytes,
  protection: z.enum(['vault', 'passphrase']),
  revocation: z.string().max(100_000).nullable(),
})
