import type { CalendarId, CalendarSummary, EventInstance } from '../../../../shared/features/calendar/model'
import type { Todo } from '../../../../shared/features/todos/model'
import type { Placeable, Span } from '../layout/placed'
import { dayFromIso } from '../time/day'

/** How an event concerns whoever looks: shown by words and marks, never by colour alone. */
export type Standing = 'normal' | 'tentative' | 'cancelled' | 'declined' | 'unanswered'

/** An event as the views show it. */
export type ShownEvent = Placeable &
  Readonly<{
    instance: EventInstance
    colour: string
    standing: Standing
    isReadOnly: boolean
    /** It is no event but a to-do, on the day on which it is due. */
    todo?: Todo
  }>

const keyOf = ({ id, instance }: Pick<EventInstance, 'id' | 'instance'>): string =>
  instance === null ? String(id) : `${id} ${instance}`

function spanOf({ days, startMs, endMs }: EventInstance): Span {
  const first = days === null ? null : dayFromIso(days.from)
  const end = days === null ? null : dayFromIso(days.to)
  return first === null || end === null
    ? { allDay: false, startMs, endMs: Math.max(startMs, endMs) }
    : { allDay: true, first, last: Math.max(first, end - 1) }
}

function standingOf({ status, attendees }: EventInstance, own: ReadonlySet<string>): Standing {
  if (status === 'cancelled') return 'cancelled'
  const answer = attendees.find(({ address }) => own.has(address.toLowerCase()))?.status.toUpperCase()
  if (answer === 'DECLINED') return 'declined'
  if (answer === 'NEEDS-ACTION') return 'unanswered'
  return answer === 'TENTATIVE' || status === 'tentative' ? 'tentative' : 'normal'
}

const noColour = '#7a7874'

/** `own`: the reader's addresses in small letters. */
export function toShown(
  instance: EventInstance,
  calendars: ReadonlyMap<CalendarId, CalendarSummary>,
  own: ReadonlySet<string>,
): ShownEvent {
  const calendar = calendars.get(instance.calendarId)
  return {
    key: keyOf(instance),
    title: instance.title,
    span: spanOf(instance),
    instance,
    colour: calendar?.colour ?? noColour,
    standing: standingOf(instance, own),
    isReadOnly: calendar?.isReadOnly ?? true,
  }
}
