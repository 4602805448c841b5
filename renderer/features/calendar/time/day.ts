/**
 * A day of the Gregorian calendar as a whole number: days since 1 January 1970. It has no time zone, so that a week is always
 * seven of them, also where the clock changes.
 */
export type Day = number

const msOfUtcDay = 86_400_000

export type DayParts = Readonly<{ year: number; month: number; day: number }>

/** `month` from 1; what lies beyond a month's end rolls over, as with Date. */
export const dayFrom = ({ year, month, day }: DayParts): Day => Date.UTC(year, month - 1, day) / msOfUtcDay

export function partsOf(day: Day): DayParts {
  const date = new Date(day * msOfUtcDay)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7

/** For formatters of the time zone UTC: the moment that stands for the whole day. */
export const utcOf = (day: Day): number => day * msOfUtcDay

/** `2026-03-09`. */
export const isoOf = (day: Day): string => new Date(utcOf(day)).toISOString().slice(0, 10)

/** Null for what is no date of the calendar. */
export function dayFromIso(text: string): Day | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  if (year === undefined) return null
  const found = dayFrom({ year: Number(year), month: Number(month), day: Number(day) })
  return isoOf(found) === text ? found : null
}

/** The same day so many months later; where that month is shorter, its last day. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, day: dayOfMonth } = partsOf(day)
  const last = partsOf(dayFrom({ year, month: month + months + 1, day: 0 })).day
  return dayFrom({ year, month: month + months, day: Math.min(dayOfMonth, last) })
}

export const monthStart = (day: Day): Day => dayFrom({ ...partsOf(day), day: 1 })
