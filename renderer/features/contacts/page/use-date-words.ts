import { useTranslation } from 'react-i18next'
import type { PartialDate } from '../../../../shared/features/contacts/model'

/** A day of a card in words, with what is known of it. No zone is in it, so none is applied. */
export function useDateWords(): (date: PartialDate) => string {
  const { i18n } = useTranslation('contacts')
  return ({ year, month, day }) => {
    if (month === null) return [year, day].filter(part => part !== null).join(' ')
    // A leap year, so that 29 February is one.
    const instant = Date.UTC(year ?? 2000, month - 1, day ?? 1)
    const shownYear = year === null ? {} : ({ year: 'numeric' } as const)
    const shownDay = day === null ? {} : ({ day: 'numeric' } as const)
    const at = new Date(instant)
    if (year !== null) at.setUTCFullYear(year)
    return new Intl.DateTimeFormat(i18n.language, {
      ...shownYear,
      month: 'long',
      ...shownDay,
      timeZone: 'UTC',
    }).format(at)
  }
}
