import type { Fingerprint } from '../../shared/features/keys/model'
import type { Passphrase } from '../../shared/ipc/secrets'
import type { AskVault, ImportedSecretKeys, SealedKeyAnswer } from '../../shared/ipc/vault/vault-calls'
import { vaultOver } from '../../shared/ipc/vault/vault-calls'
import type { SecretKeySource, ThunderbirdSecrets, VaultClient } from './vault-client'

/** OpenPGP in the vault of one unlocked profile. `calls` is what an engine gets; the rest is for its host. */
export type ProfileVault = Readonly<{
  /** The engine's calls, for an engine in this process: bytes are copied. */
  calls: ReturnType<typeof vaultOver>
  /** What an engine in a process of its own gets: an end of a port to the vault that knows its calls and its store's key. */
  engineDoor(): unknown
  /** Throws `weak-passphrase`. */
  requireStrong(passphrase: Passphrase): Promise<void>
  /** Throws `no-key`, `key-locked` (it needs a passphrase), `wrong-passphrase`, `key-unusable`. */
  importSecret(from: SecretKeySource, passphrase: Passphrase | null): Promise<ImportedSecretKeys>
  /** `locked`: keys with a passphrase of their own that stayed closed; `broken`: unreadable ones. Throws as VaultClient's. */
  importThunderbird(
    profile: ThunderbirdSecrets,
    primaryPassword: Passphrase | null,
  ): Promise<{ keys: SealedKeyAnswer[]; locked: number; broken: number }>
  /** Throws `wrong-passphrase` for a wrong Setup Code, `message-malformed`. */
  importSetupMessage(bytes: Uint8Array, setupCode: Passphrase): Promise<SealedKeyAnswer>
  /** A passphrase of its own for an open key, or none. The answer is to be stored and held. */
  setKeyPassphrase(fingerprint: Fingerprint, passphrase: Passphrase | null): Promise<SealedKeyAnswer>
  /** `rememberMs`: null until the lock. Throws `wrong-passphrase`, `no-key`. */
  unlockKey(fingerprint: Fingerprint, passphrase: Passphrase, rememberMs: number | null): Promise<void>
  forgetPassphrase(fingerprint: Fingerprint): Promise<void>
  /** Armored, locked under `passphrase`. Throws `no-key`, `key-locked`. */
  exportSecret(fingerprint: Fingerprint, passphrase: Passphrase): Promise<string>
}>

/** The OpenPGP side of a vault, bound to its profile. */
export const profileVault = (vault: VaultClient, profileId: string): ProfileVault => {
  const ask: AskVault = (name, input, signal) =>
    vault.openpgp(profileId, name, input, { signal }) as Promise<never>
  return {
    calls: vaultOver(ask),
    engineDoor: () => vault.engineDoor(profileId),
    requireStrong: passphrase => vault.requireStrong(passphrase),
    importSecret: (from, passphrase) => vault.importSecret(profileId, from, passphrase),
    importThunderbird: (profile, primaryPassword) =>
      vault.importThunderbird(profileId, profile, primaryPassword),
    importSetupMessage: (bytes, setupCode) => vault.importSetupMessage(profileId, bytes, setupCode),
    setKeyPassphrase: (fingerprint, passphrase) => vault.setKeyPassphrase(profileId, fingerprint, passphrase),
    unlockKey: (fingerprint, passphrase, rememberMs) =>
      vault.unlockKey(profileId, fingerprint, passphrase, rememberMs),
    forgetPassphrase: fingerprint => vault.forgetKeyPassphrase(fingerprint),
    exportSecret: (fingerprint, passphrase) => vault.exportSecret(profileId, fingerprint, passphrase),
  }
}
