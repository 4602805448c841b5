/** What a hostile server or peer tries: it is refused by its name, and the session goes on. */
import { describe, expect, it } from 'vitest'
import { lookAtBundle } from '../../../../../electron/vault/omemo/bundles'
import {
  edwardsKeyOf,
  edwardsOf,
  isSignedByEdwards,
  isSignedByMontgomery,
  montgomeryOf,
  signWithCurveKey,
} from '../../../../../electron/vault/omemo/curve/edwards'
import { agree, createKeyPair, isUsableKey } from '../../../../../electron/vault/omemo/curve/x25519'
import {
  coveredBytes,
  readExchange,
  readMessage,
  writeExchange,
  writeMessage,
} from '../../../../../electron/vault/omemo/wire/messages'
import { variantOf } from '../../../../../electron/vault/omemo/wire/variant'
import type { OmemoBundle, OmemoVersion } from '../../../../../shared/ipc/vault/omemo-calls'
import { type Sent, Siegel } from '../../../../support/omemo-siegel'
import { hex } from '../../../../support/omemo-values'

/** Points of low order on Curve25519 and its twist, and other ways to write them (Wycheproof x25519_test, "LowOrderPublic"; cr.yp.to/ecdh.html). */
const lowOrder = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]
/** The same with the top bit, which RFC 7748 §5 masks away. */
const lowOrderMasked = lowOrder.map(
  text => text.slice(0, 62) + (Number.parseInt(text.slice(62), 16) | 0x80).toString(16),
)
/** Points of low order in their Edwards form (Wycheproof ed25519; RFC 8032's encoding of orders 1, 2, 4, 8). */
const lowOrderEdwards = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
]

const versions = ['omemo', 'omemo2'] as const
const [first, second] = [new Siegel('a@example.org', 1), new Siegel('b@example.org', 2)]
const pair = () => [new Siegel('a@example.org', 1, first), new Siegel('b@example.org', 2, second)] as const

