const dayMs = 86_400_000

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs far more than using it, and a list uses thousands. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formatters.set(key, known)
  return known
}

const startOfDay = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)

/** Whole days from `ms` to now by the calendar of this place, also across a change of the clock. */
const daysAgo = (ms: number, nowMs: number): number =>
  Math.round((startOfDay(nowMs) - startOfDay(ms)) / dayMs)

/**
 * A date as a list shows it: today the time, this week the weekday, this year day and month, otherwise the full
 * date. A date to come is always shown in full: a list that says "14:02" must not mean next year.
 */
export function listDate(ms: number, nowMs: number, locale: string): string {
  const days = daysAgo(ms, nowMs)
  if (days === 0) return formatter(locale, { timeStyle: 'short' }).format(ms)
  if (days > 0 && days < 7) return formatter(locale, { weekday: 'short' }).format(ms)
  const sameYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear()
  if (days > 0 && sameYear) return formatter(locale, { day: 'numeric', month: 'short' }).format(ms)
  return formatter(locale, { day: '2-digit', month: '2-digit', year: 'numeric' }).format(ms)
}

/** Weekday, date and time in words, for a tooltip, a screen reader and the reader's head. */
export const fullDate = (ms: number, locale: string): string =>
  formatter(locale, { dateStyle: 'full', timeStyle: 'short' }).format(ms)

/** The day of a date that came as text; what is no date is shown as it came. */
export function dayOf(text: string, locale: string): string {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : formatter(locale, { dateStyle: 'long' }).format(ms)
}

/** Date and time, short. */
export const shortDateTime = (ms: number, locale: string): string =>
  formatter(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(ms)

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', dayMs],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** "5 minutes ago", "in 20 seconds". */
export function relativeTime(ms: number, nowMs: number, locale: string): string {
  const distance = ms - nowMs
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const [unit, unitMs] = units.find(([, size]) => Math.abs(distance) >= size) ?? (['second', 1000] as const)
  return format.format(Math.round(distance / unitMs), unit)
}

/** Words for what is still to come; null once it is over: "will be sent 24 seconds ago" says nothing. */
export function timeToCome(ms: number | null, nowMs: number, locale: string): string | null {
  return ms === null || ms - nowMs < 500 ? null : relativeTime(ms, nowMs, locale)
}

/** The same without seconds, for words that are renewed once a minute: "this minute", "3 minutes ago". */
export function relativeMinutes(ms: number, nowMs: number, locale: string): string {
  if (Math.abs(ms - nowMs) >= 60_000) return relativeTime(ms, nowMs, locale)
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'minute')
}
