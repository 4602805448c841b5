import { createMessage, enums, generateKey, sign } from 'openpgp'
import { expect, test } from 'vitest'
import { vaultForTests } from './support/open-vault'

const at = vaultForTests()
const text = Buffer.from('Content-Type: text/plain\r\n\r\nHallo\r\n')

/** A key whose user IDs and subkeys are bound with `hash`, as they were until 2014. */
const boundWith = (hash: enums.hash) =>
  generateKey({
    userIDs: { name: 'Alte Anna', email: 'alt@siegel.example' },
    type: 'rsa',
    rsaBits: 2048,
    date: new Date(at.nowMs - 60_000),
    format: 'object',
    config: {
      preferredHashAlgorithm: hash,
      rejectHashAlgorithms: new Set(),
      nonDeterministicSignaturesViaNotation: false,
    },
  })

const signedBy = async (key: Awaited<ReturnType<typeof boundWith>>) =>
  sign({
    message: await createMessage({ binary: text }),
    signingKeys: key.privateKey,
    detached: true,
    date: new Date(at.nowMs),
    config: { rejectHashAlgorithms: new Set(), preferredHashAlgorithm: enums.hash.sha512 },
  })

test('a key bound with SHA-1 says so, can be encrypted to, and makes no good signature', async () => {
  const old = await boundWith(enums.hash.sha1)
  const [key] = (await at.vault.calls.readKeys(old.publicKey.write())).keys
  expect(key?.facts).toMatchObject({ canEncrypt: true, problems: ['weak-hash', 'no-valid-user-id'] })
  const options = { verifyWith: [key?.bytes ?? new Uint8Array()], nowMs: at.nowMs }
  const signature = Buffer.from(await signedBy(old))
  expect(await at.vault.calls.verify(text, signature, options)).toMatchObject([
    { state: 'weak', hash: 'sha512', problems: ['weak-hash'] },
  ])

  const {
    keys: [own],
  } = await at.vault.importSecret(Buffer.from(old.privateKey.write()), null)
  if (!own) throw new Error('not imported')
  await at.hold(own)
  expect((await at.decrypt(await at.encrypt(text, own))).openedBy).toBe(own.facts.fingerprint)
  await expect(at.vault.calls.sign(text, own.facts.fingerprint, at.nowMs)).rejects.toMatchObject({
    code: 'key-unusable',
  })
  // A change binds it anew, with a hash of today.
  const change = { kind: 'expiry', expiresAtMs: null } as const
  const renewed = await at.vault.calls.change(own.facts.fingerprint, change, at.nowMs)
  expect(renewed.facts.problems).toEqual([])
  await at.hold(at.anna)
}, 180_000)
