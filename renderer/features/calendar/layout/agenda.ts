import type { Day } from '../time/day'
import { type DayRange, daysIn } from '../time/ranges'
import type { ZoneClock } from '../time/zone-clock'
import { compareSpans, daysOf, type Placeable } from './placed'

/** An event on one of its days: the `at`th of `of`, counted from 1. */
export type AgendaLine<T> = Readonly<{ event: T; at: number; of: number }>
export type AgendaDay<T> = Readonly<{ day: Day; lines: readonly AgendaLine<T>[] }>

/** The days that have events, each with all of them: one over three days stands on three. */
export function layAgenda<T extends Placeable>(
  events: readonly T[],
  range: DayRange,
  clock: ZoneClock,
): readonly AgendaDay<T>[] {
  const lines = new Map<Day, AgendaLine<T>[]>(daysIn(range).map(day => [day, []]))
  for (const event of events.toSorted((a, b) => compareSpans(a, b, clock))) {
    const { first, last } = daysOf(event.span, clock)
    // It began the evening before the first day and is not over.
    const isRunning =
      last < range.first && !event.span.allDay && event.span.endMs > clock.startOf(range.first)
    if (isRunning) lines.get(range.first)?.push({ event, at: 1, of: 1 })
    for (let day = Math.max(first, range.first); day <= Math.min(last, range.end - 1); day += 1)
      lines.get(day)?.push({ event, at: day - first + 1, of: last - first + 1 })
  }
  return [...lines].flatMap(([day, found]) => (found.length === 0 ? [] : { day, lines: found }))
}

/** How many events each day of the range has. */
export function countDays(
  events: readonly Placeable[],
  range: DayRange,
  clock: ZoneClock,
): ReadonlyMap<Day, number> {
  const counts = new Map<Day, number>()
  for (const { span } of events) {
    const { first, last } = daysOf(span, clock)
    for (let day = Math.max(first, range.first); day <= Math.min(last, range.end - 1); day += 1)
      counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return counts
}
