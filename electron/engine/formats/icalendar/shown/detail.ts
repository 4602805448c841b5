import type { EventDetail } from '../../../../../shared/features/calendar/model'
import { findInstance, isFirstOf } from '../edit/instances'
import type { EventObject } from '../event/event-object'
import { setsOf } from '../event/event-object'
import { alarmsOf, categoriesOf, type EventComponent, linksOf, organizerOf } from '../event/read-event'
import { instancesBetween } from '../recurrence/expand'
import type { RecurrenceSet } from '../recurrence/recurrence-set'
import type { Zone } from '../recurrence/zones/zone'
import { propertiesOf } from '../text/component'
import { writeDuration } from '../text/values'
import { occurrence } from './occurrences'

const longText = 100_000
const shortText = 2000
const most = 100

/** All that is shown of an event, or of one instance (`instance`, see `Instance.id`); null where there is none. */
export function detailOf(
  object: EventObject,
  instance: number | null,
  reader: Zone,
): Omit<EventDetail, 'id' | 'calendarId'> | null {
  const [first] = setsOf(object, reader)
  if (first === undefined) return null
  const found = instance === null ? null : findInstance(object, instance, reader)
  if (instance !== null && found === null) return null
  const alone: RecurrenceSet<EventComponent> = {
    ...first.set,
    rules: [],
    dates: [],
    excluded: [],
    overrides: [],
  }
  const made = found?.instance ?? instancesBetween(alone, -8e15, 8e15).instances[0]
  if (made === undefined) return null
  const event = found?.event ?? first.of
  const { component } = event
  const organizer = organizerOf(component)
  const links = linksOf(component)
  const rules = object.master ? propertiesOf(object.master.component, 'RRULE') : []
  return {
    ...occurrence(object, event, made, instance),
    description: event.description.slice(0, longText),
    isCut: event.description.length > longText,
    organizer: organizer && {
      ...organizer,
      address: organizer.address.slice(0, 320),
      name: organizer.name.slice(0, 200),
    },
    rule: rules[0]?.value.slice(0, shortText) ?? null,
    alarms: alarmsOf(component)
      .slice(0, most)
      .map(({ action, before, fromEnd, atMs }) => ({
        action: action.slice(0, 50),
        before: before ? writeDuration({ days: -before.days, ms: -before.ms }) : null,
        fromEnd,
        atMs: atMs ?? null,
      })),
    categories: categoriesOf(component)
      .slice(0, most)
      .map(each => each.slice(0, 200)),
    url: links.url.slice(0, shortText),
    conferences: links.conferences.slice(0, most).map(each => each.slice(0, shortText)),
    attachments: links.attachments.slice(0, most).map(({ url, name }) => ({
      url: url.slice(0, shortText),
      name: name.slice(0, 300),
    })),
    sequence: event.sequence,
    isFirst: found === null || isFirstOf(object, found, reader),
  }
}
