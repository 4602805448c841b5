import type { Day } from '../time/day'
import { minutesOfDay, type ZoneClock } from '../time/zone-clock'

/**
 * When something is: whole days, the last one included, or from moment to moment. Whole days have no time zone and are the same
 * days for every reader.
 */
export type Span =
  | Readonly<{ allDay: true; first: Day; last: Day }>
  | Readonly<{ allDay: false; startMs: number; endMs: number }>

/** What the layouts see of an event. */
export type Placeable = Readonly<{ key: string; title: string; span: Span }>

const dayMs = minutesOfDay * 60_000

/** Whether it belongs above the hours: whole days, and what takes a day or longer. */
export const isAboveHours = (span: Span): boolean => span.allDay || span.endMs - span.startMs >= dayMs

/** The days it stands on, the last one included. A concert that ends at one in the night is on its evening alone. */
export function daysOf(span: Span, clock: ZoneClock): Readonly<{ first: Day; last: Day }> {
  if (span.allDay) return span
  const first = clock.dayAt(span.startMs)
  return { first, last: isAboveHours(span) ? clock.lastDayBefore(span.endMs, span.startMs) : first }
}

/** In time, the longer first, whole days before times of the same day, then by name: the same events always stand alike. */
export function compareSpans(a: Placeable, b: Placeable, clock: ZoneClock): number {
  const [left, right] = [daysOf(a.span, clock), daysOf(b.span, clock)]
  if (left.first !== right.first) return left.first - right.first
  const [leftLong, rightLong] = [left.last - left.first, right.last - right.first]
  if (leftLong !== rightLong) return rightLong - leftLong
  if (a.span.allDay !== b.span.allDay) return a.span.allDay ? -1 : 1
  if (!a.span.allDay && !b.span.allDay) {
    if (a.span.startMs !== b.span.startMs) return a.span.startMs - b.span.startMs
    if (a.span.endMs !== b.span.endMs) return b.span.endMs - a.span.endMs
  }
  return a.title < b.title ? -1 : a.title > b.title ? 1 : a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}
