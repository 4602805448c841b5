import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf, fullDate, listDate, relativeMinutes, relativeTime, shortDateTime, timeToCome } from './dates'
import { byteSize, percent, wholeNumber } from './numbers'
import { type Language, localeFor } from './start-i18n'

/** Dates, sizes and numbers in the language shown. */
export function useFormat() {
  const { i18n } = useTranslation()
  const language = i18n.language as Language
  return useMemo(() => {
    const locale = localeFor(language, navigator.languages)
    return {
      locale,
      listDate: (ms: number) => listDate(ms, Date.now(), locale),
      fullDate: (ms: number) => fullDate(ms, locale),
      shortDateTime: (ms: number) => shortDateTime(ms, locale),
      relativeTime: (ms: number) => relativeTime(ms, Date.now(), locale),
      timeToCome: (ms: number | null, nowMs = Date.now()) => timeToCome(ms, nowMs, locale),
      relativeMinutes: (ms: number, nowMs: number) => relativeMinutes(ms, nowMs, locale),
      day: (text: string) => dayOf(text, locale),
      byteSize: (bytes: number) => byteSize(bytes, locale),
      percent: (share: number) => percent(share, locale),
      wholeNumber: (value: number) => wholeNumber(value, locale),
    }
  }, [language])
}