describe('the curve', () => {
  it.each([...lowOrder, ...lowOrderMasked])('agrees on nothing with %s', text => {
    expect(agree(createKeyPair().secret, hex(text))).toBeNull()
    expect(isUsableKey(hex(text))).toBe(false)
  })

  it.each(lowOrderEdwards)('takes no identity of low order: %s', text => {
    expect(montgomeryOf(hex(text))).toBeNull()
  })

  // Wycheproof, testvectors_v1/x25519_test.json, cases 1 to 5, 7 to 10, 13, 16 to 19, 22 to 26.
  it.each([
    [
      '504a36999f489cd2fdbc08baff3d88fa00569ba986cba22548ffde80f9806829',
      'c8a9d5a91091ad851c668b0736c1c9a02936c0d3ad62670858088047ba057475',
      '436a2c040cf45fea9b29a0cb81b1f41458f863d0d61b453d0a982720d6d61320',
    ],
    [
      '63aa40c6e38346c5caf23a6df0a5e6c80889a08647e551b3563449befcfc9733',
      'd85d8c061a50804ac488ad774ac716c3f5ba714b2712e048491379a500211958',
      '279df67a7c4611db4708a0e8282b195e5ac0ed6f4b2f292c6fbd0acac30d1332',
    ],
    [
      '0f83c36fded9d32fadf4efa3ae93a90bb5cfa66893bc412c43fa7287dbb99779',
      'c8b45bfd32e55325d9fd648cb302848039000b390e44d521e58aab3b29a6964b',
      '4bc7e01e7d83d6cf67632bf90033487a5fc29eba5328890ea7b1026d23b9a45f',
    ],
    [
      '0b8211a2b6049097f6871c6c052d3c5fc1ba17da9e32ae458403b05bb283092a',
      'f876e34bcbe1f47fbc0fddfd7c1e1aa53d57bfe0f66d243067b424bb6210be51',
      '119d37ed4b109cbd6418b1f28dea83c836c844715cdf98a3a8c362191debd514',
    ],
    [
      '343ac20a3b9c6a27b1008176509ad30735856ec1c8d8fcae13912d08d152f46c',
      '006ac1f3a653a4cdb1d37bba94738f8b957a57beb24d646e994dc29a276aad45',
      'cc4873aed3fcee4b3aaea7f0d20716b4276359081f634b7bea4b705bfc8a4d3e',
    ],
    [
      '0200000000000000000000000000000000000000000000000000000000000000',
      'd03edde9f3e7b799045f9ac3793d4a9277dadeadc41bec0290f81f744f73775f',
      'b87a1722cc6c1e2feecb54e97abd5a22acc27616f78f6e315fd2b73d9f221e57',
    ],
    [
      '0300000000000000000000000000000000000000000000000000000000000000',
      'e09d57a914e3c29036fd9a442ba526b5cdcdf28216153e636c10677acab6bd6a',
      'a29d8dad28d590cd3017aa97a4761f851bf1d3672b042a4256a45881e2ad9035',
    ],
    [
      'ff00000000000000000000000000000000000000000000000000000000000000',
      'e0ed78e6ee02f08bec1c15d66fbbe5b83ffc37ea14e1512cc1bd4b2ea6d8066f',
      'e703bc8aa94b7d87ba34e2678353d12cdaaa1a97b5ca3e1b8c060c4636087f07',
    ],
    [
      'ffff000000000000000000000000000000000000000000000000000000000000',
      'a8a1a2ec9fa9915ae7aace6a37c68591d39e15995c4ef5ebd3561c02f72dda41',
      'ff5cf041e924dbe1a64ac9bdba96bdcdfaf7d59d91c7e33e76ed0e4c8c836446',
    ],
    [
      'ffffffff00000000000000000000000000000000000000000000000000000000',
      'd053e7bf1902619cd61c9c739e09d54c4147f46d190720966f7de1d9cffbbd4e',
      '6cbf1dc9af97bc148513a18be4a257de1a3b065584df94e8b43c1ab89720b110',
    ],
    [
      'ffffffffffffffff000000000000000000000000000000000000000000000000',
      '68964bca51465bf0f5ba524b1482ceff0e960a1ed9f48dcc30f1608d0e501a50',
      '25ff9a6631b143dbdbdc207b38e38f832ae079a52a618c534322e77345fd9049',
    ],
    [
      '0000000000000000000000000000000000000000000000000100000000000000',
      'a8e56bb13a9f2b33b8e6750b4a6e6621dc26ae8c5c624a0992c8f0d5b910f170',
      'f294e7922c6cea587aefe72911630d50f2456a2ba7f21207d57f1ecce04f6213',
    ],
    [
      'ffffffffffffffffffffffffffffffffffffffffffffffffffffffff00000000',
      'e045f55c159451e97814d747050fd7769bd478434a01876a56e553f66384a74c',
      'ff4715bd8cf847b77c244ce2d9b008b19efaa8e845feb85ce4889b5b2c6a4b4d',
    ],
    [
      'ffffff030000f8ffff1f0000c0ffffff000000feffff070000f0ffff3f000000',
      '105d621e1ef339c3d99245cfb77cd3a5bd0c4427a0e4d8752c3b51f045889b4f',
      '61eace52da5f5ecefafa4f199b077ff64f2e3d2a6ece6f8ec0497826b212ef5f',
    ],
    [
      'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff1f',
      '68e134092e94e622c8a0cd18aff55be23dabd994ebdee982d90601f6f0f4b369',
      '74bfc15e5597e9f5193f941e10a5c008fc89f051392723886a4a8fe5093a7354',
    ],
    [
      '0000000000000000000000000000000000000000000000000000000000000020',
      'e8e43fc1ebac0bbc9b99c8035ee1ac59b90f19a16c42c0b90f96adfcc5fdee78',
      '0d41a5b3af770bf2fcd34ff7972243a0e2cf4d34f2046a144581ae1ec68df03b',
    ],
    [
      '000000fcffff070000e0ffff3f000000ffffff010000f8ffff0f0000c0ffff7f',
      '18bffb16f92680a9e267473e43c464476d5372ddd1f664f3d0678efe7c98bc79',
      '5894e0963583ae14a0b80420894167f4b759c8d2eb9b69cb675543f66510f646',
    ],
    [
      'ffffffffffffff00000000000000ffffffffffffff00000000000000ffffff7f',
      '300305eb002bf86c71fe9c0b311993727b9dc618d0ce7251d0dfd8552d17905d',
      'f8624d6e35e6c548ac47832f2e5d151a8e53b9290363b28d2ab8d84ab7cb6a72',
    ],
    [
      '00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffff7f',
      '80da9f02842247d4ade5ddbac51dbce55ea7dca2844e7f97ab8987ce7fd8bc71',
      'bfe183ba3d4157a7b53ef178613db619e27800f85359c0b39a9fd6e32152c208',
    ],
  ])('agrees on the edges and on the twist as Wycheproof does: %s', (point, secret, shared) => {
    expect(agree(hex(secret), hex(point))?.toString('hex')).toBe(shared)
  })

  it('takes no signature whose second half is the group order too large (RFC 8032 §5.1.7; Wycheproof SignatureMalleability)', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const { secret, key } = createKeyPair()
    const message = Buffer.from('message')
    const signature = signWithCurveKey(secret, message, 'plain')
    expect(isSignedByEdwards(edwardsKeyOf(secret), message, signature)).toBe(true)
    const grown = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order
    const half = Buffer.from(grown.toString(16).padStart(64, '0'), 'hex').reverse()
    const malleable = Buffer.concat([signature.subarray(0, 32), half])
    expect(isSignedByEdwards(edwardsKeyOf(secret), message, malleable)).toBe(false)
    const sign = edwardsKeyOf(secret).readUInt8(31) & 0x80
    malleable.writeUInt8(malleable.readUInt8(63) | sign, 63)
    expect(isSignedByMontgomery(key, message, malleable)).toBe(false)
  })

  it('refuses keys that are written in another way, of other lengths, and none at all', () => {
    for (const text of ['', '05', `${'f0'.padEnd(62, 'f')}7f`, 'ff'.repeat(32), '09'.padEnd(66, '0')])
      expect(isUsableKey(hex(text))).toBe(false)
  })

  it('signs with both signs of the Edwards key, and takes neither for the other (64 keys)', () => {
    const signs = new Set<number>()
    for (let count = 0; count < 64 && (signs.size < 2 || count < 8); count++) {
      const { secret, key } = createKeyPair()
      const edwards = edwardsKeyOf(secret)
      const isNegative = (edwards.readUInt8(31) & 0x80) !== 0
      signs.add(Number(isNegative))
      expect(edwardsOf(key, isNegative)).toEqual(edwards)
      expect(montgomeryOf(edwards)).toEqual(key)
      const message = Buffer.from(`message ${count}`)
      const signature = signWithCurveKey(secret, message, 'sign-in-signature')
      expect(isSignedByMontgomery(key, message, signature)).toBe(true)
      signature.writeUInt8(signature.readUInt8(63) ^ 0x80, 63)
      expect(isSignedByMontgomery(key, message, signature)).toBe(false)
    }
    expect(signs.size).toBe(2)
  })
})

