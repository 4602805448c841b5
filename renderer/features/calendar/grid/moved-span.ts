import type { Span } from '../layout/placed'
import { isAboveHours } from '../layout/placed'
import type { Day } from '../time/day'
import { minutesOfDay, type ZoneClock } from '../time/zone-clock'

/** Times that are drawn with the pointer lie on quarters of an hour. */
export const snapMinutes = 15
/** As long is an event that had no times before, and one that is made by a click. */
const usualMinutes = 60

const minuteMs = 60_000

/** A place in a grid: a day, and a time on its clock; null where whole days are. */
export type Place = Readonly<{ day: Day; minute: number | null }>

const snap = (minute: number): number =>
  Math.min(minutesOfDay - snapMinutes, Math.max(0, Math.round(minute / snapMinutes) * snapMinutes))

/** From a time on the clock, so long. Where the length is a day or more, its end stays at its time on the clock. */
function timedFrom(day: Day, minute: number, span: Extract<Span, { allDay: false }>, clock: ZoneClock): Span {
  const startMs = clock.at(day, minute)
  if (!isAboveHours(span)) return { allDay: false, startMs, endMs: startMs + span.endMs - span.startMs }
  const days = clock.dayAt(span.endMs) - clock.dayAt(span.startMs)
  const minutes = clock.minuteAt(span.endMs) - clock.minuteAt(span.startMs)
  return { allDay: false, startMs, endMs: clock.at(day + days, minute + minutes) }
}

/** So many days and minutes later by the calendar: nine o'clock stays nine o'clock when the clock changes. */
export function movedBy(span: Span, days: number, minutes: number, clock: ZoneClock): Span {
  if (span.allDay) return { allDay: true, first: span.first + days, last: span.last + days }
  const minute = clock.minuteAt(span.startMs) + minutes
  const over = Math.floor(minute / minutesOfDay)
  return timedFrom(clock.dayAt(span.startMs) + days + over, minute - over * minutesOfDay, span, clock)
}

/**
 * Where an event comes to lie that was taken hold of at one place and is now at another. Among days its time of day stays. In the
 * line of whole days it becomes one; taken from there among the hours it gets times.
 */
export function draggedSpan(span: Span, from: Place, to: Place, clock: ZoneClock): Span {
  if (from.minute === null && to.minute === null) return movedBy(span, to.day - from.day, 0, clock)
  if (to.minute === null) return { allDay: true, first: to.day, last: to.day }
  if (span.allDay || from.minute === null) {
    const startMs = clock.at(to.day, snap(to.minute - snapMinutes / 2))
    return { allDay: false, startMs, endMs: startMs + usualMinutes * minuteMs }
  }
  const startDay = clock.dayAt(span.startMs)
  // An event that began the day before is held somewhere within the next.
  const minute = clock.minuteAt(span.startMs) + (startDay - from.day) * minutesOfDay + to.minute - from.minute
  const over = Math.floor(minute / minutesOfDay)
  return timedFrom(to.day + over, snap(minute - over * minutesOfDay), span, clock)
}

/** With its start or its end at a place; it never gets shorter than a quarter of an hour, or a day. */
export function resizedSpan(span: Span, edge: 'start' | 'end', to: Place, clock: ZoneClock): Span {
  if (span.allDay)
    return edge === 'start'
      ? { ...span, first: Math.min(to.day, span.last) }
      : { ...span, last: Math.max(to.day, span.first) }
  const least = snapMinutes * minuteMs
  // Over days the time on the clock stays.
  const kept = edge === 'start' ? span.startMs : span.endMs
  const over = edge === 'end' && to.minute === null && clock.minuteAt(kept) === 0 ? 1 : 0
  const at =
    to.minute === null
      ? clock.at(to.day + over, clock.minuteAt(kept))
      : clock.at(to.day, Math.min(minutesOfDay, Math.round(to.minute / snapMinutes) * snapMinutes))
  return edge === 'start'
    ? { ...span, startMs: Math.min(at, span.endMs - least) }
    : { ...span, endMs: Math.max(at, span.startMs + least) }
}

/** What is drawn from one place to another. */
export function drawnSpan(from: Place, to: Place, clock: ZoneClock): Span {
  if (from.minute === null || to.minute === null)
    return { allDay: true, first: Math.min(from.day, to.day), last: Math.max(from.day, to.day) }
  const first = Math.floor(from.minute / snapMinutes) * snapMinutes
  const isBack = to.day < from.day || (to.day === from.day && to.minute < first)
  const end = Math.ceil(to.minute / snapMinutes) * snapMinutes
  const [startMs, endMs] = isBack
    ? [
        clock.at(to.day, Math.floor(to.minute / snapMinutes) * snapMinutes),
        clock.at(from.day, first + snapMinutes),
      ]
    : [clock.at(from.day, first), clock.at(to.day, end)]
  return { allDay: false, startMs, endMs: Math.max(endMs, startMs + snapMinutes * minuteMs) }
}

/** What a new event covers that was begun at a place without drawing. */
export function usualSpan({ day, minute }: Place, clock: ZoneClock): Span {
  if (minute === null) return { allDay: true, first: day, last: day }
  const startMs = clock.at(day, minute)
  return { allDay: false, startMs, endMs: startMs + usualMinutes * minuteMs }
}

export const sameSpan = (a: Span, b: Span): boolean => {
  if (a.allDay) return b.allDay && a.first === b.first && a.last === b.last
  return !b.allDay && a.startMs === b.startMs && a.endMs === b.endMs
}
