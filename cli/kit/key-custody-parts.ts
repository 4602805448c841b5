import { Worker } from 'node:worker_threads'
import { nodeFileCalls } from '../../electron/keychain/atomic-file'
import { OsKeychain } from '../../electron/keychain/os-keychain'
import type { KeyCustodyParts } from '../../electron/keychain/profile-keys'
import { vaultLimits } from '../../electron/vault/worker-limits'

/** The real keychain, the real disk, and the vault worker that the build put beside this file. */
export const keyCustodyParts = (): KeyCustodyParts => ({
  keychain: new OsKeychain(),
  startVaultWorker: () =>
    new Worker(new URL('./vault-worker.cjs', import.meta.url), { resourceLimits: vaultLimits }),
  files: nodeFileCalls,
})
