import type { EventInstance } from '../../../../../shared/features/calendar/model'
import { alarmsOf, attendeesOf, type EventComponent, type EventNote, travelOf } from '../event/read-event'
import type { EventTime } from '../event/times'

/** Characters and people that a list shows of one event; the detail has more. */
const shortText = 1000
const mostAttendees = 200

/** What a list says of a component, whenever it takes place: plain values, that can be kept as JSON. */
export type ShownFacts = Pick<
  EventInstance,
  | 'uid'
  | 'title'
  | 'zone'
  | 'endZone'
  | 'location'
  | 'status'
  | 'isTransparent'
  | 'privacy'
  | 'hasAlarm'
  | 'travelMs'
  | 'attendees'
  | 'notes'
>

/** The zone that is said of a time: UTC by its name, none for floating times and days. */
const zoneName = ({ value, zone }: EventTime): string | null => (value.form === 'utc' ? 'UTC' : zone)

/** Addresses are cut as well: whatever stands there, a list of a hundred events stays small. */
const shownPeople = (component: EventComponent['component']): EventInstance['attendees'] =>
  attendeesOf(component)
    .slice(0, mostAttendees)
    .map(({ address, name, status, role }) => ({
      address: address.slice(0, 320),
      name: name.slice(0, 200),
      status: status.slice(0, 50),
      role: role.slice(0, 50),
    }))

export function shownFacts(event: EventComponent, notes: readonly EventNote[]): ShownFacts {
  const zone = zoneName(event.start)
  const travelMs = travelOf(event.component)
  const endZone = event.end ? zoneName(event.end) : null
  return {
    uid: event.uid.slice(0, 1000),
    title: event.title.slice(0, shortText),
    zone: event.start.value.form === 'date' ? null : (zone?.slice(0, 200) ?? null),
    endZone: endZone !== null && endZone !== zone ? endZone.slice(0, 200) : null,
    location: event.location.slice(0, shortText),
    status: event.status,
    isTransparent: event.isTransparent,
    privacy: event.privacy,
    hasAlarm: alarmsOf(event.component).length > 0,
    ...(travelMs === 0 ? {} : { travelMs }),
    attendees: shownPeople(event.component),
    notes: [...new Set([...notes, ...event.notes])],
  }
}