describe.each(versions)('bundles of %s', version => {
  const bundle = second.bundle(version)
  const without = (change: Partial<OmemoBundle>): OmemoBundle => ({ ...bundle, ...change })
  const said = (changed: OmemoBundle, known: string | null = null) => {
    const looked = lookAtBundle(changed, known)
    return looked.ok ? 'good' : looked.problem
  }
  const { signedPreKey } = bundle

  it('are believed as they are made', () => {
    expect(said(bundle)).toBe('good')
    expect(said(bundle, second.fingerprint)).toBe('good')
    expect(lookAtBundle(bundle, null)).toMatchObject({ fingerprint: second.fingerprint })
  })

  it.each([0, 31, 32, 62, 63])('are refused with a signature changed at %i', at => {
    const signature = new Uint8Array(signedPreKey.signature)
    signature[at] = (signature[at] ?? 0) ^ 1
    expect(said(without({ signedPreKey: { ...signedPreKey, signature } }))).toBe('bad-signature')
  })

  it("are refused with another's signed prekey, weak keys, another identity, and without prekeys", () => {
    const { key } = createKeyPair()
    expect(said(without({ signedPreKey: { ...signedPreKey, key } }))).toBe('bad-signature')
    for (const text of lowOrder)
      expect(said(without({ signedPreKey: { ...signedPreKey, key: hex(text) } }))).toBe('weak-key')
    for (const text of version === 'omemo' ? lowOrder : lowOrderEdwards)
      expect(['weak-key', 'bad-signature']).toContain(said(without({ identityKey: hex(text) })))
    expect(said(bundle, first.fingerprint)).toBe('other-identity')
    expect(said(without({ preKeys: [] }))).toBe('no-prekeys')
    const signature = signedPreKey.signature.slice(0, 63)
    expect(said(without({ signedPreKey: { ...signedPreKey, signature } }))).toBe('malformed')
  })

  it('are not built on where every prekey is of low order, and are where one is good', () => {
    const [a, b] = pair()
    const weak = lowOrder.map((text, id) => ({ id, key: hex(text) }))
    const attempt = (preKeys: OmemoBundle['preKeys']) =>
      a.encrypt(version, b, Buffer.from('x'), { bundle: without({ preKeys }) })
    expect(attempt(weak).failed).toMatchObject([{ problem: 'no-prekeys' }])
    expect(attempt(weak).keys).toEqual([])
    expect(attempt([...weak, ...bundle.preKeys.slice(0, 1)]).keys).toHaveLength(1)
  })
})

