import type { TFunction } from 'i18next'
import type { CalendarSummary } from '../../../../shared/features/calendar/model'

/** The first calendar has no name of its own until it is given one. */
export const calendarName = (
  { name, isOfPeople }: Pick<CalendarSummary, 'name' | 'isOfPeople'>,
  t: TFunction<['calendar', 'common']>,
): string => name || t(isOfPeople === true ? 'calendar:birthdays' : 'calendar:personal')
