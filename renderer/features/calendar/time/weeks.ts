import { CalendarDate, getDayOfWeek, isWeekend } from '@internationalized/date'
import { type Day, dayFrom, partsOf, weekdayOf } from './day'

/** Where week 1 is the first with four days of the year (CLDR, `minDays`); everywhere else it is that of 1 January. */
const fourDays = new Set(
  'AD AN AT AX BE BG CH CZ DE DK EE ES FI FJ FO FR GB GF GG GI GP GR HU IE IM IS IT JE LI LT LU MC MQ NL NO PL PT RE RU SE SJ SK SM VA'.split(
    ' ',
  ),
)

/** How a place counts weeks. `firstDay`: 0 is Sunday. */
export type Weeks = Readonly<{ firstDay: number; daysOfFirst: 1 | 4; isWeekend: (day: Day) => boolean }>

const dateOf = (day: Day): CalendarDate => {
  const parts = partsOf(day)
  return new CalendarDate(parts.year, parts.month, parts.day)
}

export function weeksOf(locale: string): Weeks {
  const known = Array.from({ length: 7 }, (_, weekday) => isWeekend(dateOf(weekday - 4), locale))
  const region = new Intl.Locale(locale).maximize().region ?? ''
  return {
    firstDay: (7 - getDayOfWeek(dateOf(-4), locale)) % 7,
    daysOfFirst: fourDays.has(region) ? 4 : 1,
    isWeekend: day => known[weekdayOf(day)] ?? false,
  }
}

export const weekStart = (day: Day, { firstDay }: Weeks): Day => day - ((weekdayOf(day) - firstDay + 7) % 7)

const firstWeekOf = (year: number, weeks: Weeks): Day =>
  weekStart(dayFrom({ year, month: 1, day: weeks.daysOfFirst }), weeks)

/** The number of the week that a day lies in. */
export function weekNumber(day: Day, weeks: Weeks): number {
  const { year } = partsOf(day)
  const first = [year + 1, year, year - 1].map(each => firstWeekOf(each, weeks)).find(each => each <= day)
  return Math.floor((day - (first ?? day)) / 7) + 1
}
