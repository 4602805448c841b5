import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format'
import type { Span } from './layout/placed'
import { type Day, utcOf } from './time/day'
import type { DayRange, View } from './time/ranges'
import { weeksOf } from './time/weeks'
import { ZoneClock } from './time/zone-clock'

const hourMs = 3_600_000

/** Days, times and weeks as this place and this reader's clock have them. */
export function calendarFormat(locale: string, zone: string) {
  const days = new Map<string, Intl.DateTimeFormat>()
  /** Days have no zone: they are written by the clock of UTC. */
  const ofDay = (options: Intl.DateTimeFormatOptions) => {
    const key = JSON.stringify(options)
    const known = days.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    days.set(key, known)
    return known
  }
  const write = (options: Intl.DateTimeFormatOptions) => (day: Day) => ofDay(options).format(utcOf(day))
  const clock = new ZoneClock(zone)
  const timeFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  const wallTime = ofDay({ hour: 'numeric', minute: '2-digit' })
  const hourFormat = ofDay({ hour: 'numeric' })
  const full = write({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const between = (options: Intl.DateTimeFormatOptions, first: Day, last: Day) =>
    ofDay(options).formatRange(utcOf(first), utcOf(last))
  const medium = { day: 'numeric', month: 'long', year: 'numeric' } as const
  const time = (ms: number) => timeFormat.format(ms)
  /** When something is, without the day where that is said beside it. */
  const times = ({ startMs, endMs }: Extract<Span, { allDay: false }>): string =>
    startMs === endMs ? time(startMs) : `${time(startMs)} – ${time(endMs)}`
  return {
    locale,
    clock,
    weeks: weeksOf(locale),
    full,
    dayOfMonth: write({ day: 'numeric' }),
    dayAndMonth: write({ day: 'numeric', month: 'short' }),
    dayAndMonthLong: write({ day: 'numeric', month: 'long' }),
    weekday: write({ weekday: 'short' }),
    weekdayLong: write({ weekday: 'long' }),
    weekdayNarrow: write({ weekday: 'narrow' }),
    month: write({ month: 'long' }),
    monthAndYear: write({ month: 'long', year: 'numeric' }),
    heading: (view: View, day: Day, { first, end }: DayRange): string => {
      if (view === 'day')
        return write({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })(day)
      if (view === 'month') return write({ month: 'long', year: 'numeric' })(day)
      if (view === 'year') return write({ year: 'numeric' })(day)
      return between({ ...medium, month: 'short' }, first, end - 1)
    },
    time,
    times,
    /** A time of the clock in minutes. */
    wallTime: (minute: number) => wallTime.format(minute * 60_000),
    hour: (hour: number) => hourFormat.format(hour * hourMs),
    /** Days and times in full. */
    when: (span: Span): string => {
      if (span.allDay)
        return span.first === span.last ? full(span.first) : between(medium, span.first, span.last)
      const first = clock.dayAt(span.startMs)
      const last = clock.lastDayBefore(span.endMs, span.startMs)
      return first === last
        ? `${full(first)}, ${times(span)}`
        : `${full(first)}, ${time(span.startMs)} – ${full(last)}, ${time(span.endMs)}`
    },
    /** The same clock of another zone. */
    clockOf: (other: string) => new ZoneClock(other),
  }
}

export type CalendarFormat = ReturnType<typeof calendarFormat>

/** The zone of this machine, in which everything is shown. */
const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

export function useCalendarFormat(): CalendarFormat {
  const { locale } = useFormat()
  const { i18n } = useTranslation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language is another locale where the system speaks both.
  return useMemo(() => calendarFormat(locale, ownZone()), [locale, i18n.language])
}
