import { openEngine } from '../../electron/engine/compose/index'
import type { Engine } from '../../electron/engine/engine'
import { nodeFileCalls } from '../../electron/keychain/atomic-file'
import { OsKeychain } from '../../electron/keychain/os-keychain'
import { unlockProfile } from '../../electron/keychain/profile-keys'
import type { CallInput, CallOutput, EngineCallName } from '../../shared/ipc/contract'
import { silentLog } from '../support/engine-in-test'
import { startSourceVaultWorker } from '../unit/electron/vault/source-worker'

/** The engine of a profile in this process, with calls that throw; its key from the passphrase or the keychain. */
export async function openProfile(profile: string, passphrase: string | null) {
  const unlocked = await unlockProfile(
    profile,
    { passphrase },
    { keychain: new OsKeychain(), startVaultWorker: startSourceVaultWorker, files: nodeFileCalls },
  )
  const engine: Engine = await openEngine({
    profileDirectory: profile,
    storeKey: await unlocked.storeKey(),
    background: false,
    log: silentLog,
    vault: unlocked.vault.calls,
    emit: () => undefined,
  })
  return {
    async call<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      const result = await engine.call(name, input)
      if (result.ok) return result.value
      throw new Error(`${name}: ${result.error.code}`)
    },
    async close() {
      await engine.close()
      await unlocked.close()
    },
  }
}