/** The same exchange with parts of it changed. */
function changedExchange(
  sent: Sent,
  change: (parts: NonNullable<ReturnType<typeof readExchange>>) => object,
): Sent {
  const variant = variantOf(sent.version)
  const exchange = readExchange(variant, Buffer.from(sent.key.data))
  if (!exchange) throw new Error('no exchange')
  const data = writeExchange(variant, { ...exchange, ...change(exchange) })
  return { ...sent, key: { ...sent.key, data } }
}

function changedMessage(sent: Sent, change: object): Sent {
  const variant = variantOf(sent.version)
  const message = readMessage(variant, Buffer.from(sent.key.data))
  if (!message) throw new Error('no message')
  const data = writeMessage(variant, coveredBytes(variant, { ...message, ...change }), message.mac)
  return { ...sent, key: { ...sent.key, data } }
}

/** Both have heard of each other. */
function talking(version: OmemoVersion) {
  const [a, b] = pair()
  expect(b.receive(a.send(version, b, 'one'))).toBe('one')
  expect(a.receive(b.send(version, a, 'two'))).toBe('two')
  return [a, b] as const
}

describe.each(versions)('exchanges of %s', version => {
  it('are refused without a prekey, with unknown ones, with low-order keys, and begin nothing', () => {
    const [a, b] = pair()
    const sent = a.send(version, b, 'hello')
    const before = b.device
    const refusal = (change: object) => b.receive(changedExchange(sent, () => change))
    // A field that is left out is read as missing; ids begin at 1, so a zero is nobody's.
    expect(refusal({ preKeyId: 0 })).toBe('refused: unknown-prekey')
    expect(refusal({ preKeyId: 101 })).toBe('refused: unknown-prekey')
    expect(refusal({ signedPreKeyId: 99 })).toBe('refused: unknown-prekey')
    for (const text of lowOrder) expect(refusal({ ephemeralKey: hex(text) })).toBe('refused: weak-key')
    for (const text of version === 'omemo' ? lowOrder : lowOrderEdwards)
      expect(refusal({ identityKey: hex(text) })).toBe('refused: weak-key')
    expect(refusal({ ephemeralKey: createKeyPair().key })).toBe('refused: not-opened')
    expect(b.device).toBe(before)
    expect(b.sessions.size).toBe(0)
    expect(b.receive(sent)).toBe('hello')
  })

  it('without the field of the prekey are refused by name', () => {
    const [a, b] = pair()
    const sent = a.send(version, b, 'hello')
    // The field is the first in both versions: key byte 08 and one byte of id (ids of a new device are below 128).
    const data = Buffer.from(sent.key.data)
    const head = version === 'omemo' ? 1 : 0
    expect(data[head]).toBe(8)
    const cut = Buffer.concat([data.subarray(0, head), data.subarray(head + 2)])
    expect(b.receive({ ...sent, key: { ...sent.key, data: cut } })).toBe('refused: no-prekey')
  })

  it('that are replayed give no message and no session', () => {
    const [a, b] = pair()
    const sent = a.send(version, b, 'once')
    expect(b.receive(sent)).toBe('once')
    for (let count = 0; count < 3; count++) expect(b.receive(sent)).toBe('refused: repeated')
    // The same after the prekey is gone for good, and after the sessions are lost, too.
    b.maintain(true)
    expect(b.receive(sent)).toBe('refused: repeated')
    b.sessions.clear()
    expect(b.receive(sent)).toBe('refused: unknown-prekey')
  })

  it('by another identity for a known device are an alarm, and change nothing', () => {
    const [a, b] = talking(version)
    const stranger = new Siegel('a@example.org', 1)
    const sent = stranger.send(version, b, 'I am a')
    const before = b.sessionsWith(version, a)
    expect(b.receive(sent)).toBe('refused: other-identity')
    expect(b.sessionsWith(version, a)).toBe(before)
    // Known by its fingerprint alone, where the sessions are gone.
    b.sessions.clear()
    expect(b.receive(sent, first.fingerprint)).toBe('refused: other-identity')
    expect(b.sessions.size).toBe(0)
    const answer = stranger.encrypt(version, b, Buffer.from('x'), { bundle: a.bundle(version) })
    expect(answer.keys).toHaveLength(1)
  })

  it('with one prekey by two senders both work until catch-up is over', () => {
    const [a, b] = pair()
    const c = new Siegel('c@example.org', 3)
    const bundle = { ...b.bundle(version), preKeys: b.bundle(version).preKeys.slice(0, 1) }
    const [one, other] = [a.send(version, b, 'one', { bundle }), c.send(version, b, 'other', { bundle })]
    expect(b.receive(one)).toBe('one')
    expect(b.maintain(false)).toEqual([version])
    expect(b.receive(other)).toBe('other')
    b.maintain(true)
    const late = new Siegel('d@example.org', 4).send(version, b, 'late', { bundle })
    expect(b.receive(late)).toBe('refused: unknown-prekey')
  })
})

