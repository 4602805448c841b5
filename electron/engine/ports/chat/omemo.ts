/**
 * What the engine asks of the vault about OMEMO (electron/vault/omemo). State in, state out: the vault keeps nothing. Whoever
 * asks stores the sealed bytes that an answer brings in the transaction that stores what the answer was for (the stanza's bytes
 * and the outbox row, or the message that was read), before a byte leaves. An answer whose transaction failed is thrown away, and
 * with it what it would have changed; nothing encrypted with it may be sent. No answer holds a private key, a ratchet or a message key.
 *
 * Files (XEP-0454) are not the vault's: their key stands in the text of a message, which the engine has. See formats/omemo/file.
 *
 * Calls for one account are made one after the other: two answers from one state would use one message key twice.
 */
import type { AccountId } from '../../../../shared/kit/ids'

/** `omemo`: eu.siacs.conversations.axolotl; `omemo2`: urn:xmpp:omemo:2. Device id and identity key are the same in both. */
export type OmemoVersion = 'omemo' | 'omemo2'

/** A device of somebody: bare JID, normalised (RFC 7622) by the caller, and 1..2^31-1. */
type DeviceAddress = Readonly<{ jid: string; deviceId: number }>

/** Identity and prekeys of this device, sealed for one account; of no use anywhere else. Never leaves with a backup. */
type SealedDevice = Uint8Array

/** Sessions with one device of a peer in one version, sealed for account, own device, version, JID and device id. Never leaves with a backup. */
type SealedSessions = Uint8Array

/** Which account asks, and its device as it was last stored. */
type OwnDevice = Readonly<{ accountId: AccountId; device: SealedDevice }>

/** The X25519 form of an identity key, 64 lower-case hex digits, without the leading 05; the same in both versions. */
type OmemoFingerprint = string

/** What a device publishes. Keys are 32 bytes: X25519, but for the identity key of `omemo2`, which is Ed25519. */
export type OmemoBundle = Readonly<{
  version: OmemoVersion
  identityKey: Uint8Array
  signedPreKey: Readonly<{ id: number; key: Uint8Array; signature: Uint8Array }>
  /** At most 200 are looked at. */
  preKeys: readonly Readonly<{ id: number; key: Uint8Array }>[]
}>

/**
 * Why a bundle is not built on. `bad-signature`: of the signed prekey. `weak-key`: a point of low order, or none. `no-prekeys`. `other-identity`: not the
 * key that the device is known by: alarm, nothing is overwritten.
 */
type BundleProblem = 'bad-signature' | 'weak-key' | 'no-prekeys' | 'other-identity' | 'malformed'

type JudgedBundle =
  | Readonly<{ ok: true; fingerprint: OmemoFingerprint }>
  | Readonly<{ ok: false; problem: BundleProblem; fingerprint: OmemoFingerprint | null }>

/**
 * What the server's copy of the own bundle says. `current`: as it is here. `older`: publish again. `ahead`: it was written by a later state of this
 * device: the profile was restored or copied, and becomes a new device. `foreign`: the identity is another's.
 */
type PublishedState = 'current' | 'older' | 'ahead' | 'foreign'

/** One for whom is encrypted. With `sessions` null, or none in them that can send, one is built from `bundle`. */
export type OmemoRecipient = DeviceAddress &
  Readonly<{
    sessions: SealedSessions | null
    bundle: OmemoBundle | null
    /** What the device is known by, where it is known: another identity is refused. */
    fingerprint: OmemoFingerprint | null
    /** Builds a new session from `bundle` although there is one: healing, or a reset by the user. */
    renew?: boolean
  }>

type RecipientProblem =
  | BundleProblem
  /** No session and no bundle. */
  | 'no-session'
  /** The sealed bytes are none of this account, device and version, or were changed. */
  | 'state-damaged'

/** The key for one device, as it stands in the stanza's header. */
export type HeaderKey = DeviceAddress & Readonly<{ isKeyExchange: boolean; data: Uint8Array }>

export type Encrypted = Readonly<{
  version: OmemoVersion
  /** Of this device. */
  deviceId: number
  keys: readonly HeaderKey[]
  /** 12 bytes; of `omemo` alone. */
  iv: Uint8Array | null
  /** Null for an empty message (answer, heartbeat, healing). */
  payload: Uint8Array | null
  /** To be stored with the stanza; one for each of `keys`. */
  sessions: readonly (DeviceAddress &
    Readonly<{ sessions: SealedSessions; fingerprint: OmemoFingerprint; isNew: boolean }>)[]
  failed: readonly (DeviceAddress & Readonly<{ problem: RecipientProblem }>)[]
}>

