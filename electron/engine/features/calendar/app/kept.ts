import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import type { KeptKind } from '../../../ports/dav/dav-sync'
import type { Needs } from '../../../ports/parts'
import { colourOf } from './calendars'

/** Calendars as they are brought into step with servers. */
export function keptCalendars({ store, calendarObjects }: Needs<'calendarObjects', 'calendars'>): KeptKind {
  return {
    kind: 'calendar',
    extension: 'ics',
    collections: {
      ...store.calendars,
      told: (accountId, collections, spelling) => {
        const count = store.calendars.list().length
        const coloured = collections.map((each, at) => ({
          ...each,
          colour: each.colour ?? colourOf(count + at),
        }))
        store.calendars.told(accountId, coloured, spelling)
      },
    },
    nameOf: id => store.calendars.get(id as CalendarId)?.name ?? '',
    titleOf: id => store.calendars.detail(id as EventId, null, 'UTC')?.title ?? '',
    uidOf: bytes => {
      try {
        return calendarObjects.split(bytes)[0]?.uid || null
      } catch {
        return null
      }
    },
  }
}