describe.each(versions)('messages of %s', version => {
  it('with any byte changed are refused, and the right one is read after that', () => {
    const [a, b] = talking(version)
    const sent = a.send(version, b, 'right')
    for (let at = 0; at < sent.key.data.byteLength; at++) {
      const data = Buffer.from(sent.key.data)
      data.writeUInt8(data.readUInt8(at) ^ 0x04, at)
      expect(b.receive({ ...sent, key: { ...sent.key, data } })).toMatch(/^refused: /)
    }
    const payload = Buffer.from(sent.payload ?? [])
    payload.writeUInt8(payload.readUInt8(0) ^ 1, 0)
    expect(b.receive({ ...sent, payload })).toBe('refused: payload-changed')
    expect(b.receive(sent)).toBe('right')
    expect(b.receive(sent)).toBe('refused: repeated')
  })

  it('with huge numbers cost no work', () => {
    const [a, b] = talking(version)
    const sent = a.send(version, b, 'x')
    expect(b.receive(changedMessage(sent, { counter: 0x7fff_ffff }))).toBe('refused: too-far')
    expect(b.receive(changedMessage(sent, { counter: 0xffff_ffff }))).toBe('refused: malformed')
    const { key } = createKeyPair()
    expect(b.receive(changedMessage(sent, { counter: 0x7fff_ffff, ratchetKey: key }))).toBe(
      'refused: too-far',
    )
    expect(b.receive(changedMessage(sent, { previous: 0x7fff_ffff, ratchetKey: key }))).toBe(
      'refused: not-opened',
    )
    expect(b.receive(sent)).toBe('x')
  })

  it('of which 1,000 are missing are read, and of which 1,001 are missing are not', () => {
    const [a, b] = talking(version)
    const early = a.send(version, b, 'early')
    for (let count = 0; count < 999; count++) a.send(version, b, null)
    const last = a.send(version, b, 'last')
    const after = a.send(version, b, 'after')
    expect(b.receive(after)).toBe('refused: too-far')
    expect(b.receive(last)).toBe('last')
    expect(b.receive(after)).toBe('after')
    expect(b.receive(early)).toBe('early')
  }, 240_000)

  it('of the chain before are read late, the last one too', () => {
    const [a, b] = talking(version)
    const chain = [1, 2, 3].map(number => a.send(version, b, `late ${number}`))
    expect(b.receive(chain[0] as Sent)).toBe('late 1')
    for (let turn = 0; turn < 4; turn++) {
      expect(a.receive(b.send(version, a, 'turn'))).toBe('turn')
      expect(b.receive(a.send(version, b, 'back'))).toBe('back')
    }
    expect(b.receive(chain[2] as Sent)).toBe('late 3')
    expect(b.receive(chain[1] as Sent)).toBe('late 2')
    expect(b.receive(chain[1] as Sent)).toBe('refused: repeated')
  })
})

