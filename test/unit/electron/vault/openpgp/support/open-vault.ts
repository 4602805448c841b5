import { afterAll, beforeAll } from 'vitest'
import type { ProfileVault } from '../../../../../../electron/vault/profile-vault'
import type { SealedKeyAnswer, VaultCallOutput } from '../../../../../../shared/ipc/vault/vault-calls'
import { openTestVault } from '../../../../../support/vault-in-test'

/** The real vault for the tests of one file, with a key of Anna that is held. */
export const vaultForTests = () => {
  let vault: (ProfileVault & { close(): Promise<void> }) | null = null
  let anna: VaultCallOutput<'generate'> | null = null
  const nowMs = Math.floor(Date.now() / 1000) * 1000

  const given = <T>(value: T | null): T => {
    if (value === null) throw new Error('not ready')
    return value
  }
  const self = {
    nowMs,
    get vault() {
      return given(vault)
    },
    get anna() {
      return given(anna)
    },
    make: (address: string, options: { version?: 4 | 6; createdMs?: number; expiresAtMs?: number } = {}) =>
      self.vault.calls.generate({
        userIds: [{ name: 'Anna Müller', address }],
        version: options.version ?? 4,
        expiresAtMs: options.expiresAtMs ?? null,
        nowMs: options.createdMs ?? nowMs - 60_000,
      }),
    hold: (...keys: readonly SealedKeyAnswer[]) =>
      self.vault.calls.hold(keys.map(({ facts, sealed }) => ({ fingerprint: facts.fingerprint, sealed }))),
    encrypt: async (data: Uint8Array, ...keys: readonly SealedKeyAnswer[]) =>
      Buffer.from(
        (
          await self.vault.calls.encrypt({
            data,
            recipients: keys.map(({ bytes }) => ({ key: bytes, hidden: false })),
            signWith: null,
            nowMs,
          })
        ).armored,
      ),
    decrypt: (message: Uint8Array, ...verifyWith: readonly Uint8Array[]) =>
      self.vault.calls.decrypt(message, { verifyWith, nowMs }),
  }
  beforeAll(async () => {
    vault = await openTestVault()
    anna = await self.make('anna@siegel.example')
    await self.hold(anna)
  }, 180_000)
  afterAll(() => vault?.close())
  return self
}
