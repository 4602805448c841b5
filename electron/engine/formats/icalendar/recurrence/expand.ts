import { Budget } from './budget'
import { endOf, type Length, sizeOf } from './length'
import { idOf, type Moment, momentAt, momentIn, momentOf, Names } from './moments'
import { type Overrides, overridesOf } from './overrides'
import type { Instance, Override, RecurrenceSet } from './recurrence-set'
import { seriesMoments } from './series'
import { dayMs, dayNumber } from './times/civil-days'
import type { WallSpan } from './times/wall-span'
import { toWall, type Zone } from './zones/zone'

/** How an expansion ended: with all there is between the two instants, or cut because it would have cost too much. */
export type Ending = 'complete' | 'cut'

/** Years have four digits (RFC 5545 §3.3.4). */
const latestMs = dayNumber(9999, 12, 29) * dayMs
const earliestMs = dayNumber(1, 1, 3) * dayMs
/** The clocks of two zones are less than two days apart. */
const marginMs = 2 * dayMs

/** Makes instances of the moments of a series. */
class Maker<Component> {
  readonly #set: RecurrenceSet<Component>
  readonly #isOfDates: boolean
  readonly #ranges: Overrides<Component>['ranges']

  constructor(set: RecurrenceSet<Component>, { ranges }: Overrides<Component>) {
    this.#set = set
    this.#isOfDates = set.start.form === 'date'
    this.#ranges = ranges
  }

