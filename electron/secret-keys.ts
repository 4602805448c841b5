import type { SecretKeys } from './ipc/handlers/key-handlers'
import type { UnlockedProfile } from './keychain/profile-keys'

/** The secret keys of an open profile, inside its vault. */
export const secretKeysOf = ({ vault, profileId }: UnlockedProfile): SecretKeys => ({
  importSecret: (bytes, passphrase) => vault.importSecret(profileId, bytes, passphrase),
  importSetupMessage: (bytes, code) => vault.importSetupMessage(profileId, bytes, code),
  setKeyPassphrase: (fingerprint, passphrase) => vault.setKeyPassphrase(profileId, fingerprint, passphrase),
  unlockKey: (fingerprint, passphrase, rememberMs) =>
    vault.unlockKey(profileId, fingerprint, passphrase, rememberMs),
  forgetKeyPassphrase: fingerprint => vault.forgetKeyPassphrase(fingerprint),
  exportSecret: (fingerprint, passphrase) => vault.exportSecret(profileId, fingerprint, passphrase),
})
