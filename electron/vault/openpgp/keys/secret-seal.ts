import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Layout: one byte of format, 12 of nonce, the sealed bytes, 16 of tag. */
const format = 1
const nonceBytes = 12
const tagBytes = 16

const sealingKey = (master: Uint8Array, profileId: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, profileId, 'siegel/secret-keys/v1', 32))

/** A sealed key that is moved to another profile or put in another key's place does not open. */
const boundData = (profileId: string, fingerprint: string): Buffer =>
  Buffer.from(JSON.stringify(['siegel/secret-key', format, profileId, fingerprint]))

type Place = Readonly<{ master: Uint8Array; profileId: string; fingerprint: string }>

/** Seals the bytes of a secret key with AES-256-GCM for the store. */
export const sealSecret = (
  secret: Uint8Array,
  { master, profileId, fingerprint }: Place,
): Uint8Array<ArrayBuffer> => {
  const key = sealingKey(master, profileId)
  try {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    cipher.setAAD(boundData(profileId, fingerprint))
    const parts = [Uint8Array.of(format), nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]
    // A plain array of its own memory: a pooled Buffer would carry other things along when it is transferred.
    return new Uint8Array(Buffer.concat(parts))
  } finally {
    key.fill(0)
  }
}

/** The secret bytes, to be wiped by the caller; null when they were changed or belong elsewhere. */
export const openSecret = (sealed: Uint8Array, { master, profileId, fingerprint }: Place): Buffer | null => {
  if (sealed.byteLength < 1 + nonceBytes + tagBytes || sealed[0] !== format) return null
  const key = sealingKey(master, profileId)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(boundData(profileId, fingerprint))
    decipher.setAuthTag(sealed.subarray(sealed.byteLength - tagBytes))
    const opened = decipher.update(sealed.subarray(1 + nonceBytes, sealed.byteLength - tagBytes))
    decipher.final()
    return opened
  } catch {
    return null
  } finally {
    key.fill(0)
  }
}
