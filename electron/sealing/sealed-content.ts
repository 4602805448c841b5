/**
 * Content of mail on its way through main, which has to answer for the page's own addresses and to write files, and which
 * outlives the lock. The engine seals it for one answer (ECDH on P-256, HKDF-SHA256, AES-256-GCM); main opens it into one
 * piece of memory, which it wipes. The copies that the ports between the processes leave behind are ciphertext, and the key
 * to it is gone: BoringSSL clears what it frees, and making the next pair frees the last.
 */
import { createCipheriv, createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

const curve = 'prime256v1'
const purpose = 'siegel/content/v1'
const tagBytes = 16

/** What passes: of no use without the private half, which exists only in `ContentKey`. */
export type SealedContent = Readonly<{ publicKey: Uint8Array; nonce: Uint8Array; sealed: Uint8Array }>

const keyOf = (shared: Buffer, publicKey: Uint8Array): Buffer => {
  try {
    return Buffer.from(hkdfSync('sha256', shared, publicKey, purpose, 32))
  } finally {
    shared.fill(0)
  }
}

/** Seals content for who holds the private half of `forKey`. */
export const sealContent = (content: Uint8Array, forKey: Uint8Array): SealedContent => {
  const pair = createECDH(curve)
  const publicKey = pair.generateKeys()
  const key = keyOf(pair.computeSecret(forKey), publicKey)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
  key.fill(0)
  return {
    publicKey: new Uint8Array(publicKey),
    nonce: new Uint8Array(nonce),
    sealed: new Uint8Array(sealed),
  }
}

/** The private half for one answer. */
export class ContentKey {
  readonly #pair = createECDH(curve)
  readonly publicKey: Uint8Array = new Uint8Array(this.#pair.generateKeys())

  /** The content, the caller's to wipe; the private half is gone afterwards. Throws when it was changed. */
  open({ publicKey, nonce, sealed }: SealedContent): Buffer {
    const key = keyOf(this.#pair.computeSecret(publicKey), publicKey)
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      decipher.setAuthTag(sealed.subarray(sealed.byteLength - tagBytes))
      const content = decipher.update(sealed.subarray(0, sealed.byteLength - tagBytes))
      decipher.final()
      return content
    } finally {
      key.fill(0)
      this.forget()
    }
  }

  /** Frees the private half. Safe to call twice. */
  forget(): void {
    this.#pair.generateKeys()
  }
}
