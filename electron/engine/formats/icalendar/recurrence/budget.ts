/**
 * How much one expansion may cost: a unit is a period, a day or an instance looked at, about a tenth of a microsecond to two. A rule is written by
 * others, and FREQ=SECONDLY has no end; what is cut says so.
 */
const defaultWork = 250_000

/** Counts work down. */
export class Budget {
  #left: number

  constructor(work: number = defaultWork) {
    this.#left = work
  }

  /** Takes units; false once there are none left. */
  spend(units = 1): boolean {
    this.#left -= units
    return this.#left >= 0
  }

  /** Whether something was wanted that it could not pay. */
  get isSpent(): boolean {
    return this.#left < 0
  }
}
