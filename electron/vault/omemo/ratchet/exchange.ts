/** X3DH (signal.org/docs/specifications/x3dh): how a session begins, on both sides. */
import {
  edwardsKeyOf,
  isSignedByEdwards,
  isSignedByMontgomery,
  montgomeryOf,
  signWithCurveKey,
} from '../curve/edwards'
import { agree, createKeyPair, isWellFormedKey, type KeyPair } from '../curve/x25519'
import type { KeyExchange } from '../wire/messages'
import type { Variant } from '../wire/variant'
import { exchangeSecret } from './derive'
import { beginSending } from './double-ratchet'
import type { Session } from './session'

/** An identity key in both of its forms. */
export type Identity = KeyPair & Readonly<{ edwardsKey: Buffer }>

export function createIdentity(pair: KeyPair = createKeyPair()): Identity {
  return { ...pair, edwardsKey: edwardsKeyOf(pair.secret) }
}

/** The identity key as the version publishes it. */
export const publishedIdentity = (variant: Variant, identity: Identity): Buffer =>
  variant.version === 'omemo' ? identity.key : identity.edwardsKey

/** The X25519 form of a published identity key; null where it is malformed, or in its Edwards form of low order. */
export function agreementKeyOf(variant: Variant, published: Uint8Array): Buffer | null {
  const key = variant.version === 'omemo' ? Buffer.from(published) : montgomeryOf(published)
  return key !== null && isWellFormedKey(key) ? key : null
}

/** What the signature of a signed prekey covers. */
const signedBytes = (variant: Variant, key: Uint8Array): Buffer => Buffer.concat([variant.keyHead, key])

export const signPreKey = (
  variant: Variant,
  identity: KeyPair,
  key: Uint8Array,
  random?: Uint8Array,
): Buffer => signWithCurveKey(identity.secret, signedBytes(variant, key), variant.signatureForm, random)

export const isPreKeySigned = (
  variant: Variant,
  identityKey: Uint8Array,
  key: Uint8Array,
  signature: Uint8Array,
): boolean =>
  variant.version === 'omemo'
    ? isSignedByMontgomery(identityKey, signedBytes(variant, key), signature)
    : isSignedByEdwards(identityKey, signedBytes(variant, key), signature)

const wiped = (agreements: readonly Buffer[], info: string): Buffer => {
  const secret = exchangeSecret(agreements, info)
  for (const each of agreements) each.fill(0)
  return secret
}

/** The other's keys, looked at already: the signature holds, and no point is of low order. */
type TheirKeys = Readonly<{
  /** As published. */
  identityKey: Uint8Array
  signedPreKey: Readonly<{ id: number; key: Uint8Array }>
  preKey: Readonly<{ id: number; key: Uint8Array }>
}>

/** A session that we begin; null where a key is of low order. The two pairs are made anew, but in tests. */
export function initiate(
  variant: Variant,
  identity: KeyPair,
  their: TheirKeys,
  nowMs: number,
  ephemeral: KeyPair = createKeyPair(),
  ratchet: KeyPair = createKeyPair(),
): Session | null {
  const identityKey = agreementKeyOf(variant, their.identityKey)
  if (identityKey === null) return null
  const agreements = [
    agree(identity.secret, their.signedPreKey.key),
    agree(ephemeral.secret, identityKey),
    agree(ephemeral.secret, their.signedPreKey.key),
    agree(ephemeral.secret, their.preKey.key),
  ].filter(each => each !== null)
  if (agreements.length < 4) return null
  const session: Session = {
    isInitiator: true,
    theirIdentity: Buffer.from(their.identityKey),
    theirAgreementKey: identityKey,
    ephemeralKey: ephemeral.key,
    pending: { preKeyId: their.preKey.id, signedPreKeyId: their.signedPreKey.id },
    root: wiped(agreements, variant.exchangeInfo),
    own: ratchet,
    theirs: Buffer.from(their.signedPreKey.key),
    sending: null,
    receiving: null,
    previous: 0,
    skipped: [],
    past: [],
    usedAtMs: nowMs,
  }
  ephemeral.secret.fill(0)
  return beginSending(variant, session, ratchet) ? session : null
}

/** A session that the other began with prekeys of ours; null where a key of theirs is of low order. */
export function respond(
  variant: Variant,
  identity: KeyPair,
  own: Readonly<{ signedPreKey: KeyPair; preKey: KeyPair }>,
  exchange: Pick<KeyExchange, 'identityKey' | 'ephemeralKey'>,
  nowMs: number,
): Session | null {
  const identityKey = agreementKeyOf(variant, exchange.identityKey)
  if (identityKey === null || !isWellFormedKey(exchange.ephemeralKey)) return null
  const agreements = [
    agree(own.signedPreKey.secret, identityKey),
    agree(identity.secret, exchange.ephemeralKey),
    agree(own.signedPreKey.secret, exchange.ephemeralKey),
    agree(own.preKey.secret, exchange.ephemeralKey),
  ].filter(each => each !== null)
  if (agreements.length < 4) return null
  return {
    isInitiator: false,
    theirIdentity: Buffer.from(exchange.identityKey),
    theirAgreementKey: identityKey,
    ephemeralKey: Buffer.from(exchange.ephemeralKey),
    pending: null,
    root: wiped(agreements, variant.exchangeInfo),
    own: { secret: Buffer.from(own.signedPreKey.secret), key: own.signedPreKey.key },
    theirs: null,
    sending: null,
    receiving: null,
    previous: 0,
    skipped: [],
    past: [],
    usedAtMs: nowMs,
  }
}
