/**
 * What the engine asks of the vault (electron/vault), and what it keeps of OpenPGP. The vault is the only room that knows
 * the OpenPGP library and that ever holds a private key; the engine gives it bytes and gets bytes and facts. No method
 * answers a private key: `sealed` is one under a key that only the vault has.
 */

import type {
  ContactKey,
  Fingerprint,
  KeyConflict,
  KeyEvidence,
  KeyFacts,
  KeyLookupStep,
  KeyProblem,
  KeyTrust,
} from '../../../../shared/features/keys/model'
import type { OpenpgpSettings } from '../../../../shared/features/writing/protection'
import type { CollectionFacts } from '../../../../shared/ipc/vault/collection-calls'
import type { MessagePassphrase, VaultCallOutput } from '../../../../shared/ipc/vault/vault-calls'
import type { AccountId } from '../../../../shared/kit/ids'
import type { OmemoVault } from '../chat/omemo'

/** A public key: its facts and its transferable form (RFC 9580 §10.1), binary, without foreign certifications. */
export type PublicKeyBytes = Readonly<{ facts: KeyFacts; bytes: Uint8Array }>

/** A secret key at rest: sealed with AES-256-GCM under a key that is derived from the master key inside the vault. */
type SealedKey = PublicKeyBytes & Readonly<{ sealed: Uint8Array; protection: 'vault' | 'passphrase' }>

/** A signature as the mathematics and the policy see it; whose address it is, is for the engine to judge. */
export type SignatureFacts = Readonly<{
  /** `good`: right, by one of the given keys, usable when it signed. `unsupported`: made in a way that is not known here. */
  state: 'good' | 'bad' | 'unknown-key' | 'key-unusable' | 'weak' | 'unsupported'
  keyId: string
  /** Of the primary key; null when the key was not among those given. */
  fingerprint: Fingerprint | null
  createdAtMs: number | null
  hash: string
  /** What an `unsupported` one is, where it has a name. */
  kind: string
  problems: readonly KeyProblem[]
}>

export type Decrypted = Readonly<{
  bytes: Uint8Array
  signatures: readonly SignatureFacts[]
  /** Key IDs the message names; zeros for hidden recipients. */
  recipientKeyIds: readonly string[]
  /** The key of the user that opened it; null: a passphrase, now or since the last lock. */
  openedBy: Fingerprint | null
  cipher: string
  aead: boolean
}>

/** Errors of the methods below, as SiegelError: `locked`, `no-key` (params `keyIds`), `key-locked` (params
 * `fingerprint`), `decrypt-failed`, `no-integrity`, `message-changed`, `cipher-unsupported`, `passphrase-only`, `message-passphrase-wrong`, `passphrase-too-costly`, `too-large`, `message-malformed`, `key-unusable`, `wrong-passphrase`,
 * `self-check-failed`, `cancelled`. */
