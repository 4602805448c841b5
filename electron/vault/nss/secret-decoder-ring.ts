/** The Secret Decoder Ring of NSS: what Mozilla's programs encrypt with a key of their profile's `key4.db`. */
import type { NssKeyDatabase } from '../../../shared/features/keys/thunderbird'
import { decryptCbc, openPasswordBased, passwordHash } from './password-based-encryption'
import { DerReader } from './read-der'

/** Object identifiers in the hex of their DER, with the bytes of key and vector. */
const ciphers = {
  /** 1.2.840.113549.3.7 */
  '2a864886f70d0307': { algorithm: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
  /** 2.16.840.1.101.3.4.1.42 */
  '60864801650304012a': { algorithm: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
} as const

const isCipher = (oid: string): oid is keyof typeof ciphers => Object.hasOwn(ciphers, oid)

/** Whether this is the primary password of the database; empty when there is none. Throws DerError. */
export const isPrimaryPassword = ({ globalSalt, check }: NssKeyDatabase, password: string): boolean =>
  openPasswordBased(check, passwordHash(globalSalt, password))?.toString('latin1') === 'password-check'

/**
 * Opens what was encrypted: SEQUENCE { key ID, SEQUENCE { cipher, vector }, data }. Answers the clear text, to be wiped by
 * the caller, or null when no key of the database opens it. Throws DerError.
 */
export const openSecretDecoderRing = (
  encrypted: Uint8Array,
  database: NssKeyDatabase,
  password: string,
): Buffer | null => {
  const outer = new DerReader(encrypted)
  const value = outer.sequence()
  outer.end()
  const keyId = value.octetString(64)
  const scheme = value.sequence()
  const data = value.octetString(5000)
  value.end()
  const oid = scheme.objectId()
  const iv = scheme.octetString(16)
  scheme.end()
  if (!isCipher(oid)) return null
  const { algorithm, keyBytes, ivBytes } = ciphers[oid]
  if (iv.byteLength !== ivBytes) return null

  const hash = passwordHash(database.globalSalt, password)
  // Keys of both ciphers can share an ID; the length tells them apart. More than a few is no profile's database.
  for (const each of database.keys.filter(({ id }) => Buffer.from(id).equals(keyId)).slice(0, 4)) {
    const key = openPasswordBased(each.value, hash)
    const opened = key?.byteLength === keyBytes ? decryptCbc(algorithm, key, iv, data) : null
    key?.fill(0)
    if (opened) return opened
  }
  return null
}
