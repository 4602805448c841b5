import { useTranslation } from 'react-i18next'
import type { CalendarSummary } from '../../../shared/features/calendar/model'

/** The name of a list; the first one has none until it is given one. */
export function useListName(): (calendar: CalendarSummary) => string {
  const { t } = useTranslation('todos')
  return ({ name }) => name || t('personal')
}