export type Vault = {
  /** Every key in a block of bytes, armored or not, many or one; secret parts are ignored. `broken` counts what was no key. */
  readKeys(bytes: Uint8Array): Promise<{
    keys: readonly (PublicKeyBytes & { hasSecret: boolean })[]
    broken: number
    /** The kinds of keys that nothing here can use, one for each. */
    unusable: readonly string[]
    /** Revocation certificates that stand alone, by the ID of their key. */
    revocations: readonly { keyId: string; bytes: Uint8Array }[]
  }>
  /** A public key with a revocation of its owner. Throws `conflict` when the certificate is none of this key. */
  revokePublic(options: { key: Uint8Array; certificate: Uint8Array; nowMs: number }): Promise<PublicKeyBytes>
  /** As above for a held key, locked or not. */
  revokeHeld(options: {
    fingerprint: Fingerprint
    certificate: Uint8Array
    nowMs: number
  }): Promise<SealedKey>
  /** Newer self-signatures, subkeys and revocations of `update` on top of `known`; both must have one fingerprint. */
  mergeKeys(known: Uint8Array, update: Uint8Array): Promise<PublicKeyBytes>
  /**
   * The key as one address shows it: without the other addresses of its owner and, with `current`, without subkeys that
   * are no longer used. Throws `no-key` when no valid user ID names the address.
   */
  reduceKey(options: {
    key: Uint8Array
    address: string
    subkeys: 'current' | 'all'
    nowMs: number
  }): Promise<PublicKeyBytes>
  generate(options: {
    userIds: readonly { name: string; address: string }[]
    version: 4 | 6
    expiresAtMs: number | null
    nowMs: number
  }): Promise<SealedKey & { revocation: string }>
  /** Which secret keys there are; replaces what was held. Called when the engine opens and after each change. */
  hold(keys: readonly { fingerprint: Fingerprint; sealed: Uint8Array }[]): Promise<void>
  /** Fingerprints of keys that can be used now. */
  unlocked(): Promise<readonly Fingerprint[]>
  /** Expiry, user IDs, revocation of an own key; it must be held and unlocked. */
  change(
    fingerprint: Fingerprint,
    change:
      | { kind: 'expiry'; expiresAtMs: number | null }
      | { kind: 'add-user-id'; name: string; address: string }
      | { kind: 'revoke'; reason: 'compromised' | 'superseded' | 'retired' | 'none' },
    nowMs: number,
  ): Promise<SealedKey>
  /**
   * One message, binary or armored. `verifyWith`: public keys that may have signed. `passphrase`: what a person gave for it;
   * the vault remembers the message's own key until the lock, and not the passphrase.
   */
  decrypt(
    data: Uint8Array,
    options: {
      verifyWith: readonly Uint8Array[]
      nowMs: number
      passphrase?: MessagePassphrase | undefined
    },
    signal?: AbortSignal,
  ): Promise<Decrypted>
  /** A detached signature, armored or binary, over exactly these bytes. */
  verify(
    data: Uint8Array,
    signature: Uint8Array,
    options: { verifyWith: readonly Uint8Array[]; nowMs: number },
  ): Promise<readonly SignatureFacts[]>
  /** A clear-signed message (RFC 9580 §7): the text that is signed, dash-unescaped, and its signatures. */
  verifyCleartext(
    armored: Uint8Array,
    options: { verifyWith: readonly Uint8Array[]; nowMs: number },
  ): Promise<{ text: Uint8Array; signatures: readonly SignatureFacts[] }>
  /**
   * Encrypts, and before it answers takes the result apart again: the session key opens it, the plaintext is the same, the
   * session key is not degenerate, and every recipient has a packet. Throws `self-check-failed` otherwise.
   * `hidden` recipients get the wildcard key ID (RFC 9580 §5.1.8).
   */
  encrypt(options: {
    data: Uint8Array
    recipients: readonly { key: Uint8Array; hidden: boolean }[]
    signWith: Fingerprint | null
    nowMs: number
  }): Promise<{ armored: string; recipientKeyIds: readonly string[] }>
  /** Detached, armored, SHA-512, over exactly these bytes (RFC 3156 §5). `micalg`: `pgp-sha512`. */
  sign(
    data: Uint8Array,
    fingerprint: Fingerprint,
    nowMs: number,
  ): Promise<{ armored: string; micalg: string }>
  /** Encrypted collections: what each answers stands at the calls (shared/ipc/vault/collection-calls). No secret of a collection comes out. */
  writeCollectionKeys(options: {
    facts: CollectionFacts
    signWith: Fingerprint
    nowMs: number
  }): Promise<{ armored: string }>
  readCollectionKeys(options: {
    armored: Uint8Array
    verifyWith: readonly Uint8Array[]
    hold: boolean
    nowMs: number
  }): Promise<{ facts: CollectionFacts; signedBy: Fingerprint | null }>
  sealObject(options: {
    collection: string
    uid: string
    revision: number
    content: Uint8Array
    signWith: Fingerprint
    nowMs: number
  }): Promise<{ envelope: Uint8Array; generation: number }>
  openObject(options: {
    collection: string
    uid: string
    envelope: Uint8Array
    nowMs: number
  }): Promise<VaultCallOutput<'openObject'>>
  /** Everything about OMEMO. */
  omemo: OmemoVault
}

/** An own key as the store has it. */
export type OwnKeyRow = Readonly<{
  facts: KeyFacts
  publicKey: Uint8Array
  sealed: Uint8Array
  protection: 'vault' | 'passphrase'
  /** Armored revocation certificate. */
  revocation: string | null
  backedUpAtMs: number | null
  addedAtMs: number
}>

/** A key for an address. One key can serve many addresses, an address can have had many keys. */
export type ContactKeyRow = Omit<ContactKey, 'facts'> & Readonly<{ facts: KeyFacts; publicKey: Uint8Array }>

/**
 * Part of the store: own keys, other people's keys, what is known about addresses, settings. Addresses are looked up in
 * lower case; facts are answered as they are now (`keyFactsAt`), not as they were when they were stored.
 */
