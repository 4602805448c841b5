import { PacketList, readKey, readPrivateKey, type UserAttributePacket } from 'openpgp'
import { expect, test } from 'vitest'
import { vaultForTests } from '../support/open-vault'
import { literal, packet } from '../support/packets'

const at = vaultForTests()
const made = Buffer.from([0x60, 0, 0, 0])
const userId = packet(13, Buffer.from('Pia <pia@siegel.example>'))
const material = Buffer.alloc(1200, 7)

/** Key packets of all kinds, the body as in RFC 9580 §5.5.2 and, for version 3, RFC 4880 §5.5.2. */
const v4 = (algorithm: number, rest = material) =>
  Buffer.concat([Buffer.from([4]), made, Buffer.from([algorithm]), rest])
const v6 = (algorithm: number, rest = material) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(rest.byteLength)
  return Buffer.concat([Buffer.from([6]), made, Buffer.from([algorithm]), length, rest])
}
const v3 = Buffer.concat([
  Buffer.from([3]),
  made,
  Buffer.from([0, 0, 1]),
  Buffer.from([0, 17, 1, 0, 1, 0, 2, 3]),
])
/** SM2’s curve, 1.2.156.10197.1.301, which rnp makes keys on. */
const sm2 = Buffer.concat([
  Buffer.from([8, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d]),
  material.subarray(0, 67),
])

const kinds: readonly [Buffer, string][] = [
  [v3, 'OpenPGP v3'],
  [Buffer.concat([Buffer.from([2]), v3.subarray(1)]), 'OpenPGP v2'],
  [Buffer.concat([Buffer.from([5]), v6(22).subarray(1)]), 'OpenPGP v5'],
  [Buffer.concat([Buffer.from([7]), v6(27).subarray(1)]), 'OpenPGP v7'],
  [v6(30), 'ML-DSA-65+Ed25519 (post-quantum)'],
  [v6(31), 'ML-DSA-87+Ed448 (post-quantum)'],
  [v6(32), 'SLH-DSA-SHAKE-128s (post-quantum)'],
  [v4(35), 'ML-KEM-768+X25519 (post-quantum)'],
  [v6(36), 'ML-KEM-1024+X448 (post-quantum)'],
  [v4(8), 'Kyber (post-quantum)'],
  [v4(21), 'Diffie-Hellman (X9.42)'],
  [v4(23), 'AEDH'],
  [v6(29), 'OpenPGP algorithm 29'],
  [v4(100), 'OpenPGP algorithm 100'],
  [v4(110), 'OpenPGP algorithm 110'],
  [v4(19, sm2), 'OID 1.2.156.10197.1.301'],
]

test.each(kinds)('a key that is sound and of no known kind is not broken: %#', async (body, kind) => {
  const read = await at.vault.calls.readKeys(
    Buffer.concat([at.anna.bytes, packet(6, body), userId, packet(2, Buffer.alloc(30, 9))]),
  )
  expect(read).toMatchObject({ broken: 0, unusable: [kind] })
  // And it does not spoil the others of the file.
  expect(read.keys.map(({ facts }) => facts.fingerprint)).toEqual([at.anna.facts.fingerprint])
})

test.each(kinds)('its secret key says so as well, and not that there is none: %#', async (body, kind) => {
  const secret = Buffer.concat([packet(5, Buffer.concat([body, Buffer.from([0, 1, 2, 3])])), userId])
  await expect(at.vault.importSecret(secret, null)).rejects.toMatchObject({
    code: 'key-kind-unsupported',
    params: { kind },
  })
})

test.each<[string, Buffer]>([
  ['version 238', Buffer.concat([Buffer.from([238]), v4(1).subarray(1)])],
  ['algorithm 0', v4(0)],
  ['algorithm 238', v4(238)],
  ['RSA of no numbers', v4(1, Buffer.alloc(0))],
  ['a curve that is cut off', v4(19, Buffer.from([8, 0x2a]))],
  ['nothing', Buffer.alloc(0)],
])('a broken key stays broken: %s', async (_, body) => {
  expect(await at.vault.calls.readKeys(Buffer.concat([packet(6, body), userId]))).toMatchObject({
    keys: [],
    broken: 1,
    unusable: [],
  })
})

test.each([3, 35, 36, 8, 100, 30])(
  'a subkey of an unknown kind (%i) leaves the rest of its key usable',
  async kind => {
    const foreign = packet(14, kind === 3 ? v3 : v4(kind))
    const own = [...(await readKey({ binaryKey: at.anna.bytes })).toPacketList()]
    const list = (packets: readonly unknown[]) => {
      const all = new PacketList<UserAttributePacket>()
      all.push(...(packets as UserAttributePacket[]))
      return Buffer.from(all.write())
    }
    // A binding of a kind that can be read, and one with a signature back that cannot.
    const binding = Buffer.concat([list(own.slice(-1)), packet(2, signature(4, 30, 10))])
    const keys = (await at.vault.calls.readKeys(Buffer.concat([at.anna.bytes, foreign, binding]))).keys
    expect(keys).toHaveLength(1)
    expect(keys[0]?.facts).toEqual(at.anna.facts)
    // Between the user ID and the subkey that works, too.
    const between = Buffer.concat([list(own.slice(0, -2)), foreign, binding, list(own.slice(-2))])
    const again = (await at.vault.calls.readKeys(between)).keys
    expect(again[0]?.facts).toEqual(at.anna.facts)
  },
)

