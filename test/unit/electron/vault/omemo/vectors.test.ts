/** Published vectors, and those that two independent libraries (python-oldmemo, python-twomemo) made with the same throw-away keys. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isSignedByEdwards } from '../../../../../electron/vault/omemo/curve/edwards'
import { agree, keyPairOf } from '../../../../../electron/vault/omemo/curve/x25519'
import { openPayload, sealPayload } from '../../../../../electron/vault/omemo/payload'
import { chainStep } from '../../../../../electron/vault/omemo/ratchet/derive'
import { ratchetDecrypt, ratchetEncrypt } from '../../../../../electron/vault/omemo/ratchet/double-ratchet'
import {
  createIdentity,
  initiate,
  isPreKeySigned,
  publishedIdentity,
  respond,
  signPreKey,
} from '../../../../../electron/vault/omemo/ratchet/exchange'
import { readExchange, readMessage, writeExchange } from '../../../../../electron/vault/omemo/wire/messages'
import { variantOf } from '../../../../../electron/vault/omemo/wire/variant'
import { counting, hex, pairOf } from '../../../../support/omemo-values'

describe('RFC 7748', () => {
  it('agrees as §5.2 says', () => {
    const first = agree(
      hex('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4'),
      hex('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c'),
    )
    expect(first?.toString('hex')).toBe('c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552')
    const second = agree(
      hex('4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d'),
      hex('e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493'),
    )
    expect(second?.toString('hex')).toBe('95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957')
  })

  it('agrees a thousand times over as §5.2 says', () => {
    let scalar: Buffer = Buffer.concat([Buffer.of(9), Buffer.alloc(31)])
    let u = scalar
    for (let round = 0; round < 1000; round++) {
      const next = agree(scalar, u) ?? Buffer.alloc(0)
      u = scalar
      scalar = next
    }
    expect(scalar.toString('hex')).toBe('684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51')
  })

  it('makes the keys of §6.1 and their secret', () => {
    const alice = keyPairOf(hex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'))
    const bob = keyPairOf(hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'))
    expect(alice.key.toString('hex')).toBe('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
    expect(bob.key.toString('hex')).toBe('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f')
    const secret = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'
    expect(agree(alice.secret, bob.key)?.toString('hex')).toBe(secret)
    expect(agree(bob.secret, alice.key)?.toString('hex')).toBe(secret)
  })
})

describe('RFC 8032 §7.1', () => {
  const vectors = [
    {
      key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      message: '',
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
      key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      message: '72',
      signature:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
    {
      key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      message: 'af82',
      signature:
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    },
  ]

  it.each(vectors)('believes a signature over "$message", and none that was changed', vector => {
    const [key, message, signature] = [hex(vector.key), hex(vector.message), hex(vector.signature)]
    expect(isSignedByEdwards(key, message, signature)).toBe(true)
    for (const at of [0, 31, 32, 63]) {
      const changed = Buffer.from(signature)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(isSignedByEdwards(key, message, changed)).toBe(false)
    }
    expect(isSignedByEdwards(key, Buffer.concat([message, Buffer.of(0)]), signature)).toBe(false)
  })
})

describe.each([
  {
    version: 'omemo' as const,
    identity: ['7b0d47d93427f8311160781c7c733fd8', '8a1b14'],
    signature: ['f2d723f82abcbbc916566ae83d9b16bb', '024a15b8a'],
    secret: 'f0998758ef94f5d88ff6a4d6889cecc6',
    messageKey: '8bfe1cd775b190ac1df7a538ba521479',
    inside: 32,
    mac: 'a4f4c37a9c0a6ee7',
    exchange: { bytes: 175, digest: '59412129cf5962048859cbf278f97abd' },
    answerMac: 'd15a13dc9eb3f657',
  },
  {
    version: 'omemo2' as const,
    identity: ['fdf60e4369170044c5c9c83c7c167026', '6f01af'],
    signature: ['7e4e141f59c14d2d7dc786a71122a84f', 'c420b2e10e'],
    secret: '93dbdb45bfb91ce5456ee5917e49a4f4',
    messageKey: '72ba0998aae69afedb0873c63347ee32',
    inside: 48,
    mac: '056060ce7b352cb4ddc4baa977a1ca24',
    exchange: { bytes: 198, digest: '9a0dbf805ec26df658e9b1ac4f3571d6' },
    answerMac: '718f236273a3825dc27c008fca0fc0e7',
  },
])('the same bytes as python-oldmemo and python-twomemo: $version', vector => {
  const variant = variantOf(vector.version)
  const [a, b] = [createIdentity(pairOf(0x12)), createIdentity(pairOf(0x33))]
  const [signedPreKey, preKey] = [pairOf(0x44), pairOf(0x55)]
  const identityKey = publishedIdentity(variant, b)
  const own = publishedIdentity(variant, a)
  const begin = () => {
    const their = {
      identityKey,
      signedPreKey: { id: 7, key: signedPreKey.key },
      preKey: { id: 9, key: preKey.key },
    }
    const session = initiate(variant, a, their, 0, pairOf(0x22), pairOf(0x66))
    if (!session?.pending) throw new Error('no session')
    return { ...session, pending: session.pending }
  }

  it('identity key and signature of the signed prekey', () => {
    const key = identityKey.toString('hex')
    expect([key.slice(0, 32), key.slice(-6)]).toEqual(vector.identity)
    const signature = signPreKey(variant, b, signedPreKey.key, Buffer.alloc(64))
    const text = signature.toString('hex')
    const [head = '', tail = ''] = vector.signature
    expect([text.slice(0, 32), text.slice(-tail.length)]).toEqual([head, tail])
    expect(isPreKeySigned(variant, identityKey, signedPreKey.key, signature)).toBe(true)
    expect(isPreKeySigned(variant, identityKey, preKey.key, signature)).toBe(false)
  })

  it('the secret of the exchange and the first message key', () => {
    const exchange = { identityKey: own, ephemeralKey: pairOf(0x22).key }
    const session = respond(variant, b, { signedPreKey, preKey }, exchange, 0)
    expect(session?.root.toString('hex').slice(0, 32)).toBe(vector.secret)
    const chain = begin().sending?.key ?? Buffer.alloc(0)
    expect(chainStep(chain).messageKey.toString('hex').slice(0, 32)).toBe(vector.messageKey)
  })

  it('the first exchange, read by the other side, and its answer', () => {
    const session = begin()
    const message = ratchetEncrypt(variant, session, counting(vector.inside), { own, their: identityKey })
    expect(readMessage(variant, message)?.mac.toString('hex')).toBe(vector.mac)
    const { pending, ephemeralKey } = session
    const bytes = writeExchange(variant, { ...pending, identityKey: own, ephemeralKey, message })
    expect(bytes.byteLength).toBe(vector.exchange.bytes)
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 32)).toBe(vector.exchange.digest)

    const exchange = readExchange(variant, bytes)
    const theirs = exchange && respond(variant, b, { signedPreKey, preKey }, exchange, 0)
    const received = exchange && readMessage(variant, exchange.message)
    if (!theirs || !received) throw new Error('not read')
    const identities = { own: identityKey, their: own }
    const inside = ratchetDecrypt(variant, theirs, received, identities, () => pairOf(0x77))
    expect(inside).toEqual(counting(vector.inside))
    const answer = ratchetEncrypt(variant, theirs, counting(vector.inside), identities)
    const readAnswer = readMessage(variant, answer)
    expect(readAnswer?.mac.toString('hex')).toBe(vector.answerMac)
    expect(readAnswer && [readAnswer.counter, readAnswer.previous]).toEqual([0, 0])
    if (!readAnswer) throw new Error('not read')
    expect(ratchetDecrypt(variant, session, readAnswer, { own, their: identityKey })).toEqual(
      counting(vector.inside),
    )
  })
})

describe('payloads', () => {
  const hello = Buffer.from('hello')

  it('is AES-128-GCM with the tag beside the key in omemo', () => {
    const sealed = sealPayload('omemo', hello, counting)
    expect(sealed.payload?.toString('hex')).toBe('fb09cba209')
    expect(sealed.inside.subarray(16).toString('hex')).toBe('892a5290e6a1cc5c447671d2fdb399f0')
    expect(openPayload('omemo', sealed.inside, sealed)).toEqual(hello)
    // The form before 2018 has the tag behind the payload, where no receiver of the key is kept from writing another.
    const old = Buffer.concat([sealed.payload ?? hello, sealed.inside.subarray(16)])
    expect(openPayload('omemo', sealed.inside.subarray(0, 16), { ...sealed, payload: old })).toBe(
      'unsafe-form',
    )
  })

  it('is AES-256-CBC with a MAC beside the key in omemo2', () => {
    const sealed = sealPayload('omemo2', hello, counting)
    expect(sealed.payload?.toString('hex')).toBe('833db8ba8ab03b93116ddae41e453010')
    expect(sealed.inside.subarray(32).toString('hex')).toBe('5c748812a844a71c752b41a3e4cc1c71')
    expect(openPayload('omemo2', sealed.inside, sealed)).toEqual(hello)
  })

  it.each(['omemo', 'omemo2'] as const)('refuses every changed byte of %s', version => {
    const sealed = sealPayload(version, hello)
    const payload = sealed.payload ?? Buffer.alloc(0)
    for (let at = 0; at < payload.byteLength; at++) {
      const changed = Buffer.from(payload)
      changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at)
      expect(openPayload(version, sealed.inside, { ...sealed, payload: changed })).toBe('payload-changed')
    }
    for (let at = 0; at < sealed.inside.byteLength; at++) {
      const changed = Buffer.from(sealed.inside)
      changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at)
      expect(openPayload(version, changed, sealed)).toBe('payload-changed')
    }
  })

  it('is a key of nothing in an empty message', () => {
    expect(sealPayload('omemo2', null).inside).toEqual(Buffer.alloc(32))
    expect(sealPayload('omemo', null).inside.byteLength).toBe(16)
    for (const length of [16, 32])
      expect(openPayload('omemo', Buffer.alloc(length), { iv: null, payload: null })).toBeNull()
  })
})
