import type { Random } from '../../ports/basics'

const firstMs = 5_000
const longestMs = 15 * 60_000

/**
 * Waiting times between attempts: 5 s, 10 s, 20 s ... 15 min, each between half and the whole of that, so that a
 * server that comes back is not met by everyone at once.
 */
export class BackOff {
  readonly #random: Random
  #attempts = 0

  constructor(random: Random) {
    this.#random = random
  }

  nextMs(): number {
    const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(this.#attempts++, 20))
    return Math.round(ceiling / 2 + (ceiling / 2) * this.#random.fraction())
  }

  reset(): void {
    this.#attempts = 0
  }
}