test('an own key that is taken without one of its subkeys says which, and with all of them nothing', async () => {
  const armored = await at.vault.exportSecret(at.anna.facts.fingerprint, 'a phrase')
  const key = await readPrivateKey({ armoredKey: armored })
  const secret = Buffer.from(key.write())
  // The vault wipes what it is given.
  const take = (bytes: Buffer) => at.vault.importSecret(Buffer.from(bytes), 'a phrase')
  expect((await take(secret)).lostSubkeys).toEqual([])
  const foreign = (algorithm: number) => packet(7, Buffer.concat([v4(algorithm), Buffer.from([0, 1, 2])]))
  const kyber = await take(Buffer.concat([secret, foreign(8)]))
  expect(kyber.lostSubkeys).toEqual(['Kyber (post-quantum)'])
  expect(kyber.keys[0]?.facts.keyIds).toEqual(at.anna.facts.keyIds)
  // One of a known kind that is not bound, beside one of an unknown kind.
  const all = new PacketList<UserAttributePacket>()
  all.push(...([...key.toPacketList()].slice(-2, -1) as unknown as UserAttributePacket[]))
  expect((await take(Buffer.concat([secret, foreign(35), Buffer.from(all.write())]))).lostSubkeys).toEqual([
    'ML-KEM-768+X25519 (post-quantum)',
    '',
  ])
})

/** A signature packet's body with a creation time and no other subpacket (RFC 9580 §5.2.3). */
const signature = (version: number, algorithm: number, hash: number): Buffer => {
  const time = Buffer.concat([Buffer.from([5, 2]), made])
  const lengths = version === 6 ? [0, 0, 0, time.byteLength] : [0, time.byteLength]
  const none = version === 6 ? [0, 0, 0, 0] : [0, 0]
  const salt = version === 6 ? Buffer.concat([Buffer.from([16]), Buffer.alloc(16, 3)]) : Buffer.alloc(0)
  return Buffer.concat([
    Buffer.from([version, 0, algorithm, hash, ...lengths]),
    time,
    Buffer.from([...none, 0xab, 0xcd]),
    salt,
    material,
  ])
}
const v3Signature = Buffer.concat([
  Buffer.from([3, 5, 0]),
  made,
  Buffer.alloc(8, 0xaa),
  Buffer.from([1, 8, 1, 2, 0, 8, 255]),
])

const signatures: readonly [Buffer, string][] = [
  [v3Signature, 'OpenPGP v3'],
  [signature(5, 22, 8), 'OpenPGP v5'],
  [signature(7, 27, 8), 'OpenPGP v7'],
  [signature(6, 30, 10), 'ML-DSA-65+Ed25519 (post-quantum)'],
  [signature(6, 31, 10), 'ML-DSA-87+Ed448 (post-quantum)'],
  [signature(6, 33, 10), 'SLH-DSA-SHAKE-128f (post-quantum)'],
  [signature(4, 30, 10), 'ML-DSA-65+Ed25519 (post-quantum)'],
  [signature(4, 101, 10), 'OpenPGP algorithm 101'],
]

test.each(signatures)(
  'a signature of an unknown kind is unsupported and says what it is: %#',
  async (body, kind) => {
    const [detached, ...more] = await at.vault.calls.verify(Buffer.from('text'), packet(2, body), {
      verifyWith: [at.anna.bytes],
      nowMs: at.nowMs,
    })
    expect(more).toEqual([])
    expect(detached).toMatchObject({ state: 'unsupported', kind })
    const whole = Buffer.concat([packet(2, body), literal(Buffer.from('text'))])
    const armored = `-----BEGIN PGP MESSAGE-----\n\n${whole.toString('base64')}\n-----END PGP MESSAGE-----\n`
    const read = await at.vault.calls.verifyCleartext(Buffer.from(armored), {
      verifyWith: [at.anna.bytes],
      nowMs: at.nowMs,
    })
    expect(Buffer.from(read.text).toString()).toBe('text')
    expect(read.signatures).toMatchObject([{ state: 'unsupported', kind }])
  },
)

test('beside a good signature one of an unknown kind takes nothing away', async () => {
  const signed = await at.vault.calls.sign(Buffer.from('text'), at.anna.facts.fingerprint, at.nowMs)
  const good = Buffer.from(signed.armored.replace(/^-.*|^=.*/gm, '').replace(/^\w+:.*/gm, ''), 'base64')
  const both = await at.vault.calls.verify(
    Buffer.from('text'),
    Buffer.concat([packet(2, signature(6, 30, 10)), good]),
    {
      verifyWith: [at.anna.bytes],
      nowMs: at.nowMs,
    },
  )
  expect(both.map(({ state }) => state).sort()).toEqual(['good', 'unsupported'])
})