/**
 * Why a message could not be read.
 * `repeated`: its key was used (a copy, or a replayed exchange): silent.
 * `no-session`: none that it is for. `unknown-prekey`: an exchange with a prekey that is gone or never was. `no-prekey`: an exchange that names none.
 * `not-opened`: no session has the key for it. `too-far`: more than 1,000 messages of its chain are missing.
 * `other-identity`: the device is known by another key: alarm, nothing is overwritten.
 * `payload-changed`: the key was right, the payload is not. `unsafe-form`: a form of key that leaves the payload unguarded.
 * `state-damaged`: what is stored does not open; the session is to be built anew.
 */
type OmemoRefusal =
  | 'repeated'
  | 'no-session'
  | 'unknown-prekey'
  | 'no-prekey'
  | 'not-opened'
  | 'too-far'
  | 'weak-key'
  | 'other-identity'
  | 'payload-changed'
  | 'unsafe-form'
  | 'malformed'
  | 'state-damaged'

/** One message for this device. */
export type OmemoMessage = Readonly<{
  version: OmemoVersion
  sender: DeviceAddress
  sessions: SealedSessions | null
  /** What the sender's device is known by, where it is known. */
  fingerprint: OmemoFingerprint | null
  /** The header's key for this device; with two of one rid, each is tried. */
  key: Readonly<{ isKeyExchange: boolean; data: Uint8Array }>
  iv: Uint8Array | null
  payload: Uint8Array | null
}>

export type Decrypted =
  | Readonly<{
      kind: 'opened'
      /** The body in UTF-8 (`omemo`), the SCE envelope (`omemo2`); null: an empty message. */
      content: Uint8Array | null
      /** To be stored with the message. */
      sessions: SealedSessions
      /** To be stored with it too, where it is not null: a prekey was used. Then the bundle is to be published again (`maintain`). */
      device: SealedDevice | null
      fingerprint: OmemoFingerprint
      /** The exchange began a session here: it is to be answered with an empty message after catch-up. */
      isNewSession: boolean
      /** The sender's ratchet key (hex) and the number of this message in its chain: `heartbeatDue` of formats/omemo. */
      chain: string
      counter: number
    }>
  | Readonly<{
      kind: 'refused'
      reason: OmemoRefusal
      /** Of an exchange that was read so far; else null. */
      fingerprint: OmemoFingerprint | null
    }>

/** Errors of all: `locked`; `vault-damaged` where the own device does not open (a new device is then to be made). */
export type OmemoVault = {
  /** A new device: identity key, signed prekeys and 100 prekeys for each version. The id is chosen by the caller, in none of the own lists. */
  createDevice(options: {
    accountId: AccountId
    deviceId: number
    nowMs: number
  }): Promise<{ device: SealedDevice; fingerprint: OmemoFingerprint }>
  /** What is to be published now. */
  ownBundles(own: OwnDevice): Promise<{
    deviceId: number
    fingerprint: OmemoFingerprint
    bundles: Readonly<Record<OmemoVersion, OmemoBundle>>
  }>
  /**
   * Fills up to 100 prekeys with ids never used before, makes a new signed prekey each week and drops old ones after 30 days. Used
   * prekeys go for good only with `catchUpOver`, when no archive is being caught up with. `publish`: the bundles changed; commit `device`, then publish.
   */
  maintain(options: OwnDevice & { nowMs: number; catchUpOver: boolean }): Promise<{
    /** Null: nothing to do. */
    device: SealedDevice | null
    publish: readonly OmemoVersion[]
  }>
  /** Whether the server's copy of the own bundle is by this state of the device. */
  judgePublished(options: OwnDevice & { bundle: OmemoBundle }): Promise<PublishedState>
  /** Whether bundles of others can be built on, and whose they are, without using anything of them. */
  judgeBundles(options: { bundles: readonly OmemoBundle[] }): Promise<readonly JudgedBundle[]>
  /**
   * One message for the given devices, all of one version. A device with both versions gets one copy: the caller asks once for each version and
   * puts both elements into one stanza. `content` null: an empty message.
   */
  encrypt(
    options: OwnDevice & {
      version: OmemoVersion
      content: Uint8Array | null
      recipients: readonly OmemoRecipient[]
      nowMs: number
    },
  ): Promise<Encrypted>
  decrypt(options: OwnDevice & { message: OmemoMessage; nowMs: number }): Promise<Decrypted>
}
