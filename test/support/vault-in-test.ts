import { type ProfileVault, profileVault } from '../../electron/vault/profile-vault'
import { VaultClient } from '../../electron/vault/vault-client'
import { type AskVault, vaultOver } from '../../shared/ipc/vault/vault-calls'
import { startSourceVaultWorker } from '../unit/electron/vault/source-worker'

const testProfileId = 'ab'.repeat(16)

const openClient = async (): Promise<VaultClient> => {
  const client = new VaultClient(startSourceVaultWorker)
  await client.adopt(new Uint8Array(32).fill(9))
  return client
}

/** The real vault worker with a fixed master key, so that what it sealed opens again in the next one. */
export const openTestVault = async (): Promise<ProfileVault & { close(): Promise<void> }> => {
  const client = await openClient()
  return { ...profileVault(client, testProfileId), close: () => client.close() }
}

/** As `openTestVault`, but the worker starts with the first question: most tests of the engine ask none. */
export const lazyTestVault = () => {
  let opening: Promise<VaultClient> | null = null
  const open = () => (opening ??= openClient())
  const ask: AskVault = async (name, input, signal) =>
    (await open()).openpgp(testProfileId, name, input, { signal }) as Promise<never>
  return {
    calls: vaultOver(ask),
    /** What a host of an engine may ask besides. */
    host: async () => profileVault(await open(), testProfileId),
    close: async () => (await opening)?.close(),
  }
}
