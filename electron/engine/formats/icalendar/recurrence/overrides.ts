import type { Length } from './length'
import { idOf, type Moment, momentAt, momentIn, momentOf, Names } from './moments'
import type { Override, RecurrenceSet } from './recurrence-set'
import { dayMs, dayOf } from './times/civil-days'

/** An override that holds, and the moment in the series that it replaces. */
type Placed<Component> = Readonly<{ override: Override<Component>; replaces: Moment }>

/** RANGE=THISANDFUTURE: how far it moves the instances from an instant on, on the wall clock. */
type Range<Component> = Readonly<{
  override: Override<Component>
  fromMs: number
  shiftMs: number
  length: Length
}>

export type Overrides<Component> = Readonly<{
  placed: readonly Placed<Component>[]
  /** Sorted by where they begin. */
  ranges: readonly Range<Component>[]
  names: Names
}>

/** The moment that an override replaces. A mere date for a timed series names what begins on that day, which is nearly always at DTSTART's time. */
export function replacedBy(
  { id }: Pick<Override<unknown>, 'id'>,
  { start, zone }: Pick<RecurrenceSet<unknown>, 'start' | 'zone'>,
): Moment {
  const isOfDates = start.form === 'date'
  if (id.form !== 'date' || isOfDates) return momentIn(id, zone, isOfDates)
  const { wallMs } = momentOf(start, zone)
  return momentAt(zone, dayOf(id.wallMs) * dayMs + (wallMs - dayOf(wallMs) * dayMs))
}

const isNewer = (one: Override<unknown>, other: Override<unknown>): boolean =>
  one.sequence > other.sequence || (one.sequence === other.sequence && one.stampMs > other.stampMs)

/** The overrides of a set; of two for one instance the one that holds. */
export function overridesOf<Component>(set: RecurrenceSet<Component>): Overrides<Component> {
  const { zone } = set
  const isOfDates = set.start.form === 'date'
  const names = new Names(zone, isOfDates)
  const best = new Map<number, Placed<Component>>()
  for (const override of set.overrides) {
    names.add(override.id)
    const replaces = replacedBy(override, set)
    const id = idOf(replaces, isOfDates)
    const before = best.get(id)
    if (!before || isNewer(override, before.override)) best.set(id, { override, replaces })
  }
  const placed = [...best.values()]
  const ranges = placed
    .filter(({ override }) => override.isThisAndFuture)
    .map(({ override, replaces }) => ({
      override,
      fromMs: replaces.instantMs,
      shiftMs: momentOf(override.start, zone).wallMs - replaces.wallMs,
      length: override.length,
    }))
    .sort((left, right) => left.fromMs - right.fromMs)
  return { placed, ranges, names }
}
