import type { EventInstance } from '../../../../../../shared/features/calendar/model'
import type { CallOutput } from '../../../../../../shared/ipc/contract'
import type { Needs } from '../../../../ports/parts'

type Busy = CallOutput<'calendars.freeBusy'>[number]['busy']

/** Stretches that one answer holds: a rule of minutes would fill any list. */
const mostBusy = 5_000

/** Whether an event takes time of mine. `own`: my addresses in small letters. */
export const takesMyTime = (event: EventInstance, own: ReadonlySet<string>): boolean =>
  !event.isTransparent &&
  event.status !== 'cancelled' &&
  !event.attendees.some(({ address, status }) => status === 'DECLINED' && own.has(address.toLowerCase()))

/** When I am not free, by my own calendars: those of others that I see say nothing of it. */
export function ownBusy(
  { store }: Needs<never, 'calendars'>,
  {
    own,
    exceptUid,
    ...span
  }: { fromMs: number; toMs: number; zone: string; exceptUid: string | null; own: ReadonlySet<string> },
): Busy {
  const calendars = store.calendars.list()
  const calendarIds = calendars
    .filter(({ owner, isOfPeople }) => owner === '' && isOfPeople !== true)
    .map(({ id }) => id)
  const { events } = store.calendars.between({ ...span, calendarIds })
  return events
    .filter(event => event.uid !== exceptUid && event.endMs > event.startMs && takesMyTime(event, own))
    .slice(0, mostBusy)
    .map(({ startMs, endMs, status, travelMs = 0 }) => ({
      ...{
        startMs: startMs - travelMs,
        endMs,
        kind: status === 'tentative' ? ('tentative' as const) : ('busy' as const),
      },
    }))
}
