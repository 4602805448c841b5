import { type Ending, expand } from './expand'
import type { Instance, RecurrenceSet } from './recurrence-set'

/** The first instance that begins after an instant; `ending: 'cut'` without one: looking for it would have cost too much. */
export function nextAfter<Component>(
  set: RecurrenceSet<Component>,
  afterMs: number,
  work?: number,
): { instance?: Instance<Component>; ending: Ending } {
  const all = expand(set, afterMs + 1, Number.POSITIVE_INFINITY, work)
  for (;;) {
    const { value, done } = all.next()
    if (done) return { ending: value }
    if (value.startMs > afterMs) return { instance: value, ending: 'complete' }
  }
}

/**
 * When a set is over: the end of its last instance as an instant; `never` for a rule without COUNT and UNTIL; `unknown` where
 * counting to it would cost too much; `empty` where all is excluded.
 */
export type SeriesEnd =
  | Readonly<{ kind: 'ends'; endMs: number }>
  | Readonly<{ kind: 'never' | 'unknown' | 'empty' }>

export function seriesEnd(set: RecurrenceSet<unknown>, work?: number): SeriesEnd {
  if (set.rules.some(({ count, until }) => count === undefined && until === undefined))
    return { kind: 'never' }
  const all = expand(set, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, work)
  let endMs: number | undefined
  for (;;) {
    const { value, done } = all.next()
    if (!done) endMs = Math.max(endMs ?? value.endMs, value.endMs)
    else if (value === 'cut') return { kind: 'unknown' }
    else return endMs === undefined ? { kind: 'empty' } : { kind: 'ends', endMs }
  }
}
