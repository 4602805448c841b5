/**
 * The Edwards form of Curve25519 keys, and XEdDSA (signal.org/docs/specifications/xeddsa): signatures by keys that are made for X25519. Node has no
 * arithmetic of points, so this and nothing else is @noble/curves.
 */
import { createHash, randomBytes } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { curveBytes } from './x25519'

export const signatureBytes = 64

const { Point } = ed25519
const { Fp, Fn } = Point
const signBit = 0x80

const littleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`)

const scalarBytes = (scalar: bigint): Buffer =>
  Buffer.from(scalar.toString(16).padStart(2 * curveBytes, '0'), 'hex').reverse()

const sha512 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha512')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The Edwards point of a clamped secret key, with its own sign in the top bit of the last byte. */
export const edwardsKeyOf = (secret: Uint8Array): Buffer =>
  Buffer.from(Point.BASE.multiply(Fn.create(littleEndian(secret))).toBytes())

/** The X25519 form of an Ed25519 key; null where it is no point, or one of low order. */
export function montgomeryOf(edwards: Uint8Array): Buffer | null {
  try {
    const point = Point.fromBytes(edwards, false)
    return point.isSmallOrder() ? null : Buffer.from(ed25519.utils.toMontgomery(edwards))
  } catch {
    return null
  }
}

/** The Ed25519 form of an X25519 key: y = (u - 1) / (u + 1), with the given sign; null where there is none. */
export function edwardsOf(montgomery: Uint8Array, isNegative: boolean): Buffer | null {
  const u = littleEndian(montgomery)
  if (u >= Fp.ORDER || Fp.is0(Fp.add(u, Fp.ONE))) return null
  const bytes = scalarBytes(Fp.mul(Fp.sub(u, Fp.ONE), Fp.inv(Fp.add(u, Fp.ONE))))
  if (isNegative) bytes.writeUInt8(bytes.readUInt8(31) | signBit, 31)
  return bytes
}

/** First of what is hashed for the nonce, so that no message can stand for it: 2^256 - 2, little-endian. */
const nonceLabel = Buffer.concat([Buffer.of(0xfe), Buffer.alloc(31, 0xff)])

/** Whose sign of the Edwards point is told by the key (Ed25519, `omemo2`), or rides in the signature's last bit (`omemo`). */
export type SignatureForm = 'plain' | 'sign-in-signature'

/**
 * Signs with a clamped X25519 secret. The key is never negated as the paper does it: both versions keep the point's own sign. `random`: 64 bytes.
 */
export function signWithCurveKey(
  secret: Uint8Array,
  message: Uint8Array,
  form: SignatureForm,
  random: Uint8Array = randomBytes(64),
): Buffer {
  const key = edwardsKeyOf(secret)
  const hashed = sha512(nonceLabel, secret, message, random)
  const nonce = Fn.create(littleEndian(hashed))
  hashed.fill(0)
  const commitment = Buffer.from(Point.BASE.multiply(nonce).toBytes())
  const challenge = Fn.create(littleEndian(sha512(commitment, key, message)))
  const response = Fn.add(nonce, Fn.mul(challenge, Fn.create(littleEndian(secret))))
  const signature = Buffer.concat([commitment, scalarBytes(response)])
  if (form === 'sign-in-signature')
    signature.writeUInt8(signature.readUInt8(63) | (key.readUInt8(31) & signBit), 63)
  return signature
}

/** Ed25519 by RFC 8032 §5.1.7, strict in how things are written. Never throws. */
export function isSignedByEdwards(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.byteLength !== curveBytes || signature.byteLength !== signatureBytes) return false
  try {
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false
  }
}

/** A signature of the `omemo` form, by an X25519 key. */
export function isSignedByMontgomery(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.byteLength !== curveBytes || signature.byteLength !== signatureBytes) return false
  const plain = Buffer.from(signature)
  const last = plain.readUInt8(63)
  const edwards = edwardsOf(key, (last & signBit) !== 0)
  plain.writeUInt8(last & ~signBit, 63)
  return edwards !== null && isSignedByEdwards(edwards, message, plain)
}
