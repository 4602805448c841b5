import { minutesOfDay } from './zone-clock'

/** A time as people type it: `1430`, `14:30`, `14.30 Uhr`, `9`, `2pm`, `2:30 p.m.`, `14h30`. Minutes since midnight, or null. */
export function readTime(text: string): number | null {
  const found =
    /^(\d{1,2})(?:(?:[:.h](\d{2}))|(\d{2})|h)?\s*(?:uhr|(?<half>[ap])\.?\s?m?\.?)?$/i.exec(text.trim()) ??
    /^(\d{1,2})\s*uhr\s*(\d{2})$/i.exec(text.trim())
  if (found === null) return null
  const [, hours = '', colon, joined] = found
  const half = found.groups?.half?.toLowerCase()
  const minute = Number(colon ?? joined ?? 0)
  const typed = Number(hours)
  if (half !== undefined && (typed < 1 || typed > 12)) return null
  const hour = half === undefined ? typed : (typed % 12) + (half === 'p' ? 12 : 0)
  return hour > 24 || minute > 59 || hour * 60 + minute > minutesOfDay ? null : hour * 60 + minute
}

/** A length after a plus: `+45` minutes, `+1h`, `+1:30`, `+1h30`, `+1,5h`, `+2d`. In minutes, or null. */
export function readLength(text: string): number | null {
  const typed = text.trim().replace(/^\+\s*/, '')
  if (!text.trim().startsWith('+')) return null
  const clock = /^(\d{1,3})[:h](\d{2})$/i.exec(typed)
  if (clock !== null) return Number(clock[1]) * 60 + Number(clock[2])
  const [, amount, unit = 'm'] =
    /^(\d{1,4}(?:[.,]\d{1,2})?)\s*(m|min|h|d|t|std|stunden?|hours?|days?|tage?)?\.?$/i.exec(typed) ?? []
  if (amount === undefined) return null
  const minutes = /^m/i.test(unit) ? 1 : /^[dt]/i.test(unit) ? minutesOfDay : 60
  return Math.round(Number(amount.replace(',', '.')) * minutes)
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** For a field that is typed into: always in 24 hours, as every place can read it. */
export const timeText = (minute: number): string =>
  `${twoDigits(Math.floor(minute / 60) % 24)}:${twoDigits(minute % 60)}`
