import { SiegelError } from '../../../../shared/kit/result'
import type { Clock } from '../../ports/basics'

/** A stream on which nothing came for so long is asked whether it is alive. White space of the server proves nothing and is not counted. */
const idleMs = 5 * 60_000
/** The answer to that has to come within this; twice as long through a proxy. */
const answerMs = 30_000

type Deps = Readonly<{
  clock: Clock
  isSlow: boolean
  /** Sends something that has to be answered. */
  probe: () => void
  dead: (error: SiegelError) => void
}>

/** Finds out whether the other end of a stream is still there. */
export class Pulse {
  readonly #deps: Deps
  #heardMs: number
  #askedMs: number | null = null
  #sleep = new AbortController()
  #isStopped = false

  constructor(deps: Deps) {
    this.#deps = deps
    this.#heardMs = deps.clock.now()
  }

  get isAsking(): boolean {
    return this.#askedMs !== null
  }

  start(): void {
    this.#run().catch(() => undefined)
  }

  stop(): void {
    this.#isStopped = true
    this.#sleep.abort()
  }

  heard(): void {
    this.#heardMs = this.#deps.clock.now()
  }

  /** What was asked came back. */
  answered(): void {
    this.#askedMs = null
  }

  ask(): void {
    if (this.#isStopped || this.#askedMs !== null) return
    this.#askedMs = this.#deps.clock.now()
    this.#deps.probe()
    // Counted from now on.
    this.#sleep.abort()
  }

  async #run(): Promise<void> {
    const { clock, isSlow, dead } = this.#deps
    const patienceMs = isSlow ? answerMs * 2 : answerMs
    while (!this.#isStopped) {
      const endMs = this.#askedMs === null ? this.#heardMs + idleMs : this.#askedMs + patienceMs
      if (clock.now() >= endMs) {
        if (this.#askedMs !== null) {
          dead(new SiegelError('connection-lost', { detail: `no answer for ${patienceMs / 1000} s` }))
          return
        }
        this.ask()
        continue
      }
      this.#sleep = new AbortController()
      await clock.sleep(endMs - clock.now(), this.#sleep.signal).catch(() => undefined)
    }
  }
}
