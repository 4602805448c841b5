import { addMonths, type Day, dayFrom, dayFromIso, isoOf, partsOf, utcOf, weekdayOf } from './day'
import { type Weeks, weekNumber, weekStart } from './weeks'

export type DateReading = Readonly<{ today: Day; weeks: Weeks; locale: string }>

const relative: Readonly<Record<string, number>> = {
  today: 0,
  heute: 0,
  tomorrow: 1,
  morgen: 1,
  übermorgen: 2,
  yesterday: -1,
  gestern: -1,
  vorgestern: -2,
}

const languages = ['en', 'de'] as const
const fold = (text: string): string => text.toLowerCase().replace(/\.$/, '')

/** Names and short names in both languages, of seven weekdays or twelve months, with their number from 0. */
const namesOf = (count: number, kind: 'weekday' | 'month', at: (index: number) => number) =>
  new Map(
    languages.flatMap(language =>
      (['long', 'short'] as const).flatMap(length => {
        const format = new Intl.DateTimeFormat(language, { [kind]: length, timeZone: 'UTC' })
        return Array.from(
          { length: count },
          (_, index) => [fold(format.format(utcOf(at(index)))), index] as const,
        )
      }),
    ),
  )

const weekdayNames = namesOf(7, 'weekday', index => index - 4)
const monthNames = namesOf(12, 'month', index => dayFrom({ year: 2024, month: index + 1, day: 1 }))

/** Whether a place writes the day before the month. */
const isDayFirst = (locale: string): boolean => {
  const parts = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric' }).formatToParts(0)
  return parts.findIndex(({ type }) => type === 'day') < parts.findIndex(({ type }) => type === 'month')
}

const fullYear = (typed: string | undefined, today: Day): number | null => {
  if (typed === undefined || typed === '') return null
  return typed.length <= 2 ? Math.floor(partsOf(today).year / 100) * 100 + Number(typed) : Number(typed)
}

/** Null for a day that its month does not have. */
const exactly = (year: number, month: number, day: number): Day | null =>
  dayFromIso(
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  )

const sureDay = (year: number | null, month: number, day: number, today: Day): Day | null =>
  exactly(year ?? partsOf(today).year, month, day)

function fromName(text: string, { today }: DateReading): Day | null {
  const [, before, name = '', after, typedYear] =
    /^(?:(\d{1,2})(?:\.|st|nd|rd|th)?\s+)?(\p{L}+)\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?(?=,|\s|$))?,?(?:\s*(\d{4}))?$/u.exec(
      text,
    ) ?? []
  const month = monthNames.get(fold(name))
  if (month === undefined) return null
  const day = Number(before ?? after ?? 1)
  return sureDay(fullYear(typedYear, today), month + 1, day, today)
}

function fromNumbers(text: string, { today, locale }: DateReading): Day | null {
  const [, first, separator, second, year] =
    /^(\d{1,2})([./-])\s?(\d{1,2})(?:[./-]\s?(\d{2}|\d{4})?)?$/.exec(text) ?? []
  if (first === undefined || second === undefined) return null
  // Points are German; only a slash is read as the place writes it.
  const dayFirst = separator === '.' || isDayFirst(locale)
  const [day, month] = dayFirst ? [first, second] : [second, first]
  return sureDay(fullYear(year, today), Number(month), Number(day), today)
}

function fromWeek(text: string, { today, weeks }: DateReading): Day | null {
  const [, number, typedYear] = /^(?:kw|w|week|woche)\s*(\d{1,2})(?:[/\s]+(\d{2}|\d{4}))?$/.exec(text) ?? []
  if (number === undefined) return null
  const year = fullYear(typedYear, today) ?? partsOf(today).year
  const first = weekStart(dayFrom({ year, month: 1, day: weeks.daysOfFirst }), weeks)
  const found = first + 7 * (Number(number) - 1)
  return weekNumber(found, weeks) === Number(number) ? found : null
}

const units: Readonly<Record<string, (day: Day, count: number) => Day>> = {
  d: (day, count) => day + count,
  t: (day, count) => day + count,
  w: (day, count) => day + 7 * count,
  m: addMonths,
  y: (day, count) => addMonths(day, 12 * count),
  j: (day, count) => addMonths(day, 12 * count),
}

/**
 * A date as people type it, in English and German: `12.3.`, `3/12`, `2026-03-12`, `12 March`, `März 2027`, `morgen`, `Friday`, `+10`,
 * `-2w`, `KW 12`. Without a year it is in this one; a weekday is the next of that name. Null for what is none.
 */
export function readDate(typed: string, reading: DateReading): Day | null {
  const text = typed.trim().toLowerCase()
  const { today } = reading
  const days = relative[text]
  if (days !== undefined) return today + days
  const weekday = weekdayNames.get(fold(text))
  if (weekday !== undefined) return today + ((weekday - weekdayOf(today) + 6) % 7) + 1
  const [, sign, count, unit = 'd'] = /^([+-])(\d{1,4})\s*([dtwmyj])?$/.exec(text) ?? []
  if (count !== undefined) return units[unit]?.(today, Number(`${sign}${count}`)) ?? null
  const day = /^(\d{1,2})\.?$/.exec(text)?.[1]
  if (day !== undefined) return exactly(partsOf(today).year, partsOf(today).month, Number(day))
  const year = /^(\d{4})$/.exec(text)?.[1]
  if (year !== undefined) return exactly(Number(year), 1, 1)
  return dayFromIso(text) ?? fromWeek(text, reading) ?? fromNumbers(text, reading) ?? fromName(text, reading)
}

/** For a field that is typed into: as the place writes dates in figures, where that is read back as the same day. */
export function dateText(day: Day, reading: DateReading): string {
  const text = new Intl.DateTimeFormat(reading.locale, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(utcOf(day))
  return readDate(text, reading) === day ? text : isoOf(day)
}
