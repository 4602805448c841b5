import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventWhen } from '../../../shared/features/calendar/model'
import { type QuickReading, readQuick } from '../../../shared/features/calendar/quick/read-quick'
import { useFormat } from '../../i18n/use-format'

const minuteMs = 60_000

/** The zone of this machine, in which everything is shown. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Days and times as this reader's clock has them; looked at again every minute. */
export function useClock() {
  const { locale } = useFormat()
  const { i18n } = useTranslation()
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs)
    return () => clearInterval(timer)
  }, [])
  const zone = ownZone()
  const language = i18n.language === 'de' ? 'de' : 'en'
  return useMemo(() => {
    const iso = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone })
    const isoTime = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'short', timeZone: zone })
    const day = new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    })
    const dayYear = new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    })
    const dayLong = new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    })
    const dayLongYear = new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    })
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    const dayAt = (ms: number): string => iso.format(ms)
    const today = dayAt(nowMs)
    const dayWords = (text: string): string => {
      const ms = Date.parse(text)
      const away = Math.round((ms - Date.parse(today)) / 86_400_000)
      if (Math.abs(away) <= 1) return relative.format(away, 'day')
      return (text.slice(0, 4) === today.slice(0, 4) ? day : dayYear).format(ms)
    }
    return {
      nowMs,
      zone,
      language: language as 'de' | 'en',
      today,
      dayAt,
      dayWords,
      /** With the day in full, as a heading. */
      dayHeading: (text: string): string => {
        const away = Math.round((Date.parse(text) - Date.parse(today)) / 86_400_000)
        const full = (text.slice(0, 4) === today.slice(0, 4) ? dayLong : dayLongYear).format(Date.parse(text))
        return Math.abs(away) <= 1 ? `${upper(relative.format(away, 'day'))}, ${full}` : full
      },
      /** A day, or a day and a time. */
      when: (when: EventWhen, ms: number | null): string =>
        when.at.includes('T') && ms !== null
          ? `${dayWords(dayAt(ms))}, ${time.format(ms)}`
          : dayWords(when.at.slice(0, 10)),
      read: (text: string): QuickReading =>
        readQuick(text, { now: `${today}T${isoTime.format(nowMs)}`, language }),
    }
  }, [locale, nowMs, zone, language])
}

const upper = (text: string): string => text.slice(0, 1).toLocaleUpperCase() + text.slice(1)

export type TodoClock = ReturnType<typeof useClock>
