import type { CalendarId } from '../../../../shared/features/calendar/model'
import type { CallInput, CallOutput } from '../../../../shared/ipc/contract'
import type { Failure } from '../../../../shared/kit/result'
import { useLiveQuery } from '../../../state/live/use-live-query'
import type { Calendars } from '../state/use-events'

export type PersonBusy = CallOutput<'calendars.freeBusy'>[number]
type Asked = Pick<CallInput<'calendars.freeBusy'>, 'fromMs' | 'toMs' | 'zone'>

/** The busy times of the reader and of guests; guests are asked of the server of the calendar that the event is in, else of the first that can be asked. */
export function useBusy(
  { own, guests }: { own: string | null; guests: readonly string[] },
  asked: Asked,
  calendars: Calendars,
  { calendarId, exceptUid }: { calendarId: CalendarId; exceptUid: string | null },
): Readonly<{
  mine: PersonBusy | null
  others: readonly PersonBusy[] | null
  failure: Failure | null
  isWaiting: boolean
}> {
  const calendar = calendars.get(calendarId)
  const accountId = calendar?.schedules === true ? calendar.accountId : null
  const mine = useLiveQuery(
    'calendars.freeBusy',
    own === null ? null : { accountId: null, addresses: [own], ...asked, exceptUid },
  )
  const others = useLiveQuery(
    'calendars.freeBusy',
    guests.length === 0 ? null : { accountId, addresses: [...guests], ...asked },
  )
  return {
    mine: mine.data?.[0] ?? null,
    others: others.data ?? null,
    failure: others.failure,
    isWaiting: guests.length > 0 && others.data === undefined && others.failure === null,
  }
}
