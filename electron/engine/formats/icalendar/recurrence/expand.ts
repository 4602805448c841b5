import { Budget } from './budget'
import { endOf, type Length } from './length'
import { type Moment, momentAt, momentOf, nameOf } from './moments'
import type { Instance, Override, RecurrenceSet } from './recurrence-set'
import { seriesMoments } from './series'
import { dayMs, dayNumber, dayOf } from './times/civil-days'
import { toWall } from './zones/zone'

/** How an expansion ended: with all there is between the two instants, or cut because it would have cost too much. */
export type Ending = 'complete' | 'cut'

/** Years have four digits (RFC 5545 §3.3.4). */
const latestMs = dayNumber(9999, 12, 29) * dayMs
const earliestMs = dayNumber(1, 1, 3) * dayMs
/** Wall and instant are less than a day apart, a gap of the clock is at most one (Samoa, 2011). */
const marginMs = 2 * dayMs

const lengthMs = ({ days, ms }: Length): number => Math.abs(days) * dayMs + Math.abs(ms)

type Placed<Component> = Readonly<{ override: Override<Component>; id?: number; day?: number }>

/** Overrides by the instance they are of, the one that holds for each. */
function placed<Component>(set: RecurrenceSet<Component>): Placed<Component>[] {
  const isOfDates = set.start.form === 'date'
  const best = new Map<string, Placed<Component>>()
  for (const override of set.overrides) {
    const name = nameOf(override.id, set.zone, isOfDates)
    const key = `${name.id}/${name.day}`
    const before = best.get(key)?.override
    const isNewer =
      before === undefined ||
      override.sequence > before.sequence ||
      (override.sequence === before.sequence && override.stampMs > before.stampMs)
    if (isNewer) best.set(key, { override, ...name })
  }
  return [...best.values()]
}

/**
 * The instances that touch the time from `fromMs` (included) to `toMs` (not), instants both, sorted by their start. A lazily
 * made list: stop reading and nothing more is worked out. `work` caps what it may cost (budget.ts); the generator's return value says
 * whether it was cut.
 */
