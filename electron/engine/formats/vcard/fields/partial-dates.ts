import type { PartialDate } from '../../../../../shared/features/contacts/model'

/** Apple writes a birthday without a year as one of 1604, a leap year before anybody's. */
export const yearless = 1604

const forms: readonly RegExp[] = [
  // 19960415, 1996-04-15, with or without a time behind
  /^(?<year>\d{4})-?(?<month>\d{2})-?(?<day>\d{2})(?:$|[T ])/,
  // --0415, --04-15
  /^--(?<month>\d{2})-?(?<day>\d{2})(?:$|[T ])/,
  // ---15
  /^---(?<day>\d{2})$/,
  // 1996-04
  /^(?<year>\d{4})-(?<month>\d{2})$/,
  // --04
  /^--(?<month>\d{2})$/,
  // 1996
  /^(?<year>\d{4})$/,
]

const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * A date as cards write it (RFC 6350 §4.3.1, ISO 8601 of 2.1 and 3.0), whole or in part. `omitted`: the year that means none
 * (X-APPLE-OMIT-YEAR); 1604 always does. Null where it is no date.
 */
export function readPartialDate(text: string, omitted = yearless): PartialDate | null {
  const found = forms.map(form => form.exec(text.trim())?.groups).find(groups => groups !== undefined)
  if (found === undefined) return null
  const part = (name: string): number | null => (found[name] === undefined ? null : Number(found[name]))
  const [year, month, day] = [part('year'), part('month'), part('day')]
  if (year === 0 || month === 0 || (month ?? 1) > 12) return null
  if (day !== null && (day < 1 || day > (daysOf[(month ?? 1) - 1] ?? 31))) return null
  const known = year === omitted || year === yearless ? null : year
  if (known !== null && month === 2 && day === 29 && !isLeap(known)) return null
  return { year: known, month, day }
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const two = (part: number): string => String(part).padStart(2, '0')
const four = (part: number): string => String(part).padStart(4, '0')

/** As the version writes it. Before 4.0 there is no date without a year: it becomes Apple's form, with its parameter. */
export function writePartialDate(
  { year, month, day }: PartialDate,
  version: '2.1' | '3.0' | '4.0',
): { value: string; isWithoutYear: boolean } {
  if (month === null)
    return { value: year === null ? `---${two(day ?? 1)}` : four(year), isWithoutYear: false }
  if (day === null)
    return { value: year === null ? `--${two(month)}` : `${four(year)}-${two(month)}`, isWithoutYear: false }
  if (version === '4.0')
    return { value: `${year === null ? '--' : four(year)}${two(month)}${two(day)}`, isWithoutYear: false }
  return { value: `${four(year ?? yearless)}-${two(month)}-${two(day)}`, isWithoutYear: year === null }
}
