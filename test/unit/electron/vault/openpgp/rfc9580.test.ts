import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProfileVault } from '../../../../../electron/vault/profile-vault'
import {
  certificateA3,
  clearSignedA6,
  fingerprintA3,
  messageA8,
  secretKeyA4,
} from '../../../../fixtures/openpgp/rfc9580'
import { openTestVault } from '../../../../support/vault-in-test'

let vault: ProfileVault & { close(): Promise<void> }
const nowMs = Date.UTC(2026, 0, 1)
beforeAll(async () => {
  vault = await openTestVault()
})
afterAll(() => vault.close())

test('the version 6 certificate of RFC 9580 is read and said to have no address', async () => {
  const { keys, broken } = await vault.calls.readKeys(Buffer.from(certificateA3))
  expect(broken).toBe(0)
  expect(keys).toMatchObject([
    {
      hasSecret: false,
      facts: {
        fingerprint: fingerprintA3,
        keyIds: [fingerprintA3.slice(0, 16), '12c83f1e706f6308'],
        version: 6,
        algorithm: 'Ed25519 / X25519',
        canEncrypt: true,
        canSign: true,
        readsAead: true,
        problems: ['no-valid-user-id'],
      },
    },
  ])
})

test('its text signed in clear holds, dashes taken off, and does not hold for one more word', async () => {
  const [key] = (await vault.calls.readKeys(Buffer.from(certificateA3))).keys
  const options = { verifyWith: [key?.bytes ?? new Uint8Array()], nowMs }
  const { text, signatures } = await vault.calls.verifyCleartext(Buffer.from(clearSignedA6), options)
  expect(Buffer.from(text).toString()).toContain('- tofu\n- vegetables')
  expect(signatures).toMatchObject([{ state: 'good', fingerprint: fingerprintA3, hash: 'sha512' }])
  const changed = clearSignedA6.replace('tofu', 'tofu and ham')
  expect((await vault.calls.verifyCleartext(Buffer.from(changed), options)).signatures).toMatchObject([
    { state: 'bad' },
  ])
})

test('its message in OCB opens with its secret key', async () => {
  const {
    keys: [own],
  } = await vault.importSecret(Buffer.from(secretKeyA4), null)
  if (!own) throw new Error('not imported')
  await vault.calls.hold([{ fingerprint: own.facts.fingerprint, sealed: own.sealed }])
  const opened = await vault.calls.decrypt(Buffer.from(messageA8), { verifyWith: [], nowMs })
  expect(Buffer.from(opened.bytes).toString()).toBe('Hello, world!')
  expect(opened).toMatchObject({ aead: true, cipher: 'aes128', openedBy: fingerprintA3, signatures: [] })
})
