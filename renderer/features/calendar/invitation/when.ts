import type { Invitation, InvitationChange } from '../../../../shared/features/calendar/invitations/model'
import { type CalendarFormat, calendarFormat } from '../format'
import type { Span } from '../layout/placed'
import { dayFromIso } from '../time/day'
import { isKnownZone } from '../time/known-zone'

type Event = NonNullable<Invitation['event']>

/** When an event of an invitation is. */
export function spanOf({ days, startMs, endMs }: Pick<Event, 'days' | 'startMs' | 'endMs'>): Span {
  const first = days === null ? null : dayFromIso(days.from)
  const end = days === null ? null : dayFromIso(days.to)
  return first === null || end === null
    ? { allDay: false, startMs, endMs: Math.max(startMs, endMs) }
    : { allDay: true, first, last: Math.max(first, end - 1) }
}

/** When it is by the clock of its own zone, where that is another one than mine. */
export function elsewhere(event: Event, format: CalendarFormat): { zone: string; when: string } | null {
  const { zone } = event
  if (zone === null || event.days !== null || zone === format.clock.zone || !isKnownZone(zone)) return null
  const when = calendarFormat(format.locale, zone).when(spanOf(event))
  return when === format.when(spanOf(event)) ? null : { zone: zone.replaceAll('_', ' '), when }
}

type When = Extract<InvitationChange, { what: 'time' }>['before']

const dayMs = 86_400_000

/** A time before or after a change. */
export function changedTime({ startMs, endMs, isAllDay }: When, format: CalendarFormat): string {
  if (!isAllDay) return format.when({ allDay: false, startMs, endMs })
  const first = format.clock.dayAt(startMs)
  return format.when({ allDay: true, first, last: Math.max(first, format.clock.dayAt(endMs - dayMs / 24)) })
}
