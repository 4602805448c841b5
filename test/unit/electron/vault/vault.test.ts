import { afterEach, describe, expect, test } from 'vitest'
import { sealKey } from '../../../../electron/vault/key-wrap'
import type { PassphraseVault } from '../../../../electron/vault/protocol'
import { VaultClient } from '../../../../electron/vault/vault-client'
import { startSourceVaultWorker } from './source-worker'

const profileId = 'ab'.repeat(16)
const phrase = 'correct horse battery'

const opened: VaultClient[] = []
const openVault = (): VaultClient => {
  const vault = new VaultClient(startSourceVaultWorker)
  opened.push(vault)
  return vault
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map(vault => vault.close()))
})

const withChange = (vault: PassphraseVault, change: Partial<PassphraseVault>): PassphraseVault => ({
  ...vault,
  ...change,
})

describe('the vault worker', () => {
  test('opens with the passphrase that sealed it and gives the same store key again', async () => {
    const first = openVault()
    await first.generate()
    const sealed = await first.wrap(profileId, phrase)
    const storeKey = await first.deriveStoreKey(profileId)

    const second = openVault()
    await second.unwrap(profileId, sealed, phrase)
    expect(await second.deriveStoreKey(profileId)).toEqual(storeKey)
    expect(storeKey.byteLength).toBe(32)
    expect(await second.deriveStoreKey('cd'.repeat(16))).not.toEqual(storeKey)
  })

  test('the same letters composed otherwise are the same passphrase', async () => {
    const vault = openVault()
    await vault.generate()
    const sealed = await vault.wrap(profileId, 'Gr\u00fc\u00dfe aus K\u00f6ln')
    expect(await vault.verifyWrap(profileId, sealed, 'Gru\u0308\u00dfe aus Ko\u0308ln')).toBe(true)
  })

  test('a wrong passphrase, another profile and changed costs do not open it, and the vault stays empty', async () => {
    const maker = openVault()
    await maker.generate()
    const sealed = await maker.wrap(profileId, phrase)
    const vault = openVault()
    await expect(vault.unwrap(profileId, sealed, `${phrase}!`)).rejects.toMatchObject({
      code: 'wrong-passphrase',
    })
    await expect(vault.unwrap('cd'.repeat(16), sealed, phrase)).rejects.toMatchObject({
      code: 'wrong-passphrase',
    })
    await expect(vault.deriveStoreKey(profileId)).rejects.toMatchObject({ code: 'locked' })
  })

  test('a flipped bit on disk is called damage, not a wrong passphrase', async () => {
    const vault = openVault()
    await vault.generate()
    const sealed = await vault.wrap(profileId, phrase)
    const bytes = Buffer.from(sealed.sealed, 'base64')
    bytes[3] = (bytes[3] ?? 0) ^ 1
    const damaged = withChange(sealed, { sealed: bytes.toString('base64') })
    await expect(openVault().unwrap(profileId, damaged, phrase)).rejects.toMatchObject({
      code: 'vault-damaged',
    })
  })

  test('a planted file cannot ask for all memory or for cheap sealing', async () => {
    const sealed = await sealKey(new Uint8Array(32).fill(9), new TextEncoder().encode(phrase), profileId)
    const vault = openVault()
    for (const memoryKiB of [8, 4_000_000_000])
      await expect(
        vault.unwrap(profileId, withChange(sealed, { kdf: { ...sealed.kdf, memoryKiB } }), phrase),
      ).rejects.toThrow('bad-request')
  })

  test('bytes handed to the vault are gone from the hands that gave them', async () => {
    const vault = openVault()
    const key = new Uint8Array(32).fill(5)
    await vault.adopt(key)
    expect(key.byteLength).toBe(0)
    expect(Buffer.from(await vault.exportForKeychain()).equals(Buffer.alloc(32, 5))).toBe(true)
  })

  test('after the lock nothing comes out, and what was asked in between is answered as locked', async () => {
    const vault = openVault()
    await vault.generate()
    const closing = vault.close()
    await expect(vault.deriveStoreKey(profileId)).rejects.toMatchObject({ code: 'locked' })
    await closing
    await expect(vault.exportForKeychain()).rejects.toMatchObject({ code: 'locked' })
  })

  test('messages outside the protocol are refused and the vault lives on', async () => {
    const worker = startSourceVaultWorker()
    const ask = (message: unknown) =>
      new Promise(resolve => {
        worker.once('message', resolve)
        worker.postMessage(message)
      })
    expect(await ask({ id: 7, request: { operation: 'giveMeTheKey' } })).toEqual({
      id: 7,
      ok: false,
      refusal: 'bad-request',
    })
    expect(await ask('hello')).toEqual({ id: -1, ok: false, refusal: 'bad-request' })
    expect(await ask({ id: 8, request: { operation: 'generate', extra: 1 } })).toMatchObject({
      refusal: 'bad-request',
    })
    expect(await ask({ id: 9, request: { operation: 'exportForKeychain' } })).toMatchObject({
      refusal: 'locked',
    })
    expect(await ask({ id: 10, request: { operation: 'generate' } })).toMatchObject({ ok: true })
    expect(await ask({ id: 11, request: { operation: 'generate' } })).toMatchObject({ refusal: 'busy' })
    await worker.terminate()
  })
})
