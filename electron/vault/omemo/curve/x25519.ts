/** X25519 (RFC 7748) over Node's own cryptography: raw keys in, raw keys out. Works the same on OpenSSL and on Electron's BoringSSL. */
import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'

export const curveBytes = 32

/** What stands before the raw key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410 §7, §4). */
const privateHead = Buffer.from('302e020100300506032b656e04220420', 'hex')
const publicHead = Buffer.from('302a300506032b656e032100', 'hex')

/** 2^255 - 19, the prime of the field, little-endian: a coordinate at or above it is written in another way than it should be. */
const prime = Buffer.concat([Buffer.of(0xed), Buffer.alloc(30, 0xff), Buffer.of(0x7f)])

export type KeyPair = Readonly<{ secret: Buffer; key: Buffer }>

function privateObject(secret: Uint8Array): KeyObject {
  const der = Buffer.concat([privateHead, secret])
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } finally {
    der.fill(0)
  }
}

const publicObject = (key: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([publicHead, key]), format: 'der', type: 'spki' })

/** The public key of a secret one. */
export const publicKeyOf = (secret: Uint8Array): Buffer =>
  createPublicKey(privateObject(secret)).export({ format: 'der', type: 'spki' }).subarray(-curveBytes)

/** RFC 7748 §5: as every implementation does before it multiplies. */
export function clamp(secret: Buffer): Buffer {
  secret.writeUInt8(secret.readUInt8(0) & 248, 0)
  secret.writeUInt8((secret.readUInt8(31) & 127) | 64, 31)
  return secret
}

/** A new pair. */
export function createKeyPair(): KeyPair {
  // In one go: to read a secret back in costs more than to make one.
  const made = generateKeyPairSync('x25519', {
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    publicKeyEncoding: { format: 'der', type: 'spki' },
  })
  const secret = clamp(Buffer.from(made.privateKey.subarray(-curveBytes)))
  made.privateKey.fill(0)
  return { secret, key: made.publicKey.subarray(-curveBytes) }
}

export const keyPairOf = (secret: Buffer): KeyPair => ({ secret, key: publicKeyOf(secret) })

/** The shared secret; null where it is all zero: the other's key is a point of low order (RFC 7748 §6.1). */
export function agree(secret: Uint8Array, key: Uint8Array): Buffer | null {
  try {
    const shared = diffieHellman({ privateKey: privateObject(secret), publicKey: publicObject(key) })
    return shared.every(byte => byte === 0) ? null : shared
  } catch {
    // Both libraries refuse such a point themselves.
    return null
  }
}

/** Whether a key is 32 bytes that are written in the one way: below the prime, and so without a top bit. */
export function isWellFormedKey(key: Uint8Array): boolean {
  if (key.byteLength !== curveBytes) return false
  for (let at = curveBytes - 1; at >= 0; at--) {
    const difference = (key[at] ?? 0) - (prime[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** Any clamped scalar: it is only asked whether the product is the neutral element. */
const probe = clamp(Buffer.alloc(curveBytes, 0x5a))

/** Whether a key can be agreed with: well formed, and no point of low order. */
export const isUsableKey = (key: Uint8Array): boolean => isWellFormedKey(key) && agree(probe, key) !== null
