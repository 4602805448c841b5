import { SiegelError } from '../../../../../shared/kit/result'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { requireEvent } from './require'

/** What takes place when, and all of one event. */
export function eventViewUseCases(
  context: Needs<never, 'calendars'>,
): Pick<UseCases, 'events.between' | 'events.get' | 'events.source' | 'events.find'> {
  const { store } = context
  return {
    'events.between': span => {
      const { events, isCut } = store.calendars.between(span)
      return { events: [...events], isCut }
    },
    'events.get': ({ eventId, instance, zone }) => {
      requireEvent(context, eventId)
      const detail = store.calendars.detail(eventId, instance, zone)
      if (detail === null) throw new SiegelError('event-instance-missing')
      return detail
    },
    'events.source': ({ eventId }) => ({
      text: Buffer.from(requireEvent(context, eventId).bytes).toString('utf8'),
    }),
    'events.find': ({ text, zone, limit }) => [...store.calendars.find(text, zone, limit)],
  }
}
