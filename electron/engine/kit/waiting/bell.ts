/** Why a waiting account is woken. `wanted`: others wait for the connection that watches. */
export type Ring = 'sync' | 'task' | 'wake' | 'stop' | 'wanted'

/** Collects reasons to wake up; rings are kept until they are taken. */
export class Bell {
  readonly #rung = new Set<Ring>()
  readonly #waiting = new Set<() => void>()

  ring(reason: Ring): void {
    this.#rung.add(reason)
    for (const wake of [...this.#waiting]) wake()
  }

  get rung(): boolean {
    return this.#rung.size > 0
  }

  take(): ReadonlySet<Ring> {
    const taken = new Set(this.#rung)
    this.#rung.clear()
    return taken
  }

  /** Calls once on the next ring, or at once when it has rung. Answers a function that forgets it. */
  onRing(listener: () => void): () => void {
    if (this.rung) {
      listener()
      return () => undefined
    }
    const once = () => {
      this.#waiting.delete(once)
      listener()
    }
    this.#waiting.add(once)
    return () => this.#waiting.delete(once)
  }

  /** Resolves on the next ring, or after `ms`. */
  wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(
        () => {
          forget()
          resolve()
        },
        Math.min(ms, 0x7fff_ffff),
      )
      const forget = this.onRing(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
