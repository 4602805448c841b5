import type { Random } from '../../ports/basics'

/** How waiting times grow. */
export type Pace = Readonly<{ firstMs: number; longestMs: number; factor: number }>

const usual: Pace = { firstMs: 5_000, longestMs: 15 * 60_000, factor: 2 }

/**
 * Waiting times between attempts: 5 s, 10 s, 20 s ... 15 min unless told, each between half and the whole of that, so that a
 * server that comes back is not met by everyone at once.
 */
export class BackOff {
  readonly #random: Random
  readonly #pace: Pace
  #attempts = 0

  constructor(random: Random, pace: Pace = usual) {
    this.#random = random
    this.#pace = pace
  }

  nextMs(): number {
    const { firstMs, longestMs, factor } = this.#pace
    const ceiling = Math.min(longestMs, firstMs * factor ** Math.min(this.#attempts++, 20))
    return Math.round(ceiling / 2 + (ceiling / 2) * this.#random.fraction())
  }

  reset(): void {
    this.#attempts = 0
  }
}
