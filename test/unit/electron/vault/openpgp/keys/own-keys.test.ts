import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMessage, decryptKey, encrypt, enums, type PrivateKey, readPrivateKey } from 'openpgp'
import { expect, test, vi } from 'vitest'
import { openSecret, sealSecret } from '../../../../../../electron/vault/openpgp/keys/secret-seal'
import { normalSetupCode } from '../../../../../../electron/vault/openpgp/messages/setup-message'
import { vaultForTests } from '../support/open-vault'

const at = vaultForTests()
const text = Buffer.from('Content-Type: text/plain\r\n\r\nHallo\r\n')
const fingerprintOf = () => at.anna.facts.fingerprint

test('a sealed key opens in its own place only', () => {
  const place = {
    master: new Uint8Array(32).fill(3),
    profileId: 'ab'.repeat(16),
    fingerprint: 'cd'.repeat(20),
  }
  const sealed = sealSecret(Buffer.from('secret'), place)
  expect(openSecret(sealed, place)?.toString()).toBe('secret')
  expect(openSecret(sealed, { ...place, profileId: 'ac'.repeat(16) })).toBeNull()
  expect(openSecret(sealed, { ...place, fingerprint: 'ce'.repeat(20) })).toBeNull()
  expect(openSecret(sealed, { ...place, master: new Uint8Array(32).fill(4) })).toBeNull()
  for (const index of [0, 5, 20, sealed.length - 1]) {
    const changed = Uint8Array.from(sealed)
    changed[index] = (changed[index] ?? 0) ^ 1
    expect(openSecret(changed, place)).toBeNull()
  }
})

test('a key of another profile that was put into the store is called damaged', async () => {
  const sealed = sealSecret(Buffer.from('secret'), {
    master: new Uint8Array(32),
    profileId: 'ab'.repeat(16),
    fingerprint: fingerprintOf(),
  })
  await at.vault.calls.hold([{ fingerprint: fingerprintOf(), sealed }])
  await expect(at.vault.calls.sign(text, fingerprintOf(), at.nowMs)).rejects.toMatchObject({
    code: 'vault-damaged',
  })
  await at.hold(at.anna)
})

test('a key with a passphrase of its own waits for it, and again after it was forgotten or its time is over', async () => {
  const message = await at.encrypt(text, at.anna)
  const locked = await at.vault.setKeyPassphrase(fingerprintOf(), 'Grüße 1')
  expect(locked.protection).toBe('passphrase')
  await at.hold(locked)
  const isLocked = () =>
    expect(at.decrypt(message)).rejects.toMatchObject({
      code: 'key-locked',
      params: { fingerprint: fingerprintOf() },
    })
  await isLocked()
  expect(await at.vault.calls.unlocked()).toEqual([])
  await expect(at.vault.unlockKey(fingerprintOf(), 'Grüße 2', null)).rejects.toMatchObject({
    code: 'wrong-passphrase',
  })
  await expect(at.vault.exportSecret(fingerprintOf(), 'x')).rejects.toMatchObject({ code: 'key-locked' })

  await at.vault.unlockKey(fingerprintOf(), 'Gru\u0308\u00dfe 1', null)
  expect((await at.decrypt(message)).openedBy).toBe(fingerprintOf())
  expect(await at.vault.calls.unlocked()).toEqual([fingerprintOf()])
  await at.vault.forgetPassphrase(fingerprintOf())
  await isLocked()

  await at.vault.unlockKey(fingerprintOf(), 'Grüße 1', 300)
  await vi.waitFor(async () => expect(await at.vault.calls.unlocked()).toEqual([]), { timeout: 60_000 })
  await isLocked()

  await at.vault.unlockKey(fingerprintOf(), 'Grüße 1', null)
  const changed = await at.vault.calls.change(
    fingerprintOf(),
    { kind: 'add-user-id', name: 'Anna', address: 'anna@other.example' },
    at.nowMs,
  )
  expect(changed.protection).toBe('passphrase')
  expect(changed.facts.userIds.map(({ address }) => address)).toEqual([
    'anna@siegel.example',
    'anna@other.example',
  ])
  await at.hold(changed)
  await isLocked()
  await at.vault.unlockKey(fingerprintOf(), 'Grüße 1', null)
  const open = await at.vault.setKeyPassphrase(fingerprintOf(), null)
  expect(open.protection).toBe('vault')
  await at.hold(at.anna)
}, 180_000)

