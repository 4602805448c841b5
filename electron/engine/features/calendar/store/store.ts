import type { CalendarId } from '../../../../../shared/features/calendar/model'
import { openRemoteObjects } from '../../../kit/collections/remote-objects'
import { createCollectionWaits } from '../../../kit/collections/waits'
import type { CalendarStore } from '../../../ports/calendar/calendar-store'
import type { StoreContext } from '../../../store/context'
import { createCalendarList } from './calendars'
import { createCalendarFinder, createTodoViews } from './finding'
import { createCalendarViews } from './looking'
import { ObjectIndex } from './object-index'
import { createObjectStore } from './objects'
import { createRemoteList } from './remote/remote-list'
import { remoteCalendarRows } from './remote/remote-rows'

/** Calendars, their objects and the index over them. */
export function createCalendarStore(context: StoreContext): CalendarStore {
  const index = new ObjectIndex(context)
  const waits = createCollectionWaits(context)
  return {
    ...createCalendarList(context, index),
    ...createObjectStore(context, index),
    ...createCalendarViews(context, index),
    ...createTodoViews(context, index),
    ...createCalendarFinder(context, index),
    ...createRemoteList(context, index),
    openRemote: (id, url, spelling) =>
      openRemoteObjects(
        context.database,
        remoteCalendarRows(context, index, id as CalendarId),
        href => spelling(href, url),
        waits.of('calendar', id),
      ),
  }
}
