import type { EventFields, EventWhen } from '../../../../shared/features/calendar/model'
import type { Span } from '../layout/placed'
import { isoOf } from '../time/day'
import { timeText } from '../time/typed-time'
import { ZoneClock } from '../time/zone-clock'

/** A moment as the clock of a zone shows it; `zone: null` is the same on every clock, which the reader's is taken for. */
function whenAt(ms: number, zone: string | null, own: ZoneClock): EventWhen {
  const clock = zone === null || zone === own.zone ? own : new ZoneClock(zone)
  return { at: `${isoOf(clock.dayAt(ms))}T${timeText(clock.minuteAt(ms))}`, zone }
}

/** When an event is, as the engine is told: times in the event's own zone. */
export const whenFields = (
  span: Span,
  zone: string | null,
  own: ZoneClock,
): Required<Pick<EventFields, 'start' | 'end'>> =>
  span.allDay
    ? {
        start: { at: isoOf(span.first), zone: null },
        end: { at: isoOf(span.last + 1), zone: null },
      }
    : { start: whenAt(span.startMs, zone, own), end: whenAt(span.endMs, zone, own) }
