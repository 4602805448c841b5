/** The envelope of one object: docs/formats/encrypted-collections.md. Standard primitives alone, nothing of OpenPGP. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const version = 1
const saltAt = 13
const headBytes = saltAt + 32
const tagBytes = 16
/** Nearly every event and contact, with its signature. */
const leastPlaintext = 4096

/** What an object is bound to: it opens nowhere else. */
export type Place = Readonly<{
  /** 16 bytes in hex. */
  collection: string
  /** The UID that stands outside. */
  uid: string
  generation: number
  revision: number
}>

const label = (text: string): Buffer => Buffer.from(`encrypted-collection/1 ${text}\0`)

/** Version, generation and revision as the envelope begins with them. */
function head({ generation, revision }: Place): Buffer {
  const bytes = Buffer.alloc(saltAt)
  bytes.writeUInt8(version, 0)
  bytes.writeUInt32BE(generation, 1)
  bytes.writeBigUInt64BE(BigInt(revision), 5)
  return bytes
}

/** What the place says, unmistakable: everything before the UID has a fixed length. */
const bound = (place: Place): Buffer =>
  Buffer.concat([head(place), Buffer.from(place.collection, 'hex'), Buffer.from(place.uid, 'utf8')])

/** What a member signs: the place, its length, and the content. */
export function signedBytes(place: Place, content: Uint8Array): Uint8Array {
  const where = bound(place)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(where.length)
  return new Uint8Array(Buffer.concat([label('object'), length, where, content]))
}

/**
 * How long a text is made: 4 KiB, above that the next length with so few bits set that at most a ninth is added (Padmé, Nikitin et al. 2019, §4.3).
 */
export function paddedLength(length: number): number {
  if (length <= leastPlaintext) return leastPlaintext
  const exponent = Math.floor(Math.log2(length))
  const free = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1))
  return Math.ceil(length / free) * free
}

const withLength = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.byteLength)
  return Buffer.concat([length, bytes])
}

/** Key and nonce of one envelope: its salt makes them of one use, so that nonces are never to be remembered. */
function derived(secret: Uint8Array, salt: Uint8Array): { key: Buffer; nonce: Buffer } {
  const bytes = Buffer.from(hkdfSync('sha256', secret, salt, label('envelope'), 44))
  return { key: bytes.subarray(0, 32), nonce: bytes.subarray(32) }
}

/** Encrypts a content with the signature over it. */
export function sealEnvelope(
  secret: Uint8Array,
  place: Place,
  { content, signature }: Readonly<{ content: Uint8Array; signature: Uint8Array }>,
  salt: Uint8Array = randomBytes(32),
): Buffer {
  const { key, nonce } = derived(secret, salt)
  try {
    const said = Buffer.concat([withLength(content), withLength(signature)])
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(bound(place))
    const padded = Buffer.concat([said, Buffer.alloc(paddedLength(said.length) - said.length)])
    return Buffer.concat([head(place), salt, cipher.update(padded), cipher.final(), cipher.getAuthTag()])
  } finally {
    key.fill(0)
  }
}

/** What an envelope says of itself, before anything is opened. Null for what is none. */
export function envelopeHead(envelope: Uint8Array): Pick<Place, 'generation' | 'revision'> | null {
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength)
  if (bytes.length < headBytes + leastPlaintext + tagBytes || bytes.readUInt8(0) !== version) return null
  const revision = bytes.readBigUInt64BE(5)
  const generation = bytes.readUInt32BE(1)
  if (revision < 1n || revision > BigInt(Number.MAX_SAFE_INTEGER) || generation < 1) return null
  return { generation, revision: Number(revision) }
}

/** Null where it was changed, or sealed for another place or under another secret. */
export function openEnvelope(
  secret: Uint8Array,
  place: Place,
  envelope: Uint8Array,
): { content: Buffer; signature: Uint8Array } | null {
  const { key, nonce } = derived(secret, envelope.subarray(saltAt, headBytes))
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    decipher.setAAD(bound(place))
    decipher.setAuthTag(envelope.subarray(envelope.byteLength - tagBytes))
    const text = Buffer.concat([
      decipher.update(envelope.subarray(headBytes, envelope.byteLength - tagBytes)),
      decipher.final(),
    ])
    const contentEnd = 4 + text.readUInt32BE(0)
    const signatureEnd = contentEnd + 4 + text.readUInt32BE(contentEnd)
    if (signatureEnd > text.length) return null
    return {
      content: text.subarray(4, contentEnd),
      // The OpenPGP library takes no Buffer.
      signature: new Uint8Array(text.subarray(contentEnd + 4, signatureEnd)),
    }
  } catch {
    // The tag does not fit, or a length leads beyond the end.
    return null
  } finally {
    key.fill(0)
  }
}
