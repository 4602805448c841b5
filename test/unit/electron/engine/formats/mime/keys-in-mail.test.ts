import { describe, expect, test } from 'vitest'
import { keysInMail, parseAutocryptHeader } from '../../../../../../electron/engine/formats/mime/keys-in-mail'

// The example of Autocrypt Level 1 begins with these bytes of a key; a header is read without looking at what it carries.
const keydata = 'mDMEXEcE6RYJKwYBBAHaRw8BAQdArjWwk3FAqyiFbFBKT4TzXcVBqPTB3gmzlC/Ub7O1u120'
const folded = ` addr=Alice@Autocrypt.example; prefer-encrypt=mutual;\r\n keydata=${keydata.slice(0, 40)}\r\n ${keydata.slice(40)}`

describe('an Autocrypt header', () => {
  test('gives address, preference and key, folded or not', () => {
    expect(parseAutocryptHeader(folded)).toEqual({
      address: 'alice@autocrypt.example',
      prefersEncryption: true,
      key: Uint8Array.from(Buffer.from(keydata, 'base64')),
    })
  })

  test('with an attribute it must not ignore is no header, with one it may is', () => {
    expect(parseAutocryptHeader(`addr=a@b.c; critical=1; keydata=${keydata}`)).toBeNull()
    expect(parseAutocryptHeader(`addr=a@b.c; _monkey=ignore; keydata=${keydata}`)).not.toBeNull()
    expect(parseAutocryptHeader(`addr=a@b.c; prefer-encrypt=nopreference; keydata=${keydata}`)).toMatchObject(
      {
        prefersEncryption: false,
      },
    )
  })

  test.each([
    ['no address', `keydata=${keydata}`],
    ['no key', 'addr=a@b.c'],
    ['an empty key', 'addr=a@b.c; keydata='],
    ['no base64', 'addr=a@b.c; keydata=<script>'],
    ['the address twice', `addr=a@b.c; addr=d@e.f; keydata=${keydata}`],
    ['more than ten kilobytes', `addr=a@b.c; keydata=${'A'.repeat(10_240)}`],
    ['words', 'hello'],
  ])('with %s is none', (_, value) => {
    expect(parseAutocryptHeader(value)).toBeNull()
  })

  test('is looked for in the header only', () => {
    expect(keysInMail.mayHaveAutocrypt(Buffer.from('From: a@b.c\r\nautocrypt: x\r\n\r\n'))).toBe(true)
    expect(keysInMail.mayHaveAutocrypt(Buffer.from('From: a@b.c\r\n\r\nAutocrypt: x\r\n'))).toBe(false)
  })
})

describe('a vCard', () => {
  const base64 = Buffer.from('binary key').toString('base64')
  test('gives its keys in the three ways they are written, and fetches nothing', () => {
    const card = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      `KEY:data:application/pgp-keys;base64,${base64.slice(0, 6)}`,
      ` ${base64.slice(6)}`,
      `item1.KEY;ENCODING=b;TYPE=PGP:${base64}`,
      'KEY:-----BEGIN PGP PUBLIC KEY BLOCK-----\\n\\nabc\\n-----END PGP PUBLIC KEY BLOCK-----',
      'KEY:https://example.org/key.asc',
      'NOTE:KEY:not one',
      'END:VCARD',
    ].join('\r\n')
    expect(keysInMail.vcard(Buffer.from(card)).map(key => Buffer.from(key).toString())).toEqual([
      'binary key',
      'binary key',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----',
    ])
  })
})
