import type { TFunction } from 'i18next'
import type { CalendarFormat } from '../format'
import type { Day } from '../time/day'
import { nthOf, type Repeat } from './repeat'

/** How an event that starts on this day repeats, in words. */
export const repeatWords = (
  repeat: Repeat,
  day: Day,
  rule: string | null,
  format: CalendarFormat,
  t: TFunction<'calendar'>,
): string =>
  t(`editor.repeats.${repeat}`, {
    weekday: format.weekdayLong(day),
    day: format.dayOfMonth(day).replace(/\.$/, ''),
    date: format.dayAndMonthLong(day),
    nth: t(`editor.nth.${nthOf(day)}`),
    rule: rule ?? '',
  })
