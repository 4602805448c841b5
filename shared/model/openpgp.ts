import { z } from 'zod'
import { accountId, mailboxId, messageId } from './ids'

/** Fingerprint in lower-case hex: 40 digits for version 4, 64 for version 6 (RFC 9580 §5.5.4). */
export const fingerprint = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
  .brand<'Fingerprint'>()
export type Fingerprint = z.infer<typeof fingerprint>

/** Key ID in lower-case hex; all zeros is the wildcard of hidden recipients (RFC 9580 §5.1). */
export const keyId = z.string().regex(/^[0-9a-f]{16}$/)

/** One user ID of a key. `address` is lower-case and empty when the user ID names none. */
export const keyUserId = z.object({
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
export const keySource = z.enum([
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
export const keyLookupStep = z.object({
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
  /** Secret keys that were in it; only their public part was read. */
  secretCount: z.number().int().nonnegative(),
  /** Keys without a user ID that names an address. */
  withoutAddress: z.number().int().nonnegative(),
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
export type KeyChange = z.infer<typeof keyChange>

const keyBytes = z.custom<Uint8Array>(value => value instanceof Uint8Array && value.byteLength <= 1_000_000)

/** An own key on its way from the vault to the store: the secret part is sealed. */
export const storedOwnKey = z.object({
  facts: keyFacts,
  publicKey: keyBytes,
  sealed: keyBytes,
  protection: z.enum(['vault', 'passphrase']),
  revocation: z.string().max(100_000).nullable(),
})

/** Each kind of look-up is off, asks first, or happens by itself while addressing. */
export const lookupMode = z.enum(['off', 'ask', 'automatic'])
export type LookupMode = z.infer<typeof lookupMode>

/** When an account encrypts by itself. */
export const encryptionPolicy = z.enum(['automatic', 'when-replying', 'ask', 'always', 'never'])
export type EncryptionPolicy = z.infer<typeof encryptionPolicy>

/** OpenPGP settings of one account. */
export const openpgpSettings = z.object({
  /** Null: this account has no key and neither signs nor decrypts by default. */
  key: fingerprint.nullable(),
  policy: encryptionPolicy,
  signAlways: z.boolean(),
  /** RFC 9788 §3.2: what the header of an encrypted message hides. */
  headerProtection: z.enum(['baseline', 'shy']),
  /** Autocrypt header in what is sent. */
  autocryptHeader: z.boolean(),
  wkd: lookupMode,
  keyserver: lookupMode,
  /** Hosts of HKPS servers. */
  keyservers: z.array(z.string().max(253)).max(5),
  /** Decrypted text goes into the encrypted search index. */
  indexDecrypted: z.boolean(),
})
export type OpenpgpSettings = z.infer<typeof openpgpSettings>

export const defaultOpenpgpSettings: OpenpgpSettings = {
  key: null,
  policy: 'automatic',
  signAlways: false,
  headerProtection: 'baseline',
  autocryptHeader: true,
  wkd: 'ask',
  keyserver: 'off',
  keyservers: ['keys.openpgp.org'],
  indexDecrypted: true,
}

/** What stands between a recipient and an encrypted message. */
export const recipientKeyState = z.object({
  address: z.string().max(320),
  /** `ready`: a usable key. `decide`: a key changed, or only gossip names one. `missing`: none. */
  state: z.enum(['ready', 'decide', 'missing']),
  fingerprint: fingerprint.nullable(),
  trust: keyTrust,
  /** Why a key that is there is not used. */
  problems: z.array(keyProblem).max(10),
  conflict: keyConflict.nullable(),
  prefersEncryption: z.boolean().nullable(),
})
export type RecipientKeyState = z.infer<typeof recipientKeyState>

/** What the writer chose for one draft; `auto` follows the account's policy. */
export const draftProtection = z.object({
  encrypt: z.enum(['auto', 'on', 'off']),
  sign: z.enum(['auto', 'on', 'off']),
})
export type DraftProtection = z.infer<typeof draftProtection>

export const noChoice: DraftProtection = { encrypt: 'auto', sign: 'auto' }

/** What will happen to a draft, and why. */
export const protectionPlan = z.object({
  recipients: z.array(recipientKeyState).max(3000),
  /** What sending now would do. `stop`: it needs a decision first. */
  encrypts: z.enum(['yes', 'no', 'stop']),
  signs: z.boolean(),
  /** Why: a code that the interface words. */
  reason: z.enum([
    'policy',
    'chosen',
    'reply-to-encrypted',
    'all-reachable',
    'not-all-reachable',
    'key-changed',
    'no-own-key',
    'own-key-locked',
    'own-key-unusable',
    'nobody-addressed',
  ]),
  hidesSubject: z.boolean(),
})
export type ProtectionPlan = z.infer<typeof protectionPlan>

/** State of the signature of a whole message (RFC 9787 §3): one per message, never one per part. */
export const signatureState = z.enum([
  'none',
  /** Covers everything that is shown, by a usable key of the From address. */
  'good',
  /** Technically right, but the key is not known. */
  'unknown-key',
  /** Right, by a key that does not belong to the From address. */
  'other-address',
  /** Right, by a key that was expired, revoked, or not yet valid when it signed. */
  'key-unusable',
  /** Made with a hash or key that is refused (SHA-1, MD5, small RSA). */
  'weak',
  /** Covers only a part of the message: counts as none, and is said. */
  'partial',
  'bad',
  /** S/MIME: recognised, not checked. */
  'unchecked-smime',
])
export type SignatureState = z.infer<typeof signatureState>

/** The cryptographic summary of one message. */
export const messageSecurity = z.object({
  /** `locked`: a passphrase of one of the user's keys is needed first. */
  encryption: z.enum(['none', 'encrypted', 'inline-encrypted', 'locked', 'failed', 'unchecked-smime']),
  /** Error code when failed: `no-key`, `decrypt-failed`, `no-integrity`, `too-large`, ... */
  failure: z.string().max(60).nullable(),
  /** For `locked` and `no-key`: the keys that would open it, as far as the message says. */
  neededKeys: z.array(keyId).max(50),
  signature: signatureState,
  signer: z
    .object({
      fingerprint: fingerprint.nullable(),
      keyId,
      address: z.string().max(320).nullable(),
      trust: keyTrust,
      own: z.boolean(),
      signedAtMs: z.number().nullable(),
    })
    .nullable(),
  /** What protects the header fields that are shown (RFC 9788). */
  headerProtection: z.enum(['none', 'signed', 'encrypted']),
  /** Header fields whose protected value differs from the outer one, by name in lower case. */
  protectedDiffers: z.array(z.string().max(60)).max(20),
  /** Encrypted to, as far as the message says; hidden ones are counted only. */
  recipients: z.array(z.object({ keyId, address: z.string().max(320).nullable() })).max(100),
  hiddenRecipientCount: z.number().int().nonnegative(),
  /** This message was put under encryption by Siegel on arrival (encrypted inbox), not by its sender. */
  inboxEncrypted: z.boolean(),
  /** Where an inline signed or encrypted stretch begins and ends in the text shown, in characters. */
  inlineExtent: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
  /** Attachments with a detached signature of their own. It says nothing of the message that carries them. */
  signedAttachments: z
    .array(
      z.object({
        partId: z.string().max(200),
        fileName: z.string().max(200),
        state: signatureState,
        address: z.string().max(320).nullable(),
      }),
    )
    .max(20),
  warnings: z
    .array(
      z.object({
        code: z.enum([
          'content-outside-protection',
          'repaired-structure',
          'old-format',
          'weak-cipher',
          'mailing-list-footer',
          'signed-attachment-only',
          'subject-not-protected',
        ]),
        detail: z.string().max(300),
      }),
    )
    .max(20),
})
export type MessageSecurity = z.infer<typeof messageSecurity>

/** Of a message that nothing protects, and of one whose bytes are not here. */
export const noSecurity: MessageSecurity = {
  encryption: 'none',
  failure: null,
  neededKeys: [],
  signature: 'none',
  signer: null,
  headerProtection: 'none',
  protectedDiffers: [],
  recipients: [],
  hiddenRecipientCount: 0,
  inboxEncrypted: false,
  inlineExtent: null,
  signedAttachments: [],
  warnings: [],
}

/** The encrypted inbox of one account. */
export const inboxEncryptionStatus = z.object({
  accountId,
  on: z.boolean(),
  /** Keys that mail is encrypted to; the account's own first. */
  keys: z.array(fingerprint).max(10),
  hideSubject: z.boolean(),
  /** Days that originals stay in the encrypted store of this machine. */
  keepOriginalsDays: z.number().int().min(0).max(365),
  /** Mailboxes beside the inbox whose new mail is taken. */
  mailboxIds: z.array(mailboxId).max(10_000),
  /** Speed limit of jobs; null: as fast as it goes. */
  messagesPerMinute: z.number().int().min(1).max(10_000).nullable(),
  /** A copy of the own key was written to a file; without one it may not be switched on. */
  keyBackedUp: z.boolean(),
  /** Why it may not be switched on, or stands still, or null. */
  problem: z.object({ code: z.string().max(60), detail: z.string().max(500) }).nullable(),
  /** The running or last job. */
  job: z
    .object({
      kind: z.enum(['back-catalogue', 'decrypt', 'undo']),
      state: z.enum(['running', 'paused', 'done', 'stopped']),
      total: z.number().int().nonnegative(),
      done: z.number().int().nonnegative(),
      skipped: z.number().int().nonnegative(),
      failed: z.number().int().nonnegative(),
    })
    .nullable(),
  undoable: z.number().int().nonnegative(),
})

/** What a job over mailboxes would look at. What is encrypted already is found out on the way. */
export const inboxEncryptionPreview = z.object({
  count: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  mailboxes: z
    .array(z.object({ mailboxId, count: z.number().int().nonnegative(), bytes: z.number().nonnegative() }))
    .max(10_000),
})
export type InboxEncryptionStatus = z.infer<typeof inboxEncryptionStatus>

/** A message that a run left as it is, and why. */
export const inboxEncryptionSkip = z.object({
  messageId,
  subject: z.string().max(2000),
  reason: z.string().max(60),
  detail: z.string().max(300),
})
export type InboxEncryptionSkip = z.infer<typeof inboxEncryptionSkip>
