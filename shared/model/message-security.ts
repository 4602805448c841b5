import { z } from 'zod'
import { fingerprint, keyId, keyProblem, keyTrust } from './openpgp-key'

/** State of the signature of a whole message (RFC 9787 §3): one per message, never one per part. */
const signatureState = z.enum([
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
  /** Of a version, with an algorithm or a hash that is not known here: says nothing, good or bad. */
  'unsupported',
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
  /** Of `cipher-unsupported`: what the method is called, where it has a name. */
  method: z.string().max(60).default(''),
  /** `opens`: a passphrase that a person can give opens it. `opened`: one did, since the last lock. */
  passphrase: z.enum(['none', 'opens', 'opened']).default('none'),
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
      /** Of `key-unusable`: why, as it was when it signed. Empty: the user rejected the key. */
      problems: z.array(keyProblem).max(10).default([]),
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
          /** An encrypted message stands among other content; it is opened by itself. */
          'encrypted-part-apart',
          /** Well signed, at another time than the message says; `detail`: when, ISO 8601 in UTC. */
          'signed-at-other-time',
          /** `detail`: of what kind the signature is that cannot be checked: a version, an algorithm. */
          'signature-kind',
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
  method: '',
  passphrase: 'none',
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
