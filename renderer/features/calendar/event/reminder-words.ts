import type { TFunction } from 'i18next'
import { type Reminder, reminders } from '../editor/form'

const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

/** How long before the start, from a DURATION; one that is not read so stands as it is. */
export function reminderWords(duration: string, t: TFunction<'calendar'>): string {
  const known = reminders.find((each): each is Exclude<Reminder, 'own' | 'none'> => each === duration)
  if (known !== undefined) return t(`editor.reminders.${known}`)
  const [weeks = 0, days = 0, hours = 0, minutes = 0] = (parts.exec(duration)?.slice(1) ?? []).map(part =>
    Number(part ?? 0),
  )
  const said = saidOf(weeks * 7 + days, hours, minutes, t)
  return said === '' ? duration : t('reminder.before', { length: said })
}

const saidOf = (days: number, hours: number, minutes: number, t: TFunction<'calendar'>): string =>
  [
    ...(days > 0 ? [t('reminder.days', { count: days })] : []),
    ...(hours > 0 ? [t('reminder.hours', { count: hours })] : []),
    ...(minutes > 0 ? [t('reminder.minutes', { count: minutes })] : []),
  ].join(' ')

/** A length in words: 90 minutes are 1 hour 30 minutes. */
export const lengthWords = (minutes: number, t: TFunction<'calendar'>): string =>
  saidOf(Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60, t)
