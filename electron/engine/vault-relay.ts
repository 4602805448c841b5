import type { ToEngine } from '../../shared/ipc/engine-messages'
import { SiegelError } from '../../shared/ipc/result'
import { type AskVault, type VaultCallName, vaultCalls, vaultOver } from '../../shared/ipc/vault-calls'
import type { Vault } from './ports/openpgp'

type Question = Readonly<
  { kind: 'vault'; id: number; name: VaultCallName; input: unknown } | { kind: 'vault-cancel'; id: number }
>
type Reply = ToEngine & { kind: 'vault-reply' }
type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }

/** The vault as the engine's process has it: questions go to main, which knows the worker. */
export const createVaultRelay = (post: (question: Question) => void) => {
  const waiting = new Map<number, Waiting>()
  let nextId = 0

  const ask: AskVault = async (name, input, signal) => {
    if (signal?.aborted) throw new SiegelError('cancelled')
    const id = nextId++
    const cancel = () => post({ kind: 'vault-cancel', id })
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      const value = await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        post({ kind: 'vault', id, name, input })
      })
      return vaultCalls[name].out.parse(value) as never
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }
  const vault: Vault = vaultOver(ask)

  return {
    vault,
    receive({ id, result }: Reply): void {
      const question = waiting.get(id)
      waiting.delete(id)
      if (result.ok) question?.resolve(result.value)
      else question?.reject(new SiegelError(result.error.code, result.error.params))
    },
  }
}