export function* expand<Component>(
  set: RecurrenceSet<Component>,
  fromMs: number,
  toMs: number,
  work?: number,
): Generator<Instance<Component>, Ending> {
  const budget = new Budget(work)
  const { zone } = set
  const isOfDates = set.start.form === 'date'
  const from = Math.max(fromMs, earliestMs)
  const to = Math.min(toMs, latestMs)
  const overrides = placed(set)
  const ranged = overrides
    .filter(({ override }) => override.isThisAndFuture)
    .map(each => {
      const id = momentOf(each.override.id, zone)
      return { ...each, at: id.instantMs, shiftMs: momentOf(each.override.start, zone).wallMs - id.wallMs }
    })
    .sort((left, right) => left.at - right.at)
  const reachMs = [set.length, ...ranged.map(({ override }) => override.length)].reduce(
    (most, length) => Math.max(most, lengthMs(length)),
    0,
  )
  const shiftMs = ranged.reduce((most, each) => Math.max(most, Math.abs(each.shiftMs)), 0)
  const wanted = { fromMs: from - reachMs - shiftMs - marginMs, toMs: to + shiftMs + marginMs }

  const overridden = new Set(overrides.flatMap(({ id }) => id ?? []))
  const overriddenDays = new Set(overrides.flatMap(({ day }) => day ?? []))
  const excluded = new Set<number>()
  const excludedDays = new Set<number>()
  const farthest = set.dates.reduce((most, { length }) => Math.max(most, length ? lengthMs(length) : 0), 0)
  for (const value of set.excluded) {
    const isNear =
      value.wallMs >= wanted.fromMs - farthest - marginMs && value.wallMs <= wanted.toMs + marginMs
    // A million of them cost a look each; only what can matter is placed in the zone.
    if (!isNear && overrides.length === 0) continue
    const { id, day } = nameOf(value, zone, isOfDates)
    if (id !== undefined) excluded.add(id)
    if (day !== undefined) excludedDays.add(day)
  }
  const idOf = (moment: Moment) => (isOfDates ? moment.wallMs : moment.instantMs)
  const isExcluded = (moment: Moment) => excluded.has(idOf(moment)) || excludedDays.has(dayOf(moment.wallMs))
  const isOverridden = (moment: Moment) =>
    overridden.has(idOf(moment)) || overriddenDays.has(dayOf(moment.wallMs))
  const touches = ({ startMs, endMs }: Instance<Component>) =>
    startMs < to && (endMs > from || startMs >= from)
  const instance = (
    moment: Moment,
    start: Moment,
    length: Length,
    override?: Override<Component>,
  ): Instance<Component> => {
    const isAllDay = override ? override.start.form === 'date' : isOfDates
    const endMs = Math.max(start.instantMs, endOf(start, length, zone))
    return {
      id: idOf(moment),
      startMs: start.instantMs,
      endMs,
      // A midnight that the clock leaves out is still the day's beginning.
      startWallMs: start.isInGap && !isAllDay ? toWall(zone, start.instantMs) : start.wallMs,
      endWallMs: isAllDay ? start.wallMs + length.days * dayMs : toWall(zone, endMs),
      isAllDay,
      ...(override ? { override } : {}),
    }
  }
  /** As the latest THISANDFUTURE before it moves it. */
  const moved = (moment: Moment, own?: Length): Instance<Component> => {
    const range = ranged.findLast(({ at }) => at <= moment.instantMs)
    if (!range) return instance(moment, moment, own ?? set.length)
    const start = momentAt(zone, moment.wallMs + range.shiftMs)
    return instance(moment, start, own ?? range.override.length, range.override)
  }

  const extra: Instance<Component>[] = []
  const dated = new Set<number>()
  // RDATE;VALUE=PERIOD beside the same RDATE or instance: its own length holds, once.
  for (const { start, length } of [...set.dates].sort(
    (left, right) => (right.length ? 1 : 0) - (left.length ? 1 : 0),
  )) {
    const moment = momentOf(start, zone)
    if (dated.has(idOf(moment)) || isExcluded(moment) || isOverridden(moment)) continue
    if (!budget.spend()) break
    dated.add(idOf(moment))
    extra.push(moved(moment, length))
  }
  for (const { override } of overrides) {
    const id = momentOf(override.id, zone)
    if (isExcluded(id)) continue
    extra.push(instance(id, momentOf(override.start, zone), override.length, override))
  }
  const others = extra.filter(touches).sort((left, right) => left.startMs - right.startMs)

  function* ofSeries(): Generator<Instance<Component>> {
    for (const moment of seriesMoments(set, wanted, budget)) {
      if (isExcluded(moment) || isOverridden(moment) || dated.has(idOf(moment))) continue
      const made = moved(moment)
      if (touches(made)) yield made
      else if (ranged.length === 0 && made.startMs >= to) return
    }
  }
  // A range may move instances before others that it leaves alone.
  const series =
    ranged.length === 0 ? ofSeries() : [...ofSeries()].sort((left, right) => left.startMs - right.startMs)
  let next = 0
  for (const made of series) {
    for (let other = others[next]; other && other.startMs <= made.startMs; other = others[++next]) yield other
    yield made
  }
  yield* others.slice(next)
  return budget.isSpent ? 'cut' : 'complete'
}

/** All of `expand` at once. */
export function instancesBetween<Component>(
  set: RecurrenceSet<Component>,
  fromMs: number,
  toMs: number,
  work?: number,
): { instances: Instance<Component>[]; ending: Ending } {
  const instances: Instance<Component>[] = []
  const all = expand(set, fromMs, toMs, work)
  for (;;) {
    const { value, done } = all.next()
    if (done) return { instances, ending: value }
    instances.push(value)
  }
}
