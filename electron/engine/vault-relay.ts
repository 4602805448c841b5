import type { ToEngine } from '../../shared/ipc/engine-messages'
import { type MessagePart, PartsReceived, sendLargeValues } from '../../shared/ipc/parts'
import { SiegelError } from '../../shared/ipc/result'
import { type AskVault, type VaultCallName, vaultCalls, vaultOver } from '../../shared/ipc/vault-calls'
import type { Vault } from './ports/openpgp'

type Question = Readonly<
  | { kind: 'vault-part'; id: number; part: MessagePart }
  | { kind: 'vault'; id: number; name: VaultCallName; input: unknown }
  | { kind: 'vault-cancel'; id: number }
>
type Reply = ToEngine & { kind: 'vault-reply' | 'vault-reply-part' | 'vault-part-taken' }
type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }

/** The vault as the engine's process has it: questions go to main, which knows the worker. Large values go in parts. */
export const createVaultRelay = (post: (question: Question) => void) => {
  const waiting = new Map<number, Waiting>()
  const parts = new PartsReceived()
  /** Who goes on when main has taken the part that was sent last, by the id of the question. */
  const goOn = new Map<number, () => void>()
  let nextId = 0

  const ask: AskVault = async (name, input, signal) => {
    if (signal?.aborted) throw new SiegelError('cancelled')
    const id = nextId++
    const cancel = () => post({ kind: 'vault-cancel', id })
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      const throwWhenCancelled = () => {
        if (signal?.aborted) throw new SiegelError('cancelled')
      }
      const send = (part: MessagePart) => {
        // Taken back while it was on its way: main has dropped the parts that went before.
        throwWhenCancelled()
        post({ kind: 'vault-part', id, part })
      }
      const untilTaken = () => new Promise<void>(resolve => goOn.set(id, resolve))
      const rest = await sendLargeValues(input, send, untilTaken)
      throwWhenCancelled()
      const value = await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        post({ kind: 'vault', id, name, input: rest })
      })
      return vaultCalls[name].out.parse(value) as never
    } finally {
      goOn.delete(id)
      signal?.removeEventListener('abort', cancel)
    }
  }
  const vault: Vault = vaultOver(ask)

  return {
    vault,
    receive(reply: Reply): void {
      const { id } = reply
      if (reply.kind === 'vault-part-taken') {
        goOn.get(id)?.()
        return
      }
      if (reply.kind === 'vault-reply-part') {
        if (waiting.has(id)) parts.add(id, reply.part)
        return
      }
      const { result } = reply
      const question = waiting.get(id)
      waiting.delete(id)
      if (result.ok) question?.resolve(parts.complete(id, result.value))
      else question?.reject(new SiegelError(result.error.code, result.error.params))
    },
  }
}
