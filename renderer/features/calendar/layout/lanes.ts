import type { Day } from '../time/day'
import type { ZoneClock } from '../time/zone-clock'
import { compareSpans, daysOf, type Placeable } from './placed'

/** A bar within one row of days. It keeps its lane over all of them. */
type Bar<T> = Readonly<{
  event: T
  /** The first of its days in the row, counted from 0, and how many there are. */
  column: number
  span: number
  lane: number
  /** It goes on before or after this row. */
  fromBefore: boolean
  goesOn: boolean
}>

export type Lanes<T> = Readonly<{ bars: readonly Bar<T>[]; laneCount: number }>

/** Lays the events of a row of following days into lanes: the earlier and the longer first, each in the first lane that is free. */
export function layLanes<T extends Placeable>(
  events: readonly T[],
  days: readonly Day[],
  clock: ZoneClock,
): Lanes<T> {
  const taken: boolean[][] = []
  const bars: Bar<T>[] = []
  for (const event of events.toSorted((a, b) => compareSpans(a, b, clock))) {
    const { first, last } = daysOf(event.span, clock)
    const columns = days.flatMap((day, at) => (day >= first && day <= last ? at : []))
    const [column] = columns
    if (column === undefined) continue
    const free = taken.findIndex(lane => columns.every(at => lane[at] !== true))
    const lane = free < 0 ? taken.length : free
    taken[lane] ??= []
    for (const at of columns) (taken[lane] as boolean[])[at] = true
    bars.push({
      event,
      column,
      span: columns.length,
      lane,
      fromBefore: first < (days[column] ?? first),
      goesOn: last > (days[column + columns.length - 1] ?? last),
    })
  }
  return { bars, laneCount: taken.length }
}

export type FittedLanes<T> = Readonly<{
  bars: readonly Bar<T>[]
  /** How many events of each day are not shown. */
  more: readonly number[]
}>

/**
 * What fits into so many lines. Where a day has more, its last line says how many; a bar that would lie on such a line is counted on
 * each of its days and shown on none.
 */
export function fitLanes<T>({ bars }: Lanes<T>, columns: number, lines: number): FittedLanes<T> {
  const covers = (bar: Bar<T>, at: number) => at >= bar.column && at < bar.column + bar.span
  const isFull = Array.from({ length: columns }, (_, at) =>
    bars.some(bar => bar.lane >= lines && covers(bar, at)),
  )
  const isShown = (bar: Bar<T>) =>
    bar.lane < lines - 1 ||
    (bar.lane === lines - 1 && !isFull.slice(bar.column, bar.column + bar.span).includes(true))
  return {
    bars: bars.filter(isShown),
    more: isFull.map((_, at) => bars.filter(bar => covers(bar, at) && !isShown(bar)).length),
  }
}