export type OpenpgpStore = {
  ownKeys(): readonly OwnKeyRow[]
  ownKey(fingerprint: Fingerprint): OwnKeyRow | null
  /** Own keys whose facts were lost with a damaged page: to be read from the public part and saved again. */
  ownKeysWithoutFacts(): readonly Omit<OwnKeyRow, 'facts' | 'addedAtMs' | 'backedUpAtMs'>[]
  saveOwnKey(row: Omit<OwnKeyRow, 'addedAtMs' | 'backedUpAtMs'>): void
  markBackedUp(fingerprint: Fingerprint): void
  /** When the user was last told that this key expires, or null. */
  remindedAtMs(fingerprint: Fingerprint): number | null
  markReminded(fingerprint: Fingerprint): void
  removeOwnKey(fingerprint: Fingerprint): void
  settings(accountId: AccountId): OpenpgpSettings
  setSettings(
    accountId: AccountId,
    change: { [K in keyof OpenpgpSettings]?: OpenpgpSettings[K] | undefined },
  ): OpenpgpSettings
  /** All keys of an address (lower case), the one in use first. */
  keysFor(address: string): readonly ContactKeyRow[]
  /** All addresses with keys. */
  contactKeys(): readonly ContactKeyRow[]
  /** Somebody else's key, whichever addresses it is for. */
  publicKey(fingerprint: Fingerprint): { facts: KeyFacts; publicKey: Uint8Array } | null
  /** Public keys, own and foreign, that carry this key ID as primary or subkey. */
  byKeyId(keyId: string): readonly { facts: KeyFacts; publicKey: Uint8Array; own: boolean }[]
  /** Adds evidence, never lowers trust; material of a known fingerprint must have been merged by the vault. */
  saveContactKey(row: {
    address: string
    facts: KeyFacts
    publicKey: Uint8Array
    evidence: KeyEvidence
    /** Use it, unless another key is in use for this address; `setInUse` is the user's word. */
    inUse: boolean
  }): void
  /** What the user says: `none` takes an earlier word back, and the evidence counts alone. */
  setTrust(address: string, fingerprint: Fingerprint, trust: KeyTrust): void
  /** Exactly this one is used for the address from now on; it is no longer rejected. */
  setInUse(address: string, fingerprint: Fingerprint): void
  /** A rejected key is out of use. */
  setRejected(address: string, fingerprint: Fingerprint, rejected: boolean): void
  removeContactKey(address: string, fingerprint: Fingerprint): void
  /** What the newest message asked for (Autocrypt Level 1 §2.3), and its effective date. */
  preference(address: string): { prefersEncryption: boolean; atMs: number } | null
  /** Ignored when a newer message was seen. */
  setPreference(address: string, prefersEncryption: boolean, atMs: number): void
  conflict(address: string): KeyConflict | null
  conflicts(): readonly KeyConflict[]
  setConflict(conflict: KeyConflict): void
  clearConflict(address: string): void
}

/** One place that was asked for a key, and the bytes it gave: whether they are a key for the address is not judged yet. */
export type KeyLookupAnswer = Readonly<{ step: KeyLookupStep; host: string; bytes: Uint8Array | null }>

/** Asks outside, through the gate, by the way of the account. Never rejects: what goes wrong is in the steps. */
export type KeyLookup = {
  /** Web Key Directory: the advanced way, then the direct one. */
  wkd(address: string, accountId: AccountId | null, signal?: AbortSignal): Promise<readonly KeyLookupAnswer[]>
  /** A key server over HTTPS, by address. */
  keyserver(
    host: string,
    address: string,
    accountId: AccountId | null,
    signal?: AbortSignal,
  ): Promise<KeyLookupAnswer>
}

/** An Autocrypt or Autocrypt-Gossip header (Autocrypt Level 1 §2.1, §2.2) in good form. */
export type AutocryptHeader = Readonly<{ address: string; prefersEncryption: boolean; key: Uint8Array }>

/** Reads keys out of messages. Takes hostile bytes, never throws. */
export type KeysInMail = {
  /** Cheap: whether the header block may have an Autocrypt field at all. */
  mayHaveAutocrypt(raw: Uint8Array): boolean
  /** The one valid header whose address is that of From, and the date it counts from; null when there is none or several. */
  autocrypt(raw: Uint8Array, nowMs: number): (AutocryptHeader & { effectiveAtMs: number }) | null
  /** Gossip of a decrypted part about people the message is addressed to. */
  gossip(decrypted: Uint8Array, addressedTo: readonly string[]): readonly AutocryptHeader[]
  /** Keys inside a vCard, each armored or binary. */
  vcard(bytes: Uint8Array): readonly Uint8Array[]
}
