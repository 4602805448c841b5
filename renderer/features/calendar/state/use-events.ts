import { useEffect, useMemo } from 'react'
import type { CalendarId, CalendarSummary } from '../../../../shared/features/calendar/model'
import type { CallInput } from '../../../../shared/ipc/contract'
import type { Failure } from '../../../../shared/kit/result'
import { useLive } from '../../../state/live/live-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { type ShownEvent, toShown } from '../event/shown'
import type { CalendarFormat } from '../format'
import type { Day } from '../time/day'
import { type DayRange, rangeOf, turned, type View } from '../time/ranges'

const question = ({ first, end }: DayRange, { clock }: CalendarFormat): CallInput<'events.between'> => ({
  fromMs: clock.startOf(first),
  toMs: clock.startOf(end),
  zone: clock.zone,
  calendarIds: null,
})

export type Calendars = ReadonlyMap<CalendarId, CalendarSummary>

/** Null until they are known. */
export function useCalendars(): Calendars | null {
  const { data } = useLiveQuery('calendars.list', {})
  return useMemo(() => (data === undefined ? null : new Map(data.map(each => [each.id, each]))), [data])
}

/** The reader's own addresses, in small letters: an invitation is answered under one of them. */
export function useOwnAddresses(): ReadonlySet<string> {
  const { data } = useLiveQuery('accounts.list', {})
  return useMemo(() => new Set((data ?? []).map(({ config }) => config.address.toLowerCase())), [data])
}

export type EventsShown = Readonly<{
  events: readonly ShownEvent[]
  /** The engine has not answered yet. */
  isWaiting: boolean
  /** There are more than are shown. */
  isCut: boolean
  failure: Failure | null
}>

const nothing: readonly ShownEvent[] = []

/** The events of some days, of the calendars that are shown. */
export function useEvents(range: DayRange, format: CalendarFormat, calendars: Calendars): EventsShown {
  const own = useOwnAddresses()
  const { data, failure } = useLiveQuery('events.between', question(range, format))
  const events = useMemo(
    () =>
      data === undefined
        ? nothing
        : data.events
            .filter(({ calendarId }) => calendars.get(calendarId)?.isVisible ?? true)
            .map(each => toShown(each, calendars, own)),
    [data, calendars, own],
  )
  return { events, isWaiting: data === undefined && failure === null, isCut: data?.isCut ?? false, failure }
}

const notNow = () => {}

/** Asks for the pages beside the one shown when there is nothing else to do, so that turning to them waits for nobody. */
export function useNeighbours(view: View, day: Day, format: CalendarFormat): void {
  const { queries } = useLive()
  useEffect(() => {
    const idle = requestIdleCallback(() => {
      for (const pages of [1, -1]) {
        const range = rangeOf(view, turned(view, day, pages), format.weeks)
        // Heard of once; the answer is kept for whoever asks next.
        queries.watch('events.between', question(range, format), notNow)()
      }
    })
    return () => cancelIdleCallback(idle)
  }, [queries, view, day, format])
}
