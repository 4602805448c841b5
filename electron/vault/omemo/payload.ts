/** The payload of a message, and what of it goes through the ratchets. */
import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto'
import type { OmemoVersion } from '../../../shared/ipc/vault/omemo-calls'
import { cipherKeys, hmac } from './ratchet/derive'

const tagBytes = 16
const firstKeyBytes = 16
const secondKeyBytes = 32
const payloadInfo = 'OMEMO Payload'

/** `inside`: what each device is told, the key and what proves the payload. */
export type SealedPayload = Readonly<{ inside: Buffer; iv: Buffer | null; payload: Buffer | null }>

function sealFirst(content: Uint8Array, random: (bytes: number) => Buffer): SealedPayload {
  const key = random(firstKeyBytes)
  const iv = random(12)
  const cipher = createCipheriv('aes-128-gcm', key, iv, { authTagLength: tagBytes })
  const payload = Buffer.concat([cipher.update(content), cipher.final()])
  return { inside: Buffer.concat([key, cipher.getAuthTag()]), iv, payload }
}

function sealSecond(content: Uint8Array, random: (bytes: number) => Buffer): SealedPayload {
  const key = random(secondKeyBytes)
  const keys = cipherKeys(key, payloadInfo)
  const cipher = createCipheriv('aes-256-cbc', keys.cipher, keys.iv)
  const payload = Buffer.concat([cipher.update(content), cipher.final()])
  const proof = hmac(keys.mac, payload).subarray(0, tagBytes)
  keys.bytes.fill(0)
  return { inside: Buffer.concat([key, proof]), iv: null, payload }
}

/** Encrypts a content once for all devices; null: an empty message, which has a key of nothing. */
export function sealPayload(
  version: OmemoVersion,
  content: Uint8Array | null,
  random: (bytes: number) => Buffer = randomBytes,
): SealedPayload {
  if (content !== null) return version === 'omemo' ? sealFirst(content, random) : sealSecond(content, random)
  // XEP-0384 0.8 §4.3: 32 zero bytes. The other version sends a key that nothing is encrypted with.
  return version === 'omemo'
    ? { inside: random(firstKeyBytes), iv: random(12), payload: null }
    : { inside: Buffer.alloc(secondKeyBytes), iv: null, payload: null }
}

export type PayloadRefusal = 'payload-changed' | 'unsafe-form' | 'malformed'

type Received = Readonly<{ iv: Uint8Array | null; payload: Uint8Array | null }>

function openFirst(inside: Buffer, iv: Uint8Array, payload: Uint8Array): Buffer | PayloadRefusal {
  // Without the tag beside the key, every receiver of the key could write another payload (the form before 2018).
  if (inside.byteLength === firstKeyBytes) return 'unsafe-form'
  if (inside.byteLength !== firstKeyBytes + tagBytes || (iv.byteLength !== 12 && iv.byteLength !== 16))
    return 'malformed'
  try {
    const decipher = createDecipheriv('aes-128-gcm', inside.subarray(0, firstKeyBytes), iv, {
      authTagLength: tagBytes,
    })
    decipher.setAuthTag(inside.subarray(firstKeyBytes))
    return Buffer.concat([decipher.update(payload), decipher.final()])
  } catch {
    return 'payload-changed'
  }
}

function openSecond(inside: Buffer, payload: Uint8Array): Buffer | PayloadRefusal {
  if (inside.byteLength !== secondKeyBytes + tagBytes) return 'malformed'
  const keys = cipherKeys(inside.subarray(0, secondKeyBytes), payloadInfo)
  try {
    const proof = hmac(keys.mac, payload).subarray(0, tagBytes)
    if (!timingSafeEqual(proof, inside.subarray(secondKeyBytes))) return 'payload-changed'
    const decipher = createDecipheriv('aes-256-cbc', keys.cipher, keys.iv)
    return Buffer.concat([decipher.update(payload), decipher.final()])
  } catch {
    return 'payload-changed'
  } finally {
    keys.bytes.fill(0)
  }
}

/** The content; null for an empty message; or why not. */
export function openPayload(
  version: OmemoVersion,
  inside: Buffer,
  { iv, payload }: Received,
): Buffer | null | PayloadRefusal {
  if (payload === null) return null
  if (version === 'omemo2') return openSecond(inside, payload)
  return iv === null ? 'malformed' : openFirst(inside, iv, payload)
}
