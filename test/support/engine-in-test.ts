import { openEngine } from '../../electron/engine/compose/index'
import type { Engine, EngineOptions } from '../../electron/engine/engine'
import type { Log } from '../../electron/engine/ports/basics'
import type { ProfileVault } from '../../electron/vault/profile-vault'
import type {
  CallInput,
  CallOutput,
  EngineCallName,
  EventName,
  EventPayload,
} from '../../shared/ipc/contract'
import { lazyTestVault } from './vault-in-test'

/** The store key of tests: the engine never sees how the key is kept. */
export const testStoreKey = (): Uint8Array => new Uint8Array(32).fill(7)

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The real engine on a folder, with calls that throw instead of answering failures. */
export type TestEngine = Readonly<{
  call<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>
  engine: Engine
  /** The real vault, as a host has it; its worker starts when it is first asked. */
  vault(): Promise<ProfileVault>
  close(): Promise<void>
}>

export async function openTestEngine(
  profileDirectory: string,
  options: {
    background?: boolean
    tests?: EngineOptions['tests']
    emit?: <N extends EventName>(name: N, payload: EventPayload<N>) => void
  } = {},
): Promise<TestEngine> {
  const vault = lazyTestVault()
  const engine = await openEngine({
    profileDirectory,
    storeKey: testStoreKey(),
    background: options.background ?? false,
    log: silentLog,
    vault: vault.calls,
    emit: options.emit ?? (() => undefined),
    ...(options.tests ? { tests: options.tests } : {}),
  })
  return {
    engine,
    vault: vault.host,
    async call(name, input) {
      const result = await engine.call(name, input)
      if (result.ok) return result.value
      throw Object.assign(new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.params)}`), {
        code: result.error.code,
      })
    },
    async close() {
      await engine.close()
      await vault.close()
    },
  }
}
