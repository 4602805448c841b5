import { Budget } from './budget'
import { idOf, type Moment, momentAt, momentIn, momentOf } from './moments'
import type { RecurrenceSet } from './recurrence-set'
import type { RecurrenceRule } from './rule/rule'
import { pastUntil, seriesMoments } from './series'
import type { TimeValue } from './time-value'
import { dayMs } from './times/civil-days'
import { completed } from './times/completed-rule'
import { ruleTimes } from './times/rule-times'
import { toWall } from './zones/zone'

/**
 * Why rules cannot be cut in two: `first` (nothing lies before: change all of it), `none` (neither a rule nor a date makes such an instance), `shape`
 * (what would remain cannot be written as a rule that begins there, as with SKIP=FORWARD and an interval), `work` (counting to there would cost too much).
 */
export type SplitProblem = 'first' | 'none' | 'shape' | 'work'

/** The rules of the series before an instance, which has the same DTSTART, and of the series from the instance on, which begins at `start`. */
export type SplitRules =
  | Readonly<{
      head: readonly RecurrenceRule[]
      tail: Readonly<{ start: TimeValue; rules: readonly RecurrenceRule[] }>
    }>
  | Readonly<{ problem: SplitProblem }>

/** What a rule makes about a cut. `at` is the first that is not before it. */
type About = Readonly<{ count: number; last?: Moment; at?: Moment }>

function about(
  set: RecurrenceSet<unknown>,
  rule: RecurrenceRule,
  id: number,
  fromMs: number,
  budget: Budget,
): About {
  const { zone } = set
  const isOfDates = set.start.form === 'date'
  const start = momentOf(set.start, zone)
  const isOver = pastUntil(rule, zone, isOfDates)
  const next = ruleTimes(rule, start.wallMs, { fromMs, toMs: Number.MAX_SAFE_INTEGER }, { budget, isOver })
  let count = 0
  let last: Moment | undefined
  let at: Moment | undefined
  for (let wallMs = next(); wallMs !== undefined; wallMs = next()) {
    const moment = wallMs === start.wallMs ? start : momentAt(zone, wallMs)
    if (idOf(moment, isOfDates) < id) {
      count++
      last = last && last.instantMs > moment.instantMs ? last : moment
      continue
    }
    at = at && at.instantMs <= moment.instantMs ? at : moment
    // What no clock shows lies on an instant that others come before.
    if (!moment.isInGap) break
  }
  return { count, ...(last ? { last } : {}), ...(at ? { at } : {}) }
}

/** Two years and its interval: nearly every rule has an instance in that, which then is found without going through all. */
const lookBackMs = ({ interval }: RecurrenceRule): number => 2 * 366 * dayMs * interval

function aboutCut(set: RecurrenceSet<unknown>, rule: RecurrenceRule, id: number, budget: Budget): About {
  if (rule.count === undefined) {
    const start = momentOf(set.start, set.zone)
    const near = about(set, rule, id, id - lookBackMs(rule), budget)
    if (near.last && near.last.instantMs > start.instantMs) return near
  }
  return about(set, rule, id, Number.NEGATIVE_INFINITY, budget)
}

/** UNTIL in the form that it has beside such a DTSTART (§3.3.10): a date, as floating as that, or UTC. */
function untilOf({ start }: RecurrenceSet<unknown>, last: Moment): TimeValue {
  if (start.form === 'date') return { form: 'date', wallMs: last.wallMs }
  if (start.form === 'local' && start.zone === undefined) return { form: 'local', wallMs: last.wallMs }
  return { form: 'utc', wallMs: last.instantMs }
}

function endedAt(
  { count: _count, until: _until, ...rule }: RecurrenceRule,
  until: TimeValue,
): RecurrenceRule {
  return { ...rule, until }
}

/** So many instances of both are compared, over so long a time. */
const compared = 100
const comparedMs = 40 * 366 * dayMs

/** Whether a series makes what the other makes from an instant on. */
function isContinuation(
  set: RecurrenceSet<unknown>,
  tail: RecurrenceSet<unknown>,
  cut: Moment,
  work?: number,
): boolean {
  const wanted = { fromMs: cut.wallMs - dayMs, toMs: cut.wallMs + comparedMs }
  const nextOf = (one: RecurrenceSet<unknown>) => {
    const next = seriesMoments(one, wanted, new Budget(work))
    return () => {
      for (let moment = next(); moment; moment = next())
        if (moment.instantMs > cut.instantMs) return moment.instantMs
      return undefined
    }
  }
  const [before, after] = [nextOf(set), nextOf(tail)]
  for (let at = 0; at < compared; at++) {
    const expected = before()
    if (after() !== expected) return false
    if (expected === undefined) return true
  }
  return true
}

/**
 * Cuts the rules of a series before an instance, for a change of "this and following": the head ends by UNTIL at its last instance, the tail has what
 * is left of COUNT (excluded instances count). Dates, excluded dates and overrides are left to the caller: they go where the instance they name goes, not where it was
 * moved to. A rule that makes nothing on a side is not there.
 *
 * @param id `Instance.id` of the first instance of the tail
 * @returns both, after the tail was compared with the series; `tail.start` as the series had it, before any override
 */
export function splitRules(set: RecurrenceSet<unknown>, id: number, work?: number): SplitRules {
  const { zone } = set
  const isOfDates = set.start.form === 'date'
  const start = momentOf(set.start, zone)
  if (id <= idOf(start, isOfDates)) return { problem: 'first' }
  const budget = new Budget(work)
  const parts = set.rules.map(rule => ({ rule, ...aboutCut(set, rule, id, budget) }))
  if (budget.isSpent) return { problem: 'work' }
  const made = parts.find(({ at }) => at && idOf(at, isOfDates) === id)?.at
  const dated = set.dates
    .map(each => momentIn(each.start, zone, isOfDates))
    .find(each => idOf(each, isOfDates) === id)
  const cut = made ?? dated
  if (!cut) return { problem: 'none' }
  const tails = parts
    .filter(({ at }) => at !== undefined)
    .map(({ rule, count }) => (rule.count === undefined ? rule : { ...rule, count: rule.count - count }))
  // DTSTART counts: where it is a date beside the rules, they have one more.
  const counted = tails.map(rule =>
    made || rule.count === undefined ? rule : { ...rule, count: rule.count + 1 },
  )
  const tailStart: TimeValue =
    set.start.form === 'utc'
      ? { form: 'utc', wallMs: cut.instantMs }
      : set.start.form === 'local' && set.start.zone && set.start.zone !== zone
        ? { ...set.start, wallMs: toWall(set.start.zone, cut.instantMs) }
        : { ...set.start, wallMs: cut.wallMs }
  const whole = counted.map(rule => completed(rule, start.wallMs, isOfDates))
  const rules = [counted, whole].find(each =>
    isContinuation(set, { ...set, start: tailStart, rules: each }, cut, work),
  )
  if (!rules) return { problem: 'shape' }
  return {
    head: parts.flatMap(({ rule, last }) => (last ? [endedAt(rule, untilOf(set, last))] : [])),
    tail: { start: tailStart, rules },
  }
}
