import type { TFunction } from 'i18next'
import type { CalendarSummary } from '../../../../shared/features/calendar/model'

/** The first calendar has no name of its own until it is given one. */
export const calendarName = (
  { name }: Pick<CalendarSummary, 'name'>,
  t: TFunction<['calendar', 'common']>,
): string => name || t('calendar:personal')
