/** First instant of a span of days and first one behind it, local time, ms since 1970. */
export type Span = Readonly<{ fromMs: number; untilMs: number }>

const separators = /[-/.]/
const yearFirst = /^(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?$/
const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?$/
const monthFirst = /^(\d{1,2})[./](\d{4})$/
const ago: Readonly<Record<string, number>> = { today: 0, heute: 0, yesterday: 1, gestern: 1 }

/** Start of a local day; months and days that there are not (31.2.) give null. */
function startOf(year: number, month: number, day: number): number | null {
  const start = new Date(year, month - 1, day)
  start.setFullYear(year)
  return start.getMonth() === month - 1 && start.getDate() === day ? start.getTime() : null
}

function span(year: number, month: number | null, day: number | null): Span | null {
  const fromMs = startOf(year, month ?? 1, day ?? 1)
  if (fromMs === null) return null
  const until =
    month === null
      ? new Date(year + 1, 0, 1)
      : day === null
        ? new Date(year, month, 1)
        : new Date(year, month - 1, day + 1)
  return { fromMs, untilMs: until.getTime() }
}

/**
 * The days a word names: 2026, 2026-03, 2026-03-09, 2026/3/9, 9.3.2026, 9.3. (of this year), 3/2026, today, gestern. Null when
 * it names none. `nowMs`: for what depends on the day it is.
 */
export function daysNamed(text: string, nowMs: number): Span | null {
  const now = new Date(nowMs)
  const back = Object.hasOwn(ago, text.toLowerCase()) ? ago[text.toLowerCase()] : undefined
  if (back !== undefined) {
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back)
    return span(day.getFullYear(), day.getMonth() + 1, day.getDate())
  }
  const iso = yearFirst.exec(text)
  if (iso) {
    const [year, month = null, day = null] = text.split(separators).map(Number)
    return span(Number(year), month, day)
  }
  const german = dayFirst.exec(text)
  if (german) {
    const given = german[3] ?? String(now.getFullYear())
    return span(Number(given.length === 2 ? `20${given}` : given), Number(german[2]), Number(german[1]))
  }
  const month = monthFirst.exec(text)
  return month ? span(Number(month[2]), Number(month[1]), null) : null
}

const unitDays: Readonly<Record<string, number>> = { d: 1, t: 1, w: 7, m: 30, y: 365, j: 365 }

/** How long ago "3d", "2w", "6m", "1y" (3t, 2w, 6m, 1j in German) is, as an instant. Null when it is no such thing. */
export function agoNamed(text: string, nowMs: number): number | null {
  const found = /^(\d{1,4})([dtwmyj])$/i.exec(text)
  const days = found ? unitDays[found[2]?.toLowerCase() ?? ''] : undefined
  return found && days !== undefined ? nowMs - Number(found[1]) * days * 86_400_000 : null
}
