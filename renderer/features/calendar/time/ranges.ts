import { assertNever } from '../../../../shared/kit/assert-never'
import { addMonths, type Day, dayFrom, monthStart, partsOf } from './day'
import { type Weeks, weekStart } from './weeks'

export const views = ['day', 'workWeek', 'week', 'month', 'year', 'agenda'] as const
export type View = (typeof views)[number]

/** Whether a view shows the hours of its days: only there their height and a second zone mean something. */
export const hasHours = (view: View): boolean => view === 'day' || view === 'workWeek' || view === 'week'

/** Days from `first` up to and without `end`. */
export type DayRange = Readonly<{ first: Day; end: Day }>

export const daysIn = ({ first, end }: DayRange): readonly Day[] =>
  Array.from({ length: end - first }, (_, at) => first + at)

/** The agenda goes so far ahead. */
const agendaDays = 30

/** What a view shows around a day. A month in whole weeks. */
export function rangeOf(view: View, day: Day, weeks: Weeks): DayRange {
  switch (view) {
    case 'day':
      return { first: day, end: day + 1 }
    case 'workWeek':
    case 'week': {
      const first = weekStart(day, weeks)
      return { first, end: first + 7 }
    }
    case 'month': {
      const first = monthStart(day)
      const end = addMonths(first, 1)
      return { first: weekStart(first, weeks), end: weekStart(end - 1, weeks) + 7 }
    }
    case 'year': {
      const { year } = partsOf(day)
      return {
        first: dayFrom({ year, month: 1, day: 1 }),
        end: dayFrom({ year: year + 1, month: 1, day: 1 }),
      }
    }
    case 'agenda':
      return { first: day, end: day + agendaDays }
    default:
      return assertNever(view)
  }
}

/** The days a view draws of its range: a work week leaves out the weekend of the place. */
export const daysShown = (view: View, range: DayRange, weeks: Weeks): readonly Day[] =>
  view === 'workWeek' ? daysIn(range).filter(day => !weeks.isWeekend(day)) : daysIn(range)

/** The day that the next or the previous page of a view is about. */
export function turned(view: View, day: Day, pages: number): Day {
  switch (view) {
    case 'day':
      return day + pages
    case 'workWeek':
    case 'week':
      return day + 7 * pages
    case 'month':
      return addMonths(day, pages)
    case 'year':
      return addMonths(day, 12 * pages)
    case 'agenda':
      return day + agendaDays * pages
    default:
      return assertNever(view)
  }
}
