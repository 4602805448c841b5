import type { FromEngine, ToEngine } from '../../shared/ipc/engine-messages'
import { failed, ok, type Result, toFailure } from '../../shared/ipc/result'
import type { AbortSignalLike, VaultCallName } from '../../shared/ipc/vault-calls'

/** The vault as main's relay may use it: the engine's calls and nothing else. */
export type RelayToVault = (name: VaultCallName, input: unknown, signal: AbortSignalLike) => Promise<unknown>

type Question = Extract<FromEngine, { kind: 'vault' | 'vault-cancel' }>

/**
 * Hands the engine's questions to the vault and the answers back. Main looks at the name alone; the worker parses what
 * is asked and the engine parses what comes back, so that a message of ten megabytes is not walked through here.
 */
export const createVaultDoor = (relay: RelayToVault, post: (reply: ToEngine) => void) => {
  const running = new Map<number, AbortController>()

  const answer = async (question: Question & { kind: 'vault' }): Promise<Result<unknown>> => {
    const controller = new AbortController()
    running.set(question.id, controller)
    try {
      return ok(await relay(question.name, question.input, controller.signal))
    } catch (error) {
      return failed(toFailure(error))
    } finally {
      running.delete(question.id)
    }
  }

  return {
    async receive(question: Question): Promise<void> {
      if (question.kind === 'vault-cancel') {
        running.get(question.id)?.abort()
        return
      }
      post({ kind: 'vault-reply', id: question.id, result: await answer(question) })
    },
  }
}