test('an Autocrypt Setup Message opens with its code however it was typed, and with no other', async () => {
  const code = '1742-0185-6197-1303-7016-8412-3581-4441-0597'
  const secret = await openSecretKey()
  const message = Buffer.from(
    await encrypt({
      message: await createMessage({ text: secret.armor() }),
      passwords: code,
      format: 'armored',
      config: { s2kType: enums.s2k.iterated },
    }),
  )
  const typed = ' 174201856197 1303–7016-8412 3581-4441-0597\n'
  expect(normalSetupCode(typed)).toBe(code)
  expect((await at.vault.importSetupMessage(message, typed)).facts.fingerprint).toBe(fingerprintOf())
  for (const wrong of [code.replace('1742', '1743'), '1742', 'hello'])
    await expect(at.vault.importSetupMessage(message, wrong)).rejects.toMatchObject({
      code: 'wrong-passphrase',
    })
  await expect(at.vault.importSetupMessage(await at.encrypt(text, at.anna), code)).rejects.toMatchObject({
    code: 'message-malformed',
  })
})

const openSecretKey = async (): Promise<PrivateKey> =>
  decryptKey({
    privateKey: await readPrivateKey({ armoredKey: await at.vault.exportSecret(fingerprintOf(), 'scan') }),
    passphrase: 'scan',
  })

/** Every byte and text of an answer, one after the other. */
const bytesOf = (value: unknown): Buffer => {
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (typeof value === 'string') return Buffer.concat([Buffer.from(value), Buffer.from(value, 'base64')])
  if (typeof value !== 'object' || value === null) return Buffer.from(String(value))
  return Buffer.concat(Object.values(value).map(bytesOf))
}

test('no answer of any operation holds a secret number of a key', async () => {
  const secret = await openSecretKey()
  const numbers = secret.getKeys().flatMap(({ keyPacket }) => {
    const parameters: unknown = 'privateParams' in keyPacket ? keyPacket.privateParams : null
    return Object.values(parameters ?? {}).flatMap(value =>
      value instanceof Uint8Array ? [Buffer.from(value)] : [],
    )
  })
  expect(numbers.length).toBeGreaterThan(1)
  const { calls } = at.vault
  const message = await at.encrypt(text, at.anna)
  const answers: unknown[] = [
    at.anna,
    await calls.hold([{ fingerprint: fingerprintOf(), sealed: at.anna.sealed }]),
    await calls.unlocked(),
    await calls.readKeys(Buffer.from(secret.armor())),
    await calls.readKeys(secret.write()),
    await calls.mergeKeys(at.anna.bytes, at.anna.bytes),
    await calls.change(fingerprintOf(), { kind: 'expiry', expiresAtMs: at.nowMs + 86_400_000 }, at.nowMs),
    await calls.change(fingerprintOf(), { kind: 'revoke', reason: 'retired' }, at.nowMs),
    await calls.sign(text, fingerprintOf(), at.nowMs),
    message,
    await at.decrypt(message, at.anna.bytes),
    await at.vault.importSecret(Buffer.from(secret.armor()), null),
    await at.vault.setKeyPassphrase(fingerprintOf(), 'phrase'),
    await at.vault.exportSecret(fingerprintOf(), 'phrase'),
  ]
  const control = bytesOf([secret.write()])
  for (const number of numbers) {
    const reversed = Buffer.from(number).reverse()
    const isIn = (where: Buffer) => where.includes(number) || where.includes(reversed)
    expect(isIn(control)).toBe(true)
    answers.forEach((answer, index) => {
      expect(isIn(bytesOf(answer)), `answer ${index}`).toBe(false)
    })
  }
}, 180_000)

test('a request that is taken back before its turn is not done', async () => {
  const controller = new AbortController()
  const message = await at.encrypt(Buffer.alloc(3_000_000, 'x'), at.anna)
  // Enough in front of it that its turn cannot come before it is taken back.
  const before = Array.from({ length: 8 }, () => at.decrypt(message))
  const ask = () =>
    at.vault.calls
      .decrypt(message, { verifyWith: [], nowMs: at.nowMs }, controller.signal)
      .then(() => 'was done')
  const second = ask()
  controller.abort()
  await expect(second).rejects.toMatchObject({ code: 'cancelled' })
  for (const each of before) expect((await each).bytes.byteLength).toBe(3_000_000)
  await expect(ask()).rejects.toMatchObject({ code: 'cancelled' })
})

test('a file of secret keys is read by the vault itself, once it is no larger than any keyring', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sg-picked-'))
  const file = join(directory, 'own.asc')
  writeFileSync(file, await at.vault.exportSecret(at.anna.facts.fingerprint, 'a phrase'))
  const { keys } = await at.vault.importSecret({ file }, 'a phrase')
  expect(keys.map(({ facts }) => facts.fingerprint)).toEqual([at.anna.facts.fingerprint])
  truncateSync(file, 10_000_001)
  await expect(at.vault.importSecret({ file }, null)).rejects.toMatchObject({ code: 'too-large' })
  for (const place of [join(directory, 'none.asc'), directory])
    await expect(at.vault.importSecret({ file: place }, null)).rejects.toMatchObject({
      code: 'file-unreadable',
      params: { path: place },
    })
  rmSync(directory, { recursive: true })
})
