const longestMs = 28 * 60_000
const shortestMs = 3 * 60_000

/**
 * How long one IDLE lasts. RFC 2177 asks for a new one before 29 minutes; many NATs forget a quiet connection
 * sooner, and then nobody tells. Begins with 9 minutes, grows with every one that held, halves with every break.
 */
export class IdlePatience {
  #ms = 9 * 60_000

  get ms(): number {
    return this.#ms
  }

  held(): void {
    this.#ms = Math.min(longestMs, this.#ms * 1.5)
  }

  broke(): void {
    this.#ms = Math.max(shortestMs, this.#ms / 2)
  }
}
