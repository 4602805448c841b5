/** The derivations of the double ratchet and of X3DH, with SHA-256. */
import { createHmac, hkdfSync } from 'node:crypto'

const zeroSalt = Buffer.alloc(32)

const hkdf = (secret: Uint8Array, salt: Uint8Array, info: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))

export const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer => {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** A step of a chain: the key of one message, and the chain after it. */
export const chainStep = (chain: Uint8Array): Readonly<{ messageKey: Buffer; next: Buffer }> => ({
  messageKey: hmac(chain, Buffer.of(1)),
  next: hmac(chain, Buffer.of(2)),
})

/** A step of the root chain: the root after it, and a new chain. */
export function rootStep(root: Uint8Array, shared: Uint8Array, info: string) {
  const bytes = hkdf(shared, root, info, 64)
  return { root: bytes.subarray(0, 32), chain: bytes.subarray(32) }
}

/** What a message is encrypted and authenticated with. */
export function cipherKeys(secret: Uint8Array, info: string) {
  const bytes = hkdf(secret, zeroSalt, info, 80)
  return { bytes, cipher: bytes.subarray(0, 32), mac: bytes.subarray(32, 64), iv: bytes.subarray(64) }
}

/** X3DH's secret (signal.org/docs/specifications/x3dh §2.2): 32 bytes FF before the agreements, so that no key of another curve gives the same. */
export const exchangeSecret = (agreements: readonly Uint8Array[], info: string): Buffer =>
  hkdf(Buffer.concat([Buffer.alloc(32, 0xff), ...agreements]), zeroSalt, info, 32)
