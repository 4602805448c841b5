import type { EngineProcess } from '../../../../electron/ipc/engine-link'
import type { ToEngine } from '../../../../shared/ipc/engine-messages'

/** An engine process that does what a test says. `behave` answers each message. */
export class FakeEngineProcess implements EngineProcess {
  readonly received: ToEngine[] = []
  /** What went along with messages. */
  readonly ports: unknown[] = []
  wasKilled = false
  #message: (message: unknown) => void = () => {}
  #exit: (exitCode: number) => void = () => {}
  readonly #behave: (message: ToEngine, process: FakeEngineProcess) => void

  constructor(behave: (message: ToEngine, process: FakeEngineProcess) => void) {
    this.#behave = behave
  }

  post(message: ToEngine, port?: unknown): void {
    if (port !== undefined) this.ports.push(port)
    // As a real port does: what was handed over is a copy.
    const copy = structuredClone(message)
    this.received.push(copy)
    queueMicrotask(() => this.#behave(copy, this))
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener
  }

  onExit(listener: (exitCode: number) => void): void {
    this.#exit = listener
  }

  kill(): void {
    this.wasKilled = true
    this.exit(9)
  }

  say(message: unknown): void {
    this.#message(message)
  }

  exit(exitCode: number): void {
    this.#exit(exitCode)
  }
}

/** Opens, answers every call with an empty list, and ends when asked to. */
export const wellBehaved = (message: ToEngine, process: FakeEngineProcess): void => {
  if (message.kind === 'open') process.say({ kind: 'opened' })
  if (message.kind === 'call')
    process.say({ kind: 'result', id: message.id, result: { ok: true, value: [] } })
  if (message.kind === 'close') process.exit(0)
}