describe('what is stored', () => {
  it('does not open in the place of another: device, person, version, account, profile', () => {
    const [a, b] = talking('omemo')
    const c = new Siegel('c@example.org', 3)
    expect(c.receive(a.send('omemo', c, 'hello'))).toBe('hello')
    const sent = a.send('omemo', b, 'x')
    const own = b.sessionsWith('omemo', a)
    if (!own) throw new Error('no sessions')
    const swapped = (sessions: Uint8Array, message = sent) => {
      const copy = new Siegel('b@example.org', 2, second)
      copy.device = b.device
      copy.sessions.set(`${message.version} ${message.from.jid} ${message.from.deviceId}`, sessions)
      return copy.receive(message)
    }
    expect(swapped(own)).toBe('x')
    for (const from of [
      { jid: 'a@example.net', deviceId: 1 },
      { jid: 'a@example.org', deviceId: 7 },
    ])
      expect(swapped(own, { ...sent, from })).toBe('refused: state-damaged')
    const theirs = a.sessionsWith('omemo', b)
    expect(theirs && swapped(theirs)).toBe('refused: state-damaged')
    const changed = Buffer.from(own)
    changed.writeUInt8(changed.readUInt8(40) ^ 1, 40)
    expect(swapped(changed)).toBe('refused: state-damaged')
    expect(swapped(new Uint8Array())).toBe('refused: state-damaged')
    // A new device of the same account cannot go on with the old one's sessions.
    const renewed = new Siegel('b@example.org', 2)
    renewed.sessions.set('omemo a@example.org 1', own)
    expect(renewed.receive(sent)).toBe('refused: state-damaged')
    b.device = a.device
    expect(() => b.receive(sent)).toThrow('vault-damaged')
  })

  it('is healed by a new exchange where it does not open', () => {
    const [a, b] = talking('omemo2')
    b.sessions.set('omemo2 a@example.org 1', new Uint8Array(100))
    expect(b.encrypt('omemo2', a, null).failed).toMatchObject([{ problem: 'state-damaged' }])
    expect(b.receive(a.send('omemo2', b, 'lost'))).toBe('refused: state-damaged')
    expect(a.receive(b.encrypt('omemo2', a, null, { bundle: a.bundle('omemo2') }).commit())).toBe('(empty)')
    expect(b.receive(a.send('omemo2', b, 'again'))).toBe('again')
  })

  it('shows nothing of a key, in sealed state and answers alike', () => {
    const [a, b] = talking('omemo')
    const answer = a.encrypt('omemo', b, Buffer.from('x'))
    const again = a.encrypt('omemo', b, Buffer.from('x'))
    // Sealed anew each time, so that two states cannot be compared.
    expect(answer.sessions[0]?.sessions).not.toEqual(again.sessions[0]?.sessions)
    expect(Object.keys(answer.sessions[0] ?? {}).sort()).toEqual(
      ['deviceId', 'fingerprint', 'isNew', 'jid', 'sessions'].sort(),
    )
    expect(Object.keys(b.read(answer.commit())).sort()).toEqual(
      ['chain', 'content', 'counter', 'device', 'fingerprint', 'isNewSession', 'kind', 'sessions'].sort(),
    )
  })
})

