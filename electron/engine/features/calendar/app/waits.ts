import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import type { CalendarWait } from '../../../../../shared/features/calendar/waits'
import { answersTo } from '../../../../../shared/kit/collection-wait'
import { answerWait } from '../../../kit/collections/answer-wait'
import type { CollectionWait } from '../../../ports/dav/waits'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

type Context = Needs<'davSync', 'calendars' | 'collectionWaits' | 'transaction'>

/** What of calendars on servers waits for somebody. */
export function calendarWaitUseCases(
  context: Context,
): Pick<UseCases, 'calendars.waits' | 'calendars.answer'> {
  const { store } = context
  const told = ({ id, collectionId, what, object, href, facts, atMs }: CollectionWait): CalendarWait[] => {
    const calendarId = collectionId as CalendarId
    // A calendar that was removed takes with it what waited there.
    if (store.calendars.get(calendarId) === null) return []
    const eventId = object as EventId | null
    const title = eventId === null ? '' : (store.calendars.detail(eventId, null, 'UTC')?.title ?? '')
    return [
      { ...{ id, calendarId, what, eventId, title, href, atMs }, ...facts, answers: [...answersTo[what]] },
    ]
  }
  return {
    'calendars.waits': () => store.collectionWaits.list('calendar').flatMap(told),
    'calendars.answer': asked => {
      answerWait(context, 'calendar', store.calendars, asked)
      context.davSync.syncNow(null)
      return {}
    },
  }
}
