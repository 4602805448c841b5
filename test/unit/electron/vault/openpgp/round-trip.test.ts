import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProfileVault } from '../../../../../electron/vault/profile-vault'
import type { SealedKeyAnswer } from '../../../../../shared/ipc/vault/vault-calls'
import { openTestVault } from '../../../../support/vault-in-test'

let vault: ProfileVault & { close(): Promise<void> }
const nowMs = Date.now()
const make = (address: string, version: 4 | 6 = 4) =>
  vault.calls.generate({ userIds: [{ name: 'Anna Müller', address }], version, expiresAtMs: null, nowMs })
const hold = (...keys: SealedKeyAnswer[]) =>
  vault.calls.hold(keys.map(({ facts, sealed }) => ({ fingerprint: facts.fingerprint, sealed })))
const text = new TextEncoder().encode('Content-Type: text/plain\r\n\r\nGrüße aus Köln\r\n')

beforeAll(async () => {
  vault = await openTestVault()
})
afterAll(() => vault.close())

describe.each([4, 6] as const)('keys of version %i', version => {
  test('a message signed and encrypted to a key opens again with its signature good', async () => {
    const anna = await make('anna@example.org', version)
    await hold(anna)
    expect(anna.facts).toMatchObject({ version, canEncrypt: true, canSign: true, problems: [] })
    expect(await vault.calls.unlocked()).toEqual([anna.facts.fingerprint])
    const { armored, recipientKeyIds } = await vault.calls.encrypt({
      data: text,
      recipients: [{ key: anna.bytes, hidden: false }],
      signWith: anna.facts.fingerprint,
      nowMs,
    })
    const opened = await vault.calls.decrypt(Buffer.from(armored), { verifyWith: [anna.bytes], nowMs })
    expect(Buffer.from(opened.bytes).equals(text)).toBe(true)
    expect(opened).toMatchObject({
      signatures: [{ state: 'good', fingerprint: anna.facts.fingerprint, problems: [] }],
      recipientKeyIds,
      openedBy: anna.facts.fingerprint,
      aead: version === 6,
    })
  })

  test('a detached signature holds over the same bytes and over no others', async () => {
    const anna = await make('anna@example.org', version)
    await hold(anna)
    const { armored, micalg } = await vault.calls.sign(text, anna.facts.fingerprint, nowMs)
    expect(micalg).toBe('pgp-sha512')
    const options = { verifyWith: [anna.bytes], nowMs }
    expect(await vault.calls.verify(text, Buffer.from(armored), options)).toMatchObject([{ state: 'good' }])
    const other = Uint8Array.from(text)
    other[30] = (other[30] ?? 0) ^ 1
    expect(await vault.calls.verify(other, Buffer.from(armored), options)).toMatchObject([{ state: 'bad' }])
    expect(await vault.calls.verify(text, Buffer.from(armored), { verifyWith: [], nowMs })).toMatchObject([
      { state: 'unknown-key', fingerprint: null },
    ])
  })
})
