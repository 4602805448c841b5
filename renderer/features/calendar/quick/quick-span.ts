import type { CalendarId } from '../../../../shared/features/calendar/model'
import type { QuickReading } from '../../../../shared/features/calendar/quick/read-quick'
import { clockOf, type EventForm, newForm, reminders, startDay } from '../editor/form'
import { readEnd, readRepeat } from '../event/repeat'
import type { Span } from '../layout/placed'
import { dayFromIso } from '../time/day'
import type { ZoneClock } from '../time/zone-clock'

/** When a line was read to be. A time is one of the zone that was named, else of the reader's. */
export function quickSpan({ start, end, allDay, zone }: QuickReading, own: ZoneClock): Span {
  const dayOf = (text: string) => dayFromIso(text.slice(0, 10)) ?? 0
  if (allDay) return { allDay: true, first: dayOf(start), last: Math.max(dayOf(start), dayOf(end) - 1) }
  const clock = clockOf(zone, own)
  const at = (text: string) =>
    clock.at(dayOf(text), Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)))
  return { allDay: false, startMs: at(start), endMs: Math.max(at(start), at(end)) }
}

/** The editor with what was read of a line. */
export function quickForm(reading: QuickReading, calendarId: CalendarId, own: ZoneClock): EventForm {
  const span = quickSpan(reading, own)
  const form = newForm(span, calendarId, own)
  const zone = span.allDay ? null : (reading.zone ?? own.zone)
  const day = startDay({ span, zone }, own)
  const repeat = readRepeat(reading.rule, day)
  const [alarm] = reading.alarms
  return {
    ...form,
    title: reading.title,
    zone,
    // A rule that the editor has no words for is left to the one line.
    repeat: repeat === 'own' ? 'none' : repeat,
    repeatEnd: readEnd(reading.rule, ms => clockOf(zone, own).dayAt(ms)),
    location: reading.location,
    reminder: reminders.find(each => each === alarm) ?? 'none',
    people: {
      list: reading.people.flatMap(({ address, name }) => (address === null ? [] : [{ address, name }])),
      typed: '',
    },
  }
}
