/** How long the engine may work without looking at its door. */
const sliceMs = 12

/** Lets the event loop answer queries between pieces of long work. */
export class Breather {
  #since = performance.now()

  /** Resolves at once while the slice lasts, otherwise after one turn of the event loop. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < sliceMs) return
    await new Promise<void>(resolve => setImmediate(resolve))
    this.#since = performance.now()
  }
}

/** How many messages go into one transaction, so that it takes about 30 ms on this machine. */
export class BatchSize {
  static readonly #targetMs = 30
  static readonly #least = 10
  static readonly #most = 400
  #count = 60

  get count(): number {
    return this.#count
  }

  /** Runs the transaction and learns from its time. */
  measure(messageCount: number, work: () => void): void {
    const start = performance.now()
    work()
    const tookMs = Math.max(0.1, performance.now() - start)
    const ideal = (messageCount * BatchSize.#targetMs) / tookMs
    const next = this.#count * 0.5 + ideal * 0.5
    this.#count = Math.round(Math.min(BatchSize.#most, Math.max(BatchSize.#least, next)))
  }
}
