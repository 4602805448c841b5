import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { DerError, DerReader } from './read-der'

/** Object identifiers in the hex of their DER. */
const oids = {
  /** 1.2.840.113549.1.5.13 */
  pbes2: '2a864886f70d01050d',
  /** 1.2.840.113549.1.5.12 */
  pbkdf2: '2a864886f70d01050c',
  /** 1.2.840.113549.2.9 */
  hmacSha256: '2a864886f70d0209',
  /** 2.16.840.1.101.3.4.1.42 */
  aes256Cbc: '60864801650304012a',
  /** 1.2.840.113549.1.12.5.1.3, with Netscape's own derivation */
  sha1TripleDes: '2a864886f70d010c050103',
} as const

/** NSS takes 10,000 by default and 1 without a primary password; a planted file may not ask for minutes. */
const maxIterations = 1_000_000

/** What a password counts as: SHA-1 over the salt of the database and its UTF-8. */
export const passwordHash = (globalSalt: Uint8Array, password: string): Buffer =>
  createHash('sha1').update(globalSalt).update(password, 'utf8').digest()

/** The clear text, to be wiped by the caller; null when this key does not open it. */
export const decryptCbc = (
  algorithm: 'aes-256-cbc' | 'des-ede3-cbc',
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Buffer | null => {
  try {
    const decipher = createDecipheriv(algorithm, key, iv)
    return Buffer.concat([decipher.update(data), decipher.final()])
  } catch {
    return null
  }
}

/** PBES2 of RFC 8018 with the one set of parts that NSS uses: PBKDF2, HMAC-SHA-256, AES-256-CBC. */
const openPbes2 = (parameters: DerReader, data: Uint8Array, hash: Uint8Array): Buffer | null => {
  const derivation = parameters.sequence()
  const scheme = parameters.sequence()
  parameters.end()

  if (derivation.objectId() !== oids.pbkdf2) throw new DerError('unknown key derivation')
  const inputs = derivation.sequence()
  derivation.end()
  const salt = inputs.octetString(64)
  const iterations = inputs.integer()
  if (iterations < 1 || iterations > maxIterations) throw new DerError('iterations out of range')
  if (inputs.isNextInteger() && inputs.integer() !== 32) throw new DerError('unknown key length')
  const prf = inputs.sequence()
  inputs.end()
  if (prf.objectId() !== oids.hmacSha256) throw new DerError('unknown hash')

  if (scheme.objectId() !== oids.aes256Cbc) throw new DerError('unknown cipher')
  const iv = scheme.octetString(16)
  scheme.end()
  // NSS takes the encoded octet string for the vector: its two bytes of type and length are part of it.
  const vector = iv.byteLength === 14 ? Uint8Array.of(0x04, 0x0e, ...iv) : iv
  if (vector.byteLength !== 16) throw new DerError('vector of another length')

  const key = pbkdf2Sync(hash, salt, iterations, 32, 'sha256')
  try {
    return decryptCbc('aes-256-cbc', key, vector, data)
  } finally {
    key.fill(0)
  }
}

/** What NSS wrote before 2019: SHA-1, HMAC-SHA-1 and triple DES; the iterations are named but not done. */
const openSha1TripleDes = (parameters: DerReader, data: Uint8Array, hash: Uint8Array): Buffer | null => {
  const salt = parameters.octetString(20)
  parameters.integer()
  parameters.end()
  const padded = Buffer.alloc(20)
  padded.set(salt)
  const inner = createHash('sha1').update(hash).update(salt).digest()
  const mac = (...parts: readonly Uint8Array[]): Buffer =>
    parts.reduce((hmac, part) => hmac.update(part), createHmac('sha1', inner)).digest()
  const derived = Buffer.concat([mac(padded, salt), mac(mac(padded), salt)])
  try {
    return decryptCbc('des-ede3-cbc', derived.subarray(0, 24), derived.subarray(32, 40), data)
  } finally {
    derived.fill(0)
    inner.fill(0)
  }
}

/**
 * Opens a value of `key4.db`: SEQUENCE { AlgorithmIdentifier, OCTET STRING }. Answers the clear text, to be wiped by the
 * caller, or null when the password is another one. Throws DerError.
 */
export const openPasswordBased = (der: Uint8Array, hash: Uint8Array): Buffer | null => {
  const outer = new DerReader(der)
  const value = outer.sequence()
  outer.end()
  const algorithm = value.sequence()
  const data = value.octetString(1000)
  value.end()
  const oid = algorithm.objectId()
  const parameters = algorithm.sequence()
  algorithm.end()
  if (oid === oids.pbes2) return openPbes2(parameters, data, hash)
  if (oid === oids.sha1TripleDes) return openSha1TripleDes(parameters, data, hash)
  throw new DerError('unknown encryption')
}
