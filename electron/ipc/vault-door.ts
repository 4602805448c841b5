import type { FromEngine, ToEngine } from '../../shared/ipc/engine-messages'
import { type MessagePart, PartsReceived, sendLargeValues } from '../../shared/ipc/parts'
import { failed, ok, type Result, toFailure } from '../../shared/ipc/result'
import type { AbortSignalLike, VaultCallName } from '../../shared/ipc/vault-calls'

/** The vault as main's relay may use it: the engine's calls and nothing else. */
export type RelayToVault = (name: VaultCallName, input: unknown, signal: AbortSignalLike) => Promise<unknown>

type Question = Extract<FromEngine, { kind: 'vault' | 'vault-part' | 'vault-cancel' }>

/** The rest of main has its turn. */
const pause = () => new Promise<void>(resolve => setImmediate(resolve))

/**
 * Hands the engine's questions to the vault and the answers back. Main looks at the name alone; the worker parses what
 * is asked and the engine parses what comes back. A message of ten megabytes passes in parts, so that the windows have
 * their turn between them.
 */
export const createVaultDoor = (relay: RelayToVault, post: (reply: ToEngine) => void) => {
  const running = new Map<number, AbortController>()
  const parts = new PartsReceived()

  const answer = async (question: Question & { kind: 'vault' }): Promise<Result<unknown>> => {
    const controller = new AbortController()
    running.set(question.id, controller)
    try {
      return ok(await relay(question.name, parts.complete(question.id, question.input), controller.signal))
    } catch (error) {
      return failed(toFailure(error))
    } finally {
      running.delete(question.id)
    }
  }

  return {
    async receive(question: Question): Promise<void> {
      const { id } = question
      if (question.kind === 'vault-part') {
        parts.add(id, question.part)
        // The next one comes after a turn of main's, however fast the engine is.
        await pause()
        post({ kind: 'vault-part-taken', id })
        return
      }
      if (question.kind === 'vault-cancel') {
        parts.drop(id)
        running.get(id)?.abort()
        return
      }
      const result = await answer(question)
      if (result.ok) {
        const send = (part: MessagePart) => post({ kind: 'vault-reply-part', id, part })
        post({ kind: 'vault-reply', id, result: ok(await sendLargeValues(result.value, send, pause)) })
      } else post({ kind: 'vault-reply', id, result })
    },
  }
}
