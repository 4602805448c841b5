import { openEngine } from '../../electron/engine/compose'
import type { Engine } from '../../electron/engine/engine'
import { nodeFileCalls } from '../../electron/keychain/atomic-file'
import { OsKeychain } from '../../electron/keychain/os-keychain'
import { unlockProfile } from '../../electron/keychain/profile-keys'
import type { CallInput, CallOutput, EngineCallName } from '../../shared/ipc/contract'
import { silentLog } from '../support/engine-in-test'
import { startSourceVaultWorker } from '../unit/electron/vault/source-worker'

/** The key of a profile, from its passphrase or, without one, from the keychain of this process's desktop. */
async function storeKeyOf(profile: string, passphrase: string | null): Promise<Uint8Array> {
  const unlocked = await unlockProfile(
    profile,
    { passphrase },
    { keychain: new OsKeychain(), startVaultWorker: startSourceVaultWorker, files: nodeFileCalls },
  )
  try {
    return await unlocked.storeKey()
  } finally {
    await unlocked.close()
  }
}

/** The engine of a profile in this process, with calls that throw. */
export async function openProfile(profile: string, passphrase: string | null) {
  const engine: Engine = await openEngine({
    profileDirectory: profile,
    storeKey: await storeKeyOf(profile, passphrase),
    background: false,
    log: silentLog,
    emit: () => undefined,
  })
  return {
    async call<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      const result = await engine.call(name, input)
      if (result.ok) return result.value
      throw new Error(`${name}: ${result.error.code}`)
    },
    close: () => engine.close(),
  }
}
