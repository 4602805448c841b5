import { createMessage, encrypt, readKey } from 'openpgp'
import { expect, test } from 'vitest'
import { KeptSecrets } from '../../../../../electron/vault/kept-secrets'
import { vaultForTests } from './support/open-vault'
import { packet } from './support/packets'

const at = vaultForTests()
const text = Buffer.from('Content-Type: text/plain\r\n\r\nHallo\r\n')
type Config = NonNullable<Parameters<typeof encrypt>[0]['config']>

const under = async (passwords: string | string[], config: Config = {}): Promise<Uint8Array> =>
  encrypt({ message: await createMessage({ binary: text }), passwords, format: 'binary', config })
const open = (message: Uint8Array, passphrase: string) =>
  at.vault.calls.decrypt(message, {
    verifyWith: [],
    nowMs: at.nowMs,
    passphrase: new TextEncoder().encode(passphrase),
  })
const opened = async (message: Uint8Array, passphrase: string) =>
  Buffer.from((await open(message, passphrase)).bytes).toString()

const argon2 = { s2kType: 4, aeadProtect: true } as Config

test.each<[string, Config]>([
  ['iterated hashing', {}],
  ['a version 6 packet', { aeadProtect: true }],
  ['Argon2', argon2],
])(
  'a message under a passphrase by %s opens with it alone, and stays open until the lock',
  async (_, config) => {
    const message = await under('drei nuesse', config)
    await expect(at.decrypt(message)).rejects.toMatchObject({ code: 'passphrase-only' })
    await expect(open(message, 'vier nuesse')).rejects.toMatchObject({ code: 'message-passphrase-wrong' })
    await expect(at.decrypt(message)).rejects.toMatchObject({ code: 'passphrase-only' })
    expect(await open(message, 'drei nuesse')).toMatchObject({ openedBy: null, recipientKeyIds: [] })
    expect(Buffer.from((await at.decrypt(message)).bytes).equals(text)).toBe(true)
  },
)

test('what opened one message opens no other one', async () => {
  const [one, other] = [await under('drei nuesse'), await under('drei nuesse')]
  await open(one, 'drei nuesse')
  await expect(at.decrypt(other)).rejects.toMatchObject({ code: 'passphrase-only' })
})

test('any of several passphrases opens, and one that is composed otherwise', async () => {
  expect(await opened(await under(['eins zwei', 'drei vier']), 'drei vier')).toBe(text.toString())
  expect(await opened(await under('Nüsse'.normalize('NFD')), 'Nüsse')).toBe(text.toString())
})

test('a message that was changed is not shown, with the right passphrase either', async () => {
  const message = Buffer.from(await under('drei nuesse', { aeadProtect: true }))
  message[message.byteLength - 20] = (message[message.byteLength - 20] ?? 0) ^ 1
  await expect(open(message, 'drei nuesse')).rejects.toMatchObject({ code: 'message-changed' })
  // Version 4 proves nothing of the passphrase: the words for it name both reasons.
  const old = Buffer.from(await under('drei nuesse'))
  old[old.byteLength - 20] = (old[old.byteLength - 20] ?? 0) ^ 1
  await expect(open(old, 'drei nuesse')).rejects.toMatchObject({ code: 'message-passphrase-wrong' })
})

test('cut at any place it is refused, and the vault lives on', async () => {
  const message = await under('drei nuesse', argon2)
  for (let end = 0; end < message.byteLength; end += 7) {
    const error = await open(message.slice(0, end), 'drei nuesse').catch((reason: unknown) => reason)
    expect(error, `cut at ${end}`).toHaveProperty('code')
  }
  expect(await opened(message, 'drei nuesse')).toBe(text.toString())
})

/** Packets that ask for a passphrase, and data that nothing opens. */
const withPacket = (body: Uint8Array, count = 1): Uint8Array =>
  Buffer.concat([
    ...Array.from({ length: count }, () => packet(3, body)),
    packet(18, Buffer.concat([Buffer.from([1]), Buffer.alloc(80, 9)])),
  ])
const salt = Buffer.alloc(16, 5)
const argon = (passes: number, lanes: number, exponent: number) =>
  Buffer.concat([Buffer.from([4, 9, 4]), salt, Buffer.from([passes, lanes, exponent])])

test.each([
  ['two gigabytes of memory', argon(1, 4, 21), 1],
  ['all memory there is', argon(1, 1, 31), 1],
  ['255 passes', argon(255, 4, 16), 1],
  ['more lanes than any machine has', argon(1, 255, 16), 1],
  [
    'a hundred packets',
    Buffer.concat([Buffer.from([4, 9, 3, 8]), Buffer.alloc(8, 1), Buffer.from([255])]),
    100,
  ],
])('%s for one passphrase are not given', async (_, body, count) => {
  const message = withPacket(body, count)
  await expect(open(message, 'x')).rejects.toMatchObject({ code: 'passphrase-too-costly' })
  // Said before anybody is asked for a passphrase.
  await expect(at.decrypt(message)).rejects.toMatchObject({ code: 'passphrase-too-costly' })
})

test.each([
  ['IDEA', 1],
  ['Camellia', 11],
  ['Camellia', 13],
  ['SM4', 105],
  ['cipher 99', 99],
])('%s (%i) is named before anybody is asked for a passphrase', async (algorithm, id) => {
  const body = Buffer.concat([Buffer.from([4, id, 3, 8]), Buffer.alloc(8, 1), Buffer.from([96])])
  await expect(at.decrypt(withPacket(body))).rejects.toMatchObject({
    code: 'cipher-unsupported',
    params: { algorithm },
  })
})

test('beside a key that is not here, the passphrase is named as a way', async () => {
  const stranger = await at.make('stranger@siegel.example')
  const message: Uint8Array = await encrypt({
    message: await createMessage({ binary: text }),
    encryptionKeys: await readKey({ binaryKey: stranger.bytes }),
    passwords: 'drei nuesse',
    format: 'binary',
  })
  await expect(at.decrypt(message)).rejects.toMatchObject({ code: 'no-key', params: { passphrase: 'opens' } })
  expect(await opened(message, 'drei nuesse')).toBe(text.toString())
})

test('the engine gets at no passphrase that was given for another call, and each of its own opens once', () => {
  const secrets = new KeptSecrets()
  const profile = secrets.keep(Buffer.from('of the profile'), 'host')
  const message = secrets.keep(Buffer.from('of a message'), 'engine')
  expect(() => secrets.takeForMessage({ secret: profile })).toThrow('bad-request')
  expect(() => secrets.text({ secret: message })).toThrow('bad-request')
  expect(secrets.takeForMessage({ secret: message })).toBe('of a message')
  expect(() => secrets.takeForMessage({ secret: message })).toThrow('bad-request')
  expect(secrets.text({ secret: profile })).toBe('of the profile')
})
