// Days as plain numbers: 0 is 1 January 1970. Enough of a calendar for what is typed in one line.

const dayMs = 86_400_000

const dayOf = (year: number, month: number, day: number): number =>
  Math.round(Date.UTC(year, month - 1, day) / dayMs)

/** Undefined for a day that there is not. */
export function realDay(year: number, month: number, day: number): number | undefined {
  const number = dayOf(year, month, day)
  const date = new Date(number * dayMs)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? number : undefined
}

export const partsOf = (day: number): { year: number; month: number; date: number; weekday: number } => {
  const date = new Date(day * dayMs)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    weekday: (date.getUTCDay() + 6) % 7,
  }
}

export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** The next day of that name from a day on, that one counted. */
export const weekdayFrom = (day: number, weekday: number): number =>
  day + ((weekday - partsOf(day).weekday + 7) % 7)

/** The same date some months later; the month's last where it has no such. */
export function addMonths(day: number, months: number): number {
  const { year, month, date } = partsOf(day)
  const first = dayOf(year, month + months, 1)
  const next = dayOf(year, month + months + 1, 1)
  return Math.min(first + date - 1, next - 1)
}

/** The how manieth weekday of a month (negative from its end); undefined where the month has it not. */
export function weekdayOfMonth(
  year: number,
  month: number,
  weekday: number,
  ordinal: number,
): number | undefined {
  const first = dayOf(year, month, 1)
  const next = dayOf(year, month + 1, 1)
  const found =
    ordinal > 0
      ? weekdayFrom(first, weekday) + (ordinal - 1) * 7
      : weekdayFrom(next - 7, weekday) + (ordinal + 1) * 7
  return found >= first && found < next ? found : undefined
}
