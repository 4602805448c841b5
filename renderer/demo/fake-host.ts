import type { CallInput, CallOutput, EventName, EventPayload, FaceCallName } from '../../shared/ipc/contract'
import { asError, failed, ok, type Result, toFailure } from '../../shared/kit/result'
import type { BodyFrame, Host } from '../host/host'
import { accountHandlers } from './account-handlers'
import { appHandlers } from './app-handlers'
import { calendarHandlers } from './calendar-handlers'
import { chatHandlers } from './chat/handlers'
import { FakeWorld } from './fake-world'
import type { Handler, Handlers } from './handlers'
import { inboxEncryptionHandlers } from './inbox-encryption-handlers'
import { keyHandlers } from './key-handlers'
import { mailHandlers } from './mail-handlers'
import { protectionHandlers } from './protection-handlers'
import { remoteHandlers } from './remote-handlers'
import { transportHandlers } from './transport-handlers'
import { writingHandlers } from './writing-handlers'

/**
 * A demo in memory, so that the interface runs in a plain browser. Options in the address of the page:
 * `rows=100000`, `empty`, `accounts=0`, `state=locked|no-profile|opening|failed`, `custody=keychain`, `problem=offline`,
 * `sync=busy`, `outbox`, `fail=messages.index:offline`, `slow=300`, `keys=full|conflict`, `chat=none|empty|offline|refused|changed`, `lang`, `theme`, `density`.
 */
export class FakeHost implements Host {
  readonly #world: FakeWorld
  readonly #handlers: Handlers<FaceCallName>

  constructor(options: URLSearchParams) {
    const world = new FakeWorld(options)
    this.#world = world
    this.#handlers = {
      ...appHandlers(world),
      ...accountHandlers(world),
      ...mailHandlers(world),
      ...writingHandlers(world),
      ...protectionHandlers(world),
      ...transportHandlers(world),
      ...remoteHandlers(world),
      ...inboxEncryptionHandlers(world),
      ...keyHandlers(world, options),
      ...calendarHandlers(world, options),
      ...chatHandlers(world, options),
    }
  }

  async call<N extends FaceCallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    await new Promise(resolve => setTimeout(resolve, this.#world.slowMs))
    try {
      const code = this.#world.failing.get(name)
      if (code !== undefined) throw asError({ code, params: { host: 'imap.mailbox.example', port: 993 } })
      const answer: Handler<N> | undefined = this.#handlers[name]
      if (answer === undefined) throw asError({ code: 'unsupported', params: { reason: 'demo' } })
      // An answer crosses a process in the real program: copied, never shared.
      return ok(structuredClone(answer(input)))
    } catch (error) {
      return failed(toFailure(error))
    }
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    return this.#world.on(name, listener)
  }

  bodyFrame(messageId: number): BodyFrame {
    const html = this.#world.messages.get(messageId as never)?.html ?? ''
    return { srcDoc: `<!doctype html><body>${html}` }
  }
}
