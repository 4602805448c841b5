import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { vaultForTests } from './support/open-vault'
import { encryptPackets, literal, packet } from './support/packets'

const at = vaultForTests()
const text = Buffer.from('Content-Type: text/plain\r\n\r\nHallo\r\n')
const binary = (armored: Buffer): Buffer =>
  Buffer.from(
    armored
      .toString()
      .replace(/-----.*-----/g, '')
      .replace(/^=.*$/m, ''),
    'base64',
  )
const repeated = (bytes: Uint8Array, count: number) =>
  Buffer.concat(Array.from({ length: count }, () => bytes))

/** Algorithm 1 is raw deflate. */
const compressed = (packets: Uint8Array) =>
  packet(8, Buffer.concat([Buffer.from([1]), deflateRawSync(packets)]))
/** One pass signature of version 3 (RFC 9580 §5.4). */
const onePass = packet(4, Buffer.from([3, 0, 10, 22, 1, 2, 3, 4, 5, 6, 7, 8, 1]))

test('what the helper encrypts is a message like any other', async () => {
  const opened = await at.decrypt(await encryptPackets(literal(text), at.anna.bytes))
  expect(Buffer.from(opened.bytes).equals(text)).toBe(true)
  const once = await at.decrypt(await encryptPackets(compressed(literal(text)), at.anna.bytes))
  expect(Buffer.from(once.bytes).equals(text)).toBe(true)
})

test('a message that unpacks to more than a message may be is refused', { timeout: 60_000 }, async () => {
  const bomb = await encryptPackets(compressed(literal(Buffer.alloc(151_000_000))), at.anna.bytes)
  expect(bomb.byteLength).toBeLessThan(1_000_000)
  await expect(at.decrypt(bomb)).rejects.toMatchObject({ code: 'too-large' })
})

test('compression inside compression is refused', async () => {
  const nested = await encryptPackets(compressed(compressed(literal(text))), at.anna.bytes)
  await expect(at.decrypt(nested)).rejects.toMatchObject({ code: 'message-malformed' })
})

test.each([
  ['signatures that begin', onePass],
  ['signatures of an unknown version', packet(2, Buffer.from([99]))],
  ['packets of the future', packet(60, Buffer.from([1]))],
  ['markers', packet(10, Buffer.from('PGP'))],
])('a hundred thousand %s inside cost neither memory nor time', async (_, one) => {
  const message = await encryptPackets(Buffer.concat([repeated(one, 100_000), literal(text)]), at.anna.bytes)
  await expect(at.decrypt(message)).rejects.toMatchObject({ code: 'too-large' })
  const unpacked = await encryptPackets(
    compressed(Buffer.concat([repeated(one, 100_000), literal(text)])),
    at.anna.bytes,
  )
  await expect(at.decrypt(unpacked)).rejects.toMatchObject({ code: 'too-large' })
})

test('a few packets of the future are passed over', async () => {
  const some = Buffer.concat([repeated(packet(60, Buffer.from([1])), 3), literal(text)])
  const opened = await at.decrypt(await encryptPackets(some, at.anna.bytes))
  expect(Buffer.from(opened.bytes).equals(text)).toBe(true)
})

test('two pieces of data in one message, or a signature that begins after the data, show nothing', async () => {
  for (const inside of [
    [literal(text), literal(text)],
    [literal(text), onePass],
    [literal(text), packet(60, Buffer.from([1])), onePass],
  ]) {
    const message = await encryptPackets(Buffer.concat(inside), at.anna.bytes)
    await expect(at.decrypt(message)).rejects.toMatchObject({ code: 'message-malformed' })
  }
})

test('thousands of recipients that nobody has cost nothing', async () => {
  const message = binary(await at.encrypt(text, at.anna))
  const session = packet(1, Buffer.concat([Buffer.from([3, 1, 2, 3, 4, 5, 6, 7, 8, 18]), Buffer.alloc(40)]))
  await expect(at.decrypt(Buffer.concat([repeated(session, 5000), message]))).rejects.toMatchObject({
    code: 'too-large',
  })
  const opened = await at.decrypt(Buffer.concat([repeated(session, 500), message]))
  expect(opened.recipientKeyIds).toHaveLength(501)
})

test('thousands of hidden recipients are not tried one by one', async () => {
  const message = binary(await at.encrypt(text, at.anna))
  const hidden = packet(1, Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 18]), Buffer.alloc(40)]))
  const other = await at.make('bert@siegel.example')
  await at.hold(other)
  await expect(at.decrypt(Buffer.concat([repeated(hidden, 3000), message]))).rejects.toMatchObject({
    code: 'too-large',
  })
  await at.hold(at.anna)
})

test('encryption without integrity protection shows nothing', async () => {
  const message = binary(await at.encrypt(text, at.anna))
  const sessionLength = (message[1] ?? 0) + 2
  const stripped = Buffer.concat([message.subarray(0, sessionLength), packet(9, Buffer.alloc(200, 7))])
  await expect(at.decrypt(stripped)).rejects.toMatchObject({ code: 'no-integrity' })
})

test.each([4, 6] as const)(
  'any flipped bit of a message to a key of version %i shows nothing',
  async version => {
    const key = await at.make('carla@siegel.example', { version })
    await at.hold(key)
    const message = binary(await at.encrypt(text, key))
    for (let place = 1; place <= 90; place += 3) {
      const changed = Buffer.from(message)
      const index = changed.length - place
      changed[index] = (changed[index] ?? 0) ^ 0x40
      await expect(at.decrypt(changed), `${place} from the end`).rejects.toMatchObject({
        // A bit of the packet's tag makes it look like encryption without integrity protection.
        code: expect.stringMatching(/^(message-changed|decrypt-failed|message-malformed|no-integrity)$/),
      })
    }
    await at.hold(at.anna)
  },
)

test('a message cut off, doubled, or no message at all is called malformed', async () => {
  const message = binary(await at.encrypt(text, at.anna))
  for (const wrong of [
    message.subarray(0, message.length - 20),
    Buffer.concat([message, message]),
    Buffer.from('hello'),
    Buffer.alloc(0),
    Buffer.alloc(1000, 0xff),
    packet(11, Buffer.alloc(10)),
  ])
    await expect(at.decrypt(wrong)).rejects.toMatchObject({ code: 'message-malformed' })
})

test('a message for a passphrase, however dear its derivation, is said to be for no key', async () => {
  const argon2 = Buffer.from([6, 30, 9, 2, 20, 4, ...Buffer.alloc(16, 1), 255, 255, 31, ...Buffer.alloc(40)])
  const message = Buffer.concat([
    packet(3, argon2),
    packet(18, Buffer.concat([Buffer.from([1]), Buffer.alloc(99)])),
  ])
  await expect(at.decrypt(message)).rejects.toMatchObject({ code: 'passphrase-too-costly' })
})

test('mail for another key names the key that is missing', async () => {
  const other = await at.make('dora@siegel.example')
  await expect(at.decrypt(await at.encrypt(text, other))).rejects.toMatchObject({
    code: 'no-key',
    params: { keyIds: other.facts.keyIds[1] },
  })
})

test('ten megabytes that are no keys are counted and not believed', async () => {
  expect(
    await at.vault.calls.readKeys(repeated(packet(60, Buffer.from([1])), 1_200_000).subarray(0, 9_000_000)),
  ).toEqual({
    keys: [],
    broken: 1,
    unusable: [],
    revocations: [],
  })
})
