/** After so many ends in so long a time the engine is not started again by itself; the user is told instead. */
export const restartLimit = { exits: 5, withinMs: 5 * 60_000 } as const

/** How long to wait before the n-th start in a row, so that a machine in trouble is not made busier. */
const delaysMs = [0, 500, 2000, 5000] as const

/** Remembers unexpected ends and says what to do about the newest: the delay before the next start, or `give-up`. */
export const createRestartPolicy = (now: () => number) => {
  let exits: number[] = []
  return {
    afterExit(): number | 'give-up' {
      const at = now()
      exits = [...exits.filter(exit => at - exit < restartLimit.withinMs), at]
      if (exits.length >= restartLimit.exits) return 'give-up'
      return delaysMs[Math.min(exits.length - 1, delaysMs.length - 1)] ?? 0
    },
    /** Forgets, because a person asked to try again. */
    forget(): void {
      exits = []
    },
  }
}
export type RestartPolicy = ReturnType<typeof createRestartPolicy>
