import { isOmemoCallName, type MessagePassphrase, vaultCalls } from '../../shared/ipc/vault/vault-calls'
import { assertNever } from '../../shared/kit/assert-never'
import { SiegelError } from '../../shared/kit/result'
import type { KeptSecrets } from './kept-secrets'
import { exportSecret, importSecret, setKeyPassphrase } from './openpgp/keys/own-keys'
import { importThunderbirdKeys } from './openpgp/keys/thunderbird-keys'
import { importSetupMessage } from './openpgp/messages/setup-message'
import { held, runOperation } from './openpgp/operations'
import type { OpenpgpRequest } from './openpgp-protocol'
import { readPickedFile } from './picked-file'
import { type GivenPassphrase, secretLimitBytes } from './protocol-values'

/** Answers a request about OpenPGP. Throws SiegelError. */
export const answerOpenpgp = async (request: OpenpgpRequest, master: Uint8Array, secrets: KeptSecrets) => {
  // The OpenPGP library wants text; it is left to the collector, and goes with what runs the vault.
  const taken = (given: GivenPassphrase): string => secrets.text(given)
  const takenOrNull = (given: GivenPassphrase | null): string | null => given && taken(given)
  switch (request.operation) {
    case 'openpgp': {
      const { name } = request
      const input = vaultCalls[name].in.safeParse(request.input)
      if (!input.success || isOmemoCallName(name)) throw new SiegelError('bad-request', { call: name })
      // Each name has its own shape, which was just parsed; indexed by a union the compiler sees all at once.
      const place = { master, profileId: request.profileId }
      const take = (given: MessagePassphrase) => secrets.takeForMessage(given)
      return { output: await runOperation(name, input.data as never, place, take) }
    }
    case 'importSecret': {
      const { passphrase, profileId } = request
      const { from } = request
      const bytes = 'file' in from ? await readPickedFile(from.file, secretLimitBytes) : secrets.bytes(from)
      try {
        return await importSecret(bytes, takenOrNull(passphrase), { master, profileId }, Date.now())
      } finally {
        bytes.fill(0)
      }
    }
    case 'importThunderbird': {
      const { bytes: secretKeys, encryptedPassphrase, database, primaryPassword, profileId } = request
      const profile = { secretKeys, encryptedPassphrase, database }
      const place = { master, profileId }
      return importThunderbirdKeys(profile, takenOrNull(primaryPassword), place, Date.now())
    }
    case 'importSetupMessage': {
      const { bytes, setupCode, profileId } = request
      return { key: await importSetupMessage(bytes, taken(setupCode), { master, profileId }, Date.now()) }
    }
    case 'setKeyPassphrase': {
      const { fingerprint, passphrase, profileId } = request
      const place = { master, profileId }
      return { key: await setKeyPassphrase(fingerprint, takenOrNull(passphrase), held, place, Date.now()) }
    }
    case 'unlockKey': {
      const { fingerprint, passphrase, rememberMs, profileId } = request
      await held.unlock(fingerprint, taken(passphrase), rememberMs, { master, profileId })
      return {}
    }
    case 'forgetKeyPassphrase':
      held.forget(request.fingerprint)
      return {}
    case 'exportSecret': {
      const { fingerprint, passphrase, profileId } = request
      return { armored: await exportSecret(fingerprint, taken(passphrase), held, { master, profileId }) }
    }
    default:
      return assertNever(request)
  }
}

/** Forgets and wipes every secret key. */
export const dropSecretKeys = (): void => held.drop()
