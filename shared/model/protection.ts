import { z } from 'zod'
import { fingerprint, keyConflict, keyProblem, keyTrust } from './openpgp-key'

/** Each kind of look-up is off, asks first, or happens by itself while addressing. */
const lookupMode = z.enum(['off', 'ask', 'automatic'])
export type LookupMode = z.infer<typeof lookupMode>

/** When an account encrypts by itself. */
const encryptionPolicy = z.enum(['automatic', 'when-replying', 'ask', 'always', 'never'])
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
const recipientKeyState = z.object({
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
  recipients: z.array(recipientKeyState).max(30_000),
  /** Recipients whom only unprotected fields of the answered message name, and whom the writer did not agree to yet. */
  undecided: z.array(z.string().max(1000)).max(30_000),
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
    'unprotected-address',
  ]),
  hidesSubject: z.boolean(),
})
export type ProtectionPlan = z.infer<typeof protectionPlan>
