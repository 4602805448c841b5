/** Counters of XEP-0198 §4: they begin again at 2^32. */
const around = 2 ** 32

export const wrapped = (count: number): number => ((count % around) + around) % around

/** How far `later` is from `earlier` on the wheel. */
export const distance = (earlier: number, later: number): number => wrapped(later - earlier)

/**
 * What the server has handled of ours, counted on without end. `acked`, `sent`: without end too, `h`: as it came. Null where the server
 * claims to have what was never sent, or less than it said before.
 */
export function ackedWith(h: number, acked: number, sent: number): number | null {
  const more = distance(wrapped(acked), h)
  return more <= sent - acked ? acked + more : null
}

/**
 * Stanzas of the server whose effect is stored, in whatever order they were done: the count rises only over what is done without a gap.
 */
export class HandledCount {
  #handled: number
  readonly #ahead = new Set<number>()
  #received: number

  constructor(start: number) {
    this.#handled = start
    this.#received = start
  }

  /** The next stanza; its number. */
  receive(): number {
    return ++this.#received
  }

  done(number: number): void {
    if (number > this.#handled) this.#ahead.add(number)
    while (this.#ahead.delete(this.#handled + 1)) this.#handled++
  }

  get handled(): number {
    return this.#handled
  }
}
