import type { Budget } from './budget'
import { dayNamed, type Moment, momentAt, momentOf } from './moments'
import type { RecurrenceSet } from './recurrence-set'
import type { RecurrenceRule } from './rule/rule'
import { dayMs } from './times/civil-days'
import type { Next } from './times/grid'
import { ruleTimes } from './times/rule-times'
import type { WallSpan } from './times/wall-span'
import { toWall, type Zone } from './zones/zone'

/** Whether a wall time lies behind UNTIL: by its instant if that is in UTC, by its day if that is a date, else by the wall. */
export function pastUntil(
  { until }: RecurrenceRule,
  zone: Zone,
  isOfDates: boolean,
): (wallMs: number) => boolean {
  if (!until) return () => false
  if (isOfDates || until.form === 'date') {
    const endMs = (dayNamed(until, zone) + 1) * dayMs
    return wallMs => wallMs >= endMs
  }
  if (until.form === 'local' && (until.zone === undefined || until.zone === zone))
    return wallMs => wallMs > until.wallMs
  const { instantMs } = momentOf(until, zone)
  // Far from it the wall tells as well, without a look at the zone.
  const nearMs = toWall(zone, instantMs)
  return wallMs =>
    wallMs > nearMs + 2 * dayMs ||
    (wallMs > nearMs - 2 * dayMs && momentAt(zone, wallMs).instantMs > instantMs)
}

/** Times the clock leaves out fall on instants of times behind them: puts them in order and gives each instant once. */
function inOrder(next: Next<Moment>): Next<Moment> {
  let inGap: Moment[] = []
  let first = 0
  let shown: Moment | undefined
  return () => {
    while (!shown) {
      const moment = next()
      if (!moment) return inGap[first++]
      if (moment.isInGap) inGap.push(moment)
      else shown = moment
    }
    const waiting = inGap[first]
    if (waiting && waiting.instantMs < shown.instantMs) {
      first++
      return waiting
    }
    if (waiting?.instantMs === shown.instantMs) first++
    if (first === inGap.length && first > 0) {
      inGap = []
      first = 0
    }
    const moment = shown
    shown = undefined
    return moment
  }
}

function momentsOfRule(
  set: RecurrenceSet<unknown>,
  rule: RecurrenceRule,
  wanted: WallSpan,
  budget: Budget,
): Next<Moment> {
  const { zone } = set
  const start = momentOf(set.start, zone)
  const isOver = pastUntil(rule, zone, set.start.form === 'date')
  const next = ruleTimes(rule, start.wallMs, wanted, { budget, isOver })
  return () => {
    for (let wallMs = next(); wallMs !== undefined; wallMs = next()) {
      // DTSTART keeps its own instant, which may be the second of two times shown alike.
      if (wallMs === start.wallMs) return start
      if (wallMs >= wanted.fromMs) return momentAt(zone, wallMs)
    }
    return undefined
  }
}

function once<Value>(list: readonly Value[]): Next<Value> {
  let at = 0
  return () => list[at++]
}

/** What DTSTART and the rules of a set make, in order, each once: neither RDATE nor EXDATE nor overrides. */
export function seriesMoments(set: RecurrenceSet<unknown>, wanted: WallSpan, budget: Budget): Next<Moment> {
  const [first, ...others] = set.rules
  if (!first) return once([momentOf(set.start, set.zone)])
  if (others.length === 0) return inOrder(momentsOfRule(set, first, wanted, budget))
  // More than one rule SHOULD NOT be (§3.8.5.3), so nothing is lost by not being lazy.
  const all = new Map<number, Moment>()
  for (const rule of set.rules) {
    const next = momentsOfRule(set, rule, wanted, budget)
    for (let moment = next(); moment; moment = next()) all.set(moment.instantMs, moment)
  }
  return once([...all.values()].sort((left, right) => left.instantMs - right.instantMs))
}
