import type { CalendarId, EventId } from '../../../../../shared/features/calendar/model'
import type { CalendarWait } from '../../../../../shared/features/calendar/waits'
import { answersTo, type CollectionAnswer } from '../../../../../shared/kit/collection-wait'
import { SiegelError } from '../../../../../shared/kit/result'
import type { CollectionWait } from '../../../ports/dav/waits'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

type Context = Needs<never, 'calendars' | 'collectionWaits' | 'transaction'>

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
    'calendars.answer': ({ waitId, answer }) => {
      const wait = store.collectionWaits.get(waitId)
      if (wait === null) throw new SiegelError('not-found', { what: 'question' })
      if (!answersTo[wait.what].includes(answer))
        throw new SiegelError('unsupported', { reason: `"${answer}" is no answer to "${wait.what}"` })
      store.transaction(() => settle(context, wait, answer))
      return {}
    },
  }
}

function settle({ store }: Context, wait: CollectionWait, answer: CollectionAnswer): void {
  const { calendars, collectionWaits } = store
  const calendarId = wait.collectionId as CalendarId
  switch (wait.what) {
    case 'asks-removal':
      // Done with the next pass, which finds out anew what is gone.
      collectionWaits.answered(wait.id, answer)
      return
    case 'gone':
      collectionWaits.forget('calendar', calendarId)
      if (answer === 'keep') calendars.makeLocal(calendarId)
      else calendars.remove(calendarId)
      return
    case 'read-only':
      calendars.giveUp(calendarId, null)
      collectionWaits.remove(wait.id)
      return
    case 'not-sent':
      if (answer === 'give-up') calendars.giveUp(calendarId, wait.object as EventId | null)
      else calendars.sendAgain(wait.object as EventId)
      collectionWaits.remove(wait.id)
      return
    case 'unread':
      collectionWaits.tryAgain(wait.id)
      return
    default:
      collectionWaits.remove(wait.id)
  }
}
