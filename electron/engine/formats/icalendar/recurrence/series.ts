import type { Budget } from './budget'
import { type Moment, momentAt, momentOf } from './moments'
import type { RecurrenceSet } from './recurrence-set'
import type { RecurrenceRule } from './rule/rule'
import { dayMs } from './times/civil-days'
import { ruleTimes, type WallSpan } from './times/rule-times'
import type { Zone } from './zones/zone'

/** Whether a wall time lies behind UNTIL: by its instant if that is in UTC, by its day if that is a date, else by the wall. */
function pastUntil(rule: RecurrenceRule, zone: Zone, isOfDates: boolean): (wallMs: number) => boolean {
  const { until } = rule
  if (!until) return () => false
  if (isOfDates || until.form === 'date') {
    const endMs = (Math.floor(until.wallMs / dayMs) + 1) * dayMs
    return wallMs => wallMs >= endMs
  }
  if (until.form === 'local') return wallMs => wallMs > until.wallMs
  return wallMs => momentAt(zone, wallMs).instantMs > until.wallMs
}

/** Times the clock leaves out fall on instants of times behind them: puts them in order and gives each instant once. */
function* inOrder(moments: Iterable<Moment>): Generator<Moment> {
  let waiting: Moment[] = []
  for (const moment of moments) {
    if (moment.isInGap) {
      waiting.push(moment)
      continue
    }
    for (const each of waiting) if (each.instantMs < moment.instantMs) yield each
    waiting = waiting.filter(each => each.instantMs > moment.instantMs)
    yield moment
  }
  yield* waiting
}

function* momentsOfRule(
  set: RecurrenceSet<unknown>,
  rule: RecurrenceRule,
  wanted: WallSpan,
  budget: Budget,
): Generator<Moment> {
  const start = momentOf(set.start, set.zone)
  const isOver = pastUntil(rule, set.zone, set.start.form === 'date')
  for (const wallMs of ruleTimes(rule, start.wallMs, wanted, { budget, isOver })) {
    // DTSTART keeps its own instant, which may be the second of two times shown alike.
    if (wallMs === start.wallMs) yield start
    else if (wallMs >= wanted.fromMs) yield momentAt(set.zone, wallMs)
  }
}

/** What DTSTART and the rules of a set make, in order, each once: neither RDATE nor EXDATE nor overrides. */
export function* seriesMoments(
  set: RecurrenceSet<unknown>,
  wanted: WallSpan,
  budget: Budget,
): Generator<Moment> {
  const [first, ...others] = set.rules
  if (!first) {
    yield momentOf(set.start, set.zone)
    return
  }
  if (others.length === 0) {
    yield* inOrder(momentsOfRule(set, first, wanted, budget))
    return
  }
  // More than one rule SHOULD NOT be (§3.8.5.3), so nothing is lost by not being lazy.
  const all = new Map<number, Moment>()
  for (const rule of set.rules)
    for (const moment of momentsOfRule(set, rule, wanted, budget)) all.set(moment.instantMs, moment)
  yield* [...all.values()].sort((left, right) => left.instantMs - right.instantMs)
}
