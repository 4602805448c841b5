import { z } from 'zod'
import { bytes, type Calls, done, givenSecret, nothing } from '../../ipc/call'
import { accountId, draftId, messageId } from '../../kit/ids'
import { emailAddress } from '../accounts/model'
import { openpgpSettings, protectionPlan } from '../writing/protection'
import {
  contactKey,
  fingerprint,
  keyChange,
  keyComparison,
  keyConflict,
  keyImportReport,
  keyLookupReport,
  keyTrust,
  ownKey,
  storedOwnKey,
} from './model'
import { nssKeyDatabase, thunderbirdDecisions } from './thunderbird'

/**
 * What came of a Thunderbird profile. `locked`: own keys with a passphrase of their own that was not given. `broken`: keys
 * that could not be read.
 */
const thunderbirdImport = z.object({
  imported: z.array(ownKey).max(1000),
  locked: z.number().int().nonnegative(),
  broken: z.number().int().nonnegative(),
  others: keyImportReport,
})

/** OpenPGP keys, own ones and those of others. */
export const keyCalls = {
  /**
   * Secret keys from a file that the user picks (`file`), from the file picked last, with another passphrase (`again`), or
   * from pasted text. A revocation certificate of a key that is here is applied: `revoked` names the keys that it ends. Answers
   * null when the user cancelled. Throws `wrong-passphrase`, `import-unreadable`, `no-key`, `key-kind-unsupported`.
   */
  'keys.importSecret': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      from: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('file') }),
        z.strictObject({ kind: z.literal('again') }),
        z.strictObject({ kind: z.literal('text'), text: givenSecret }),
      ]),
      passphrase: givenSecret.nullable(),
      accountId: accountId.nullable(),
    }),
    out: z
      .object({
        imported: z.array(ownKey).max(1000),
        revoked: z.array(fingerprint).max(1000),
        /** Subkeys that were left out: their kind, empty where they are damaged or not bound to their key. */
        lostSubkeys: z.array(z.string().max(100)).max(1000),
      })
      .nullable(),
  },
  /**
   * The keys of a Thunderbird profile, own ones and those of others, from the folder that the user picks (`folder`) or the
   * one picked last, with another primary password (`again`). Answers null when the user cancelled. Throws
   * `thunderbird-no-keys`, `thunderbird-no-passphrase`, `thunderbird-damaged`, `thunderbird-open`,
   * `primary-password-needed`, `wrong-passphrase`, `key-locked`.
   */
  'keys.importThunderbird': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      from: z.enum(['folder', 'again']),
      primaryPassword: givenSecret.nullable(),
      accountId: accountId.nullable(),
    }),
    out: thunderbirdImport.nullable(),
  },
  /** The attached setup message of Autocrypt Level 1 §4.4 and its code of 36 digits. */
  'keys.importSetupMessage': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      messageId,
      partId: z.string().max(200),
      code: givenSecret,
      accountId: accountId.nullable(),
    }),
    out: z.object({ imported: z.array(ownKey).max(1000) }),
  },
  /**
   * Asks in main's own window, with the consequence in words, then writes the secret key under this passphrase to a file
   * that the user names. Throws `weak-passphrase`, `key-locked`, `file-exists`.
   */
  'keys.exportSecret': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint, passphrase: givenSecret }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** The revocation certificate, to a file that the user names. */
  'keys.exportRevocation': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** The public key, to a file that the user names. */
  'keys.savePublic': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint }),
    out: z.object({ saved: z.array(z.string()) }),
  },
  /** Public keys from a file that the user picks; null when cancelled. */
  'keys.importPublicFile': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: nothing,
    out: keyImportReport.nullable(),
  },
  /** Opens a key that has a passphrase of its own, for some minutes or (null) until the lock. Throws `wrong-passphrase`. */
  'keys.unlock': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({
      fingerprint,
      passphrase: givenSecret,
      rememberMinutes: z.number().int().min(1).max(1440).nullable(),
    }),
    out: done,
  },
  'keys.forgetPassphrase': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint }),
    out: done,
  },
  /** Gives a key a passphrase of its own, or takes it away (null). The key must be unlocked. */
  'keys.setPassphrase': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint, passphrase: givenSecret.nullable() }),
    out: done,
  },
  /** Asks in main's own window what is lost with it, then removes an own key. */
  'keys.removeOwn': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: z.strictObject({ fingerprint }),
    out: z.object({ removed: z.boolean() }),
  },
  /** What sending a draft would do about encryption now, and why. */
  'keys.plan': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ draftId }),
    out: protectionPlan,
  },
  'keys.list': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(ownKey) },
  /** A key of the user, with its revocation certificate; the account's own from now on, when one is named. */
  'keys.generate': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      name: z.string().max(500),
      address: emailAddress,
      accountId: accountId.nullable(),
      version: z.union([z.literal(4), z.literal(6)]),
      expiresAtMs: z.number().int().nonnegative().nullable(),
    }),
    out: ownKey,
  },
  /** Public keys, armored or not. `address`: only for this one; null: for every address the keys name. */
  'keys.importPublic': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ bytes, address: emailAddress.nullable() }),
    out: keyImportReport,
  },
  /** Keys that a message brought as an attachment or a vCard. */
  'keys.importFromMessage': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ messageId, partId: z.string().max(200) }),
    out: keyImportReport,
  },
  /** `address`: as this address shows the key, without the others it names; without it, the whole key. */
  'keys.exportPublic': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ fingerprint, address: emailAddress.optional() }),
    out: z.object({ armored: z.string() }),
  },
  /**
   * Looks for keys of an address. `addressing`: only what is set to happen by itself; `user`: also what asks first.
   * Nothing is contacted that is off.
   */
  'keys.find': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      address: emailAddress,
      accountId: accountId.nullable(),
      by: z.enum(['user', 'addressing']),
    }),
    out: keyLookupReport,
  },
  'keys.contacts': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress.nullable() }),
    out: z.object({ keys: z.array(contactKey), conflicts: z.array(keyConflict) }),
  },
  /** The number and the code that the user and the other person compare. Throws `no-key` without an own key. */
  'keys.compare': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint, own: fingerprint.nullable() }),
    out: keyComparison,
  },
  'keys.setTrust': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint, trust: keyTrust }),
    out: done,
  },
  /** The user's decision: this key is used for the address. */
  'keys.useKey': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint }),
    out: done,
  },
  /** The user's decision: this key is not used for the address, however often it turns up. */
  'keys.reject': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint }),
    out: done,
  },
  /** Forgets somebody else's key for an address. */
  'keys.remove': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ address: emailAddress, fingerprint }),
    out: done,
  },
  'keys.change': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ fingerprint, change: keyChange }),
    out: ownKey,
  },
  'keys.settings': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId }),
    out: openpgpSettings,
  },
  'keys.setSettings': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId, change: openpgpSettings.partial().strict() }),
    out: openpgpSettings,
  },
  /**
   * Keys that the vault has taken in and sealed; they become the user's own. `backedUp`: they came from a file, so a copy
   * lies somewhere else.
   */
  'keys.adopt': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({
      keys: z.array(storedOwnKey).min(1).max(1000),
      accountId: accountId.nullable(),
      backedUp: z.boolean().optional(),
    }),
    out: z.array(ownKey),
  },
  /** What two databases of a Thunderbird profile hold; nothing is decrypted. Throws `thunderbird-damaged`. */
  'keys.readThunderbird': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ keyDatabase: bytes.nullable(), decisions: bytes.nullable() }),
    out: z.object({ keyDatabase: nssKeyDatabase.nullable(), decisions: thunderbirdDecisions }),
  },
  /** Other people's keys: used where they were accepted, rejected where they were rejected, else only kept. */
  'keys.importThunderbirdPublic': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ bytes, decisions: thunderbirdDecisions }),
    out: keyImportReport,
  },
  'keys.markBackedUp': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ fingerprint }),
    out: done,
  },
  'keys.revocation': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ fingerprint }),
    out: z.object({ armored: z.string() }),
  },
  'keys.forgetOwn': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ fingerprint }),
    out: done,
  },
} as const satisfies Calls
