type Span = Readonly<{ startMs: number; endMs: number }>

/** How long before it begins a meeting is told of. */
export const soonMs = 5 * 60_000

/** From five minutes before its begin to its end. */
export const isSoon = ({ startMs, endMs }: Span, nowMs: number): boolean =>
  nowMs >= startMs - soonMs && nowMs < Math.max(endMs, startMs + soonMs)

/** Whether it begins later on the same day of this machine's calendar, so that its time alone says when. */
export const isLaterToday = ({ startMs }: Span, nowMs: number): boolean =>
  startMs > nowMs && new Date(startMs).toDateString() === new Date(nowMs).toDateString()

/** The time alone, by this machine's clock. */
export const clockTime = (ms: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(ms)