describe('prekeys', () => {
  const dayMs = 86_400_000

  it('are 100, are hidden when used, filled up with ids that never come again, and gone when catch-up is over', () => {
    const [a, b] = pair()
    expect(b.bundle('omemo').preKeys.map(({ id }) => id)).toEqual(
      Array.from({ length: 100 }, (_, at) => at + 1),
    )
    expect(b.maintain(true)).toEqual([])
    const published = b.bundle('omemo')
    b.receive(a.send('omemo', b, 'x'))
    expect(b.judge(published)).toBe('older')
    expect(b.maintain(false)).toEqual(['omemo'])
    const ids = b.bundle('omemo').preKeys.map(({ id }) => id)
    expect(ids).toHaveLength(100)
    expect(ids).toContain(101)
    expect(b.judge(b.bundle('omemo'))).toBe('current')
  })

  it('are signed anew each week, and old ones serve for 30 days', () => {
    const [a, b] = pair()
    const old = b.bundle('omemo2')
    b.nowMs += 6 * dayMs
    expect(b.maintain(true)).toEqual([])
    b.nowMs += dayMs
    expect(b.maintain(true)).toEqual(['omemo', 'omemo2'])
    expect(b.bundle('omemo2').signedPreKey.id).toBe(old.signedPreKey.id + 1)
    b.nowMs += 20 * dayMs
    b.maintain(true)
    expect(b.receive(a.send('omemo2', b, 'late', { bundle: old }))).toBe('late')
    b.nowMs += 4 * dayMs
    b.maintain(true)
    const c = new Siegel('c@example.org', 3)
    expect(b.receive(c.send('omemo2', b, 'too late', { bundle: old }))).toBe('refused: unknown-prekey')
  })

  it('tell a restored or copied profile', () => {
    const [a, b] = pair()
    const backup = b.device
    b.receive(a.send('omemo', b, 'x'))
    b.maintain(true)
    const published = b.bundle('omemo')
    b.device = backup
    expect(b.judge(published)).toBe('ahead')
    // It went on by itself to the same id with another key.
    b.receive(new Siegel('c@example.org', 3).send('omemo', b, 'y'))
    b.maintain(true)
    expect(b.judge(published)).toBe('ahead')
    expect(b.judge(a.bundle('omemo'))).toBe('foreign')
  })
})
