import { monthOf } from './month-names'
import { zoneMinutes } from './zones'

const time = '(\\d{1,2})\\s*[:.]\\s*(\\d{1,2})(?:\\s*[:.]\\s*(\\d{1,2})(?:[.,]\\d+)?)?\\s*([ap]\\.?m\\.?)?'
const before = '(?:,?\\s+(?:at\\s+|um\\s+|à\\s+)?|\\s*-\\s+)'

const rfc = new RegExp(
  `(\\d{1,2})\\.?(?:st|nd|rd|th|er)?(?:[\\s-]+|\\s*(?:de|of)\\s+)(?:de\\s+)?([\\p{L}\\p{M}]{3,12})\\.?,?(?:[\\s-]+)(?:de\\s+)?(\\d{2,4})(?:${before}${time})?\\s*(.*)$`,
  'iu',
)
const american = new RegExp(
  `([\\p{L}\\p{M}]{3,12})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?:${before}${time})?\\s*(.*)$`,
  'iu',
)
const asctime =
  /([\p{L}\p{M}]{3,12})\s+(\d{1,2})\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s+(?:([a-z]+|[+-]\d{4})\s+)?(\d{4})\s*(.*)$/iu
const iso =
  /(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?)?\s*(.*)$/i
/** Day first, with dots: as German and its neighbours write numbers. With slashes nobody can tell day from month. */
const dotted = new RegExp(`(?:^|\\s)(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})(?:${before}${time})?\\s*(.*)$`, 'iu')

const earliestMs = 0
const latestMs = Date.UTC(2100, 0, 1)

/**
 * A Date header (RFC 5322 §3.3 and §4.3), already decoded, and the broken forms senders write (asctime, ISO 8601, month
 * first, dots, names of months in other languages, missing or invented zones, read as UTC). Milliseconds since 1970, or
 * null when unreadable or outside 1970..2100.
 */
export function parseDate(value: string): number | null {
  const text = withoutComments(value.slice(0, 200)).trim()
  if (text === '') return null
  const standard = rfc.exec(text)
  if (standard && monthOf(standard[2]) !== -1)
    return assemble({
      year: standard[3],
      month: monthOf(standard[2]),
      day: standard[1],
      clock: standard.slice(4, 8),
      zone: standard[8],
    })
  const sortable = iso.exec(text)
  if (sortable)
    return assemble({
      year: sortable[1],
      month: Number(sortable[2]) - 1,
      day: sortable[3],
      clock: sortable.slice(4, 7),
      zone: sortable[7],
    })
  const unix = asctime.exec(text)
  if (unix && monthOf(unix[1]) !== -1)
    return assemble({
      year: unix[7],
      month: monthOf(unix[1]),
      day: unix[2],
      clock: unix.slice(3, 6),
      zone: unix[6] ?? unix[8],
    })
  const us = american.exec(text)
  if (us && monthOf(us[1]) !== -1)
    return assemble({
      year: us[3],
      month: monthOf(us[1]),
      day: us[2],
      clock: us.slice(4, 8),
      zone: us[8],
    })
  const numbers = dotted.exec(text)
  return numbers
    ? assemble({
        year: numbers[3],
        month: Number(numbers[2]) - 1,
        day: numbers[1],
        clock: numbers.slice(4, 8),
        zone: numbers[8],
      })
    : null
}

/** Comments nest (RFC 5322 §3.2.2): `+0100 (GMT+01:00 (Berlin))`. One that is never closed takes the rest. */
function withoutComments(text: string): string {
  let out = ''
  let depth = 0
  for (const character of text) {
    if (character === '(') depth++
    else if (character === ')') {
      depth = Math.max(0, depth - 1)
      out += ' '
    } else if (depth === 0) out += character
  }
  return out
}

type Found = Readonly<{
  year: string | undefined
  month: number
  day: string | undefined
  /** Hour, minute, second, am or pm. */
  clock: readonly (string | undefined)[]
  zone: string | undefined
}>

function assemble({ year: yearText = '', month, day, clock, zone = '' }: Found): number | null {
  const [hourText = '0', minute = '0', second = '0', half] = clock
  let year = Number(yearText)
  // RFC 5322 §4.3: two digits below 50 are this century's, others and three digits count from 1900.
  if (yearText.length === 2) year += year < 50 ? 2000 : 1900
  else if (yearText.length === 3) year += 1900
  let hour = Number(hourText)
  if (half !== undefined) hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
  // 24:00 and a leap second are known from real senders; anything further is no time of day.
  if (month < 0 || month > 11 || Number(day) < 1 || Number(day) > 31) return null
  if (hour > 24 || Number(minute) > 59 || Number(second) > 60) return null
  const localMs = Date.UTC(year, month, Number(day), hour, Number(minute), Number(second))
  const ms = localMs - zoneMinutes(zone) * 60_000
  return ms >= earliestMs && ms < latestMs ? ms : null
}
