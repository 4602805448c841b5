/** A stretch of time, in milliseconds since 1970; `endMs` no longer belongs to it. */
export type Stretch = Readonly<{ startMs: number; endMs: number }>

/** Times begin on a quarter of an hour. */
const stepMs = 15 * 60_000

/** Stretches joined where they touch, in order. */
function joined(all: readonly Stretch[]): Stretch[] {
  const found: { startMs: number; endMs: number }[] = []
  for (const { startMs, endMs } of [...all].sort((left, right) => left.startMs - right.startMs)) {
    const last = found.at(-1)
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs)
    else found.push({ startMs, endMs })
  }
  return found
}

/**
 * The first times, one behind the other, that lie within these windows (as the working hours of days) and in nobody's busy time. `busy`: of
 * everybody, in any order. At most `most` of them, none before `fromMs`; empty where `lengthMs` is not more than 0.
 */
export function freeTimes(
  windows: readonly Stretch[],
  busy: readonly Stretch[],
  { lengthMs, fromMs, most }: { lengthMs: number; fromMs: number; most: number },
): Stretch[] {
  if (lengthMs <= 0) return []
  const taken = joined(busy)
  const found: Stretch[] = []
  for (const window of windows) {
    let startMs = Math.ceil(Math.max(window.startMs, fromMs) / stepMs) * stepMs
    while (found.length < most && startMs + lengthMs <= window.endMs) {
      const endMs = startMs + lengthMs
      const other = taken.find(each => each.startMs < endMs && each.endMs > startMs)
      if (other === undefined) {
        found.push({ startMs, endMs })
        startMs = endMs
      } else startMs = Math.ceil(other.endMs / stepMs) * stepMs
    }
  }
  return found
}
