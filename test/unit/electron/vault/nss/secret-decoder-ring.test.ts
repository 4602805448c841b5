import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DerError } from '../../../../../electron/vault/nss/read-der'
import {
  isPrimaryPassword,
  openSecretDecoderRing,
} from '../../../../../electron/vault/nss/secret-decoder-ring'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const keyId = bytes('f8000000000000000000000000000001')

/**
 * Before 2019 NSS wrote SHA-1 and triple DES; the NSS of today does not any more. These values were made from the
 * description of that format with Python's hashlib and openssl, password "geheim".
 */
const legacy = {
  globalSalt: bytes('000102030405060708090a0b0c0d0e0f10111213'),
  check: bytes(
    '303c3028060b2a864886f70d010c050103301904146465666768696a6b6c6d6e6f7071727374757677020101' +
      '0410b61ee897b2b13ac55a4c4b1d3c1d92e5',
  ),
  keys: [
    {
      id: keyId,
      value: bytes(
        '304c3028060b2a864886f70d010c050103301904146465666768696a6b6c6d6e6f7071727374757677020101' +
          '04202502683a9256efb79dab293dc751f312d46ec989bb60c433bcd388a51e77950b',
      ),
    },
  ],
}
const legacyRing = bytes(
  '304a0410f8000000000000000000000000000001301406082a864886f70d030704080001020304050607' +
    '0420703404a127ec4b5c1021c4b2b17bd84fc8c5d50faa02cbc669a10ecc0103a397',
)

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length]
  return Buffer.concat([Uint8Array.of(tag, ...length), content])
}
const aes = (key: Uint8Array, iv: Uint8Array, text: Uint8Array) => {
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([cipher.update(text), cipher.final()])
}
const aesOid = tlv(6, bytes('60864801650304012a'))

/** A value as today's NSS writes it, with what a planted file could say. */
const wrapped = (plain: Uint8Array, given: { iterations?: Uint8Array; hash?: string } = {}) => {
  const { iterations = bytes('02'), hash = '2a864886f70d0209' } = given
  const salt = Buffer.alloc(32, 5)
  const count = Number(`0x${Buffer.from(iterations).toString('hex')}`)
  const password = createHash('sha1').update(legacy.globalSalt).update('geheim').digest()
  const key = pbkdf2Sync(password, salt, Math.min(Math.max(count, 1), 1000), 32, 'sha256')
  const iv = Buffer.alloc(14, 6)
  const derivation = tlv(
    0x30,
    tlv(6, bytes('2a864886f70d01050c')),
    tlv(0x30, tlv(4, salt), tlv(2, iterations), tlv(2, Uint8Array.of(32)), tlv(0x30, tlv(6, bytes(hash)))),
  )
  const scheme = tlv(0x30, aesOid, tlv(4, iv))
  const algorithm = tlv(0x30, tlv(6, bytes('2a864886f70d01050d')), tlv(0x30, derivation, scheme))
  return tlv(0x30, algorithm, tlv(4, aes(key, Buffer.concat([bytes('040e'), iv]), plain)))
}
const check = Buffer.from('password-check')
const modern = (value: Uint8Array) => ({
  globalSalt: legacy.globalSalt,
  check: wrapped(check),
  keys: [{ id: keyId, value: wrapped(value) }],
})

describe('a key database', () => {
  test('of an old profile knows its primary password and opens what was encrypted', () => {
    expect(isPrimaryPassword(legacy, 'geheim')).toBe(true)
    expect(isPrimaryPassword(legacy, 'Geheim')).toBe(false)
    expect(isPrimaryPassword(legacy, '')).toBe(false)
    expect(openSecretDecoderRing(legacyRing, legacy, 'geheim')?.toString()).toBe('the automatic passphrase')
    expect(openSecretDecoderRing(legacyRing, { ...legacy, keys: [] }, 'geheim')).toBeNull()
  })

  test('with a key of AES opens what was encrypted with it, beside an older key of the same name', () => {
    const key = Buffer.alloc(32, 3)
    const iv = Buffer.alloc(16, 4)
    const ring = tlv(
      0x30,
      tlv(4, keyId),
      tlv(0x30, aesOid, tlv(4, iv)),
      tlv(4, aes(key, iv, Buffer.from('new'))),
    )
    const { keys, ...database } = modern(key)
    const both = { ...database, keys: [{ id: keyId, value: wrapped(Buffer.alloc(24, 1)) }, ...keys] }
    expect(isPrimaryPassword(both, 'geheim')).toBe(true)
    expect(openSecretDecoderRing(ring, both, 'geheim')?.toString()).toBe('new')
  })

  test.each([
    ['a number of iterations that takes minutes', wrapped(check, { iterations: bytes('0f4241') })],
    ['no iterations', wrapped(check, { iterations: bytes('00') })],
    ['a hash that is not known', wrapped(check, { hash: '2a864886f70d0207' })],
    ['something behind it', Buffer.concat([wrapped(check), Uint8Array.of(0)])],
    ['nothing', new Uint8Array()],
  ])('is refused with %s', (_, value) => {
    expect(() => isPrimaryPassword({ ...legacy, check: value }, 'geheim')).toThrow(DerError)
  })
})