  instance(
    moment: Moment,
    start: Moment,
    length: Length,
    override?: Override<Component>,
  ): Instance<Component> {
    const { zone } = this.#set
    const isAllDay = override ? override.start.form === 'date' : this.#isOfDates
    const endMs = Math.max(start.instantMs, endOf(start, length, zone))
    const made = {
      id: idOf(moment, this.#isOfDates),
      startMs: start.instantMs,
      endMs,
      // A midnight that the clock leaves out is still the day's beginning.
      startWallMs: start.isInGap && !isAllDay ? toWall(zone, start.instantMs) : start.wallMs,
      endWallMs: isAllDay ? start.wallMs + length.days * dayMs : toWall(zone, endMs),
      isAllDay,
    }
    return override ? { ...made, override } : made
  }

  /** As the latest THISANDFUTURE before it moves it. */
  moved(moment: Moment, own?: Length): Instance<Component> {
    const range = this.#ranges.findLast(({ fromMs }) => fromMs <= moment.instantMs)
    if (!range) return this.instance(moment, moment, own ?? this.#set.length)
    const start = momentAt(this.#set.zone, moment.wallMs + range.shiftMs)
    return this.instance(moment, start, own ?? range.length, range.override)
  }
}

/** The offsets in force about an instant: where the clock is changed, a wall time belongs to one or the other. */
const offsetsAbout = (zone: Zone, atMs: number): number[] =>
  [atMs - dayMs, atMs, atMs + dayMs].map(zone.offsetAt)

/**
 * From where to where on the wall the series is looked through, for instances that last or are moved into the time asked for. As near as can be:
 * there are rules with an instance every second.
 */
function lookedThrough(
  set: RecurrenceSet<unknown>,
  { ranges }: Overrides<unknown>,
  { fromMs, toMs }: WallSpan,
): WallSpan {
  const { zone } = set
  const shiftMs = ranges.reduce((most, range) => Math.max(most, Math.abs(range.shiftMs)), 0)
  const starts = [set.length, ...ranges.map(({ length }) => length)].map(({ days, ms }) => {
    const atMs = fromMs - Math.max(0, ms)
    return atMs + Math.min(...offsetsAbout(zone, atMs)) - Math.max(0, days) * dayMs
  })
  return {
    fromMs: Math.min(...starts) - shiftMs,
    toMs: toMs + Math.max(...offsetsAbout(zone, toMs)) + shiftMs,
  }
}

/** What EXDATE names. Of a million only those that can matter are placed in the zone; a look each is what the others cost. */
function excludedIn(set: RecurrenceSet<unknown>, { fromMs, toMs }: WallSpan, hasOverrides: boolean): Names {
  const names = new Names(set.zone, set.start.form === 'date')
  for (const value of set.excluded)
    if (hasOverrides || (value.wallMs >= fromMs - marginMs && value.wallMs <= toMs + marginMs))
      names.add(value)
  return names
}

/**
 * The instances that touch the time from `fromMs` (included) to `toMs` (not), instants both, sorted by their start, each once. A lazily
 * made list: stop reading and nothing more is worked out. Where no COUNT has to be counted it begins at `fromMs`, however far DTSTART lies back.
 *
 * @param work caps what it may cost (budget.ts); the generator's return value says whether it was cut
 */
export function* expand<Component>(
  set: RecurrenceSet<Component>,
  fromMs: number,
  toMs: number,
  work?: number,
): Generator<Instance<Component>, Ending> {
  const budget = new Budget(work)
  const isOfDates = set.start.form === 'date'
  const from = Math.max(fromMs, earliestMs)
  const to = Math.min(toMs, latestMs)
  const overrides = overridesOf(set)
  const maker = new Maker(set, overrides)
  const wanted = lookedThrough(set, overrides, { fromMs: from, toMs: to })
  const farthestMs = set.dates.reduce((most, { length }) => Math.max(most, length ? sizeOf(length) : 0), 0)
  const datesFromMs = wanted.fromMs - farthestMs
  const excluded = excludedIn(set, { fromMs: datesFromMs, toMs: wanted.toMs }, overrides.placed.length > 0)
  const touches = ({ startMs, endMs }: Instance<Component>) =>
    startMs < to && (endMs > from || startMs >= from)

  const others: Instance<Component>[] = []
  const dated = new Set<number>()
  const takeDate = (value: RecurrenceSet<Component>['dates'][number]): void => {
    const moment = momentIn(value.start, set.zone, isOfDates)
    const id = idOf(moment, isOfDates)
    if (dated.has(id) || excluded.has(moment) || overrides.names.has(moment)) return
    dated.add(id)
    const made = maker.moved(moment, value.length)
    if (touches(made)) others.push(made)
  }
  // RDATE;VALUE=PERIOD beside the same RDATE or instance: its own length holds, once.
  for (const hasLength of [true, false])
    for (const value of set.dates)
      if (
        (value.length !== undefined) === hasLength &&
        value.start.wallMs >= datesFromMs - marginMs &&
        value.start.wallMs <= wanted.toMs + marginMs &&
        budget.spend()
      )
        takeDate(value)
  for (const { override, replaces } of overrides.placed) {
    if (excluded.has(replaces)) continue
    const made = maker.instance(replaces, momentOf(override.start, set.zone), override.length, override)
    if (touches(made)) others.push(made)
  }
  others.sort((left, right) => left.startMs - right.startMs)

  const next = seriesMoments(set, wanted, budget)
  const nextInstance = (): Instance<Component> | undefined => {
    for (let moment = next(); moment; moment = next()) {
      if (excluded.has(moment) || overrides.names.has(moment)) continue
      if (dated.size > 0 && dated.has(idOf(moment, isOfDates))) continue
      const made = maker.moved(moment)
      if (touches(made)) return made
      if (overrides.ranges.length === 0 && made.startMs >= to) return undefined
    }
    return undefined
  }
  if (overrides.ranges.length > 0) {
    // A range may move instances before others that it leaves alone.
    for (let made = nextInstance(); made; made = nextInstance()) others.push(made)
    others.sort((left, right) => left.startMs - right.startMs)
  }
  let other = 0
  for (let made = nextInstance(); made; made = nextInstance()) {
    for (let each = others[other]; each && each.startMs <= made.startMs; each = others[++other]) yield each
    yield made
  }
  for (let each = others[other]; each; each = others[++other]) yield each
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
