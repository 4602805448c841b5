import type { PartialDate } from '../../../../../shared/features/contacts/model'

/** A day of somebody that comes every year. */
export type YearlyDay = Readonly<{
  kind: 'birthday' | 'anniversary'
  name: string
  date: PartialDate
  uid: string
}>

/** Of a day whose year nobody knows: a leap year, in which every day is. */
const yearOfNone = 1972
const signs = { birthday: '🎂', anniversary: '💍' } as const
const two = (value: number): string => String(value).padStart(2, '0')

/** TEXT of RFC 5545 §3.3.11. */
const escaped = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').replace(/[\\;,]/g, '\\$&')

/** Lines are at most 75 octets long (§3.1), and no character is cut in two. */
function folded(line: string): string {
  let made = ''
  let length = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (length + size > 74) {
      made += '\r\n '
      length = 1
    }
    made += letter
    length += size
  }
  return made
}

/**
 * The event of such a day; null where month or day is not known. The 29th of February is on the last day of that month. The title says no word,
 * because it is the same in every language: a sign, the name, and the year where it is known.
 */
export function dayObject({ kind, name, date, uid }: YearlyDay): string | null {
  const { month, day } = date
  if (month === null || day === null) return null
  const isLeapDay = month === 2 && day === 29
  const isLeapYear = date.year !== null && new Date(Date.UTC(date.year, 1, 29)).getUTCMonth() === 1
  // A year is only what it is said to be where it has that day.
  const year = date.year === null || (isLeapDay && !isLeapYear) ? yearOfNone : date.year
  const days = new Date(Date.UTC(2000, month, 0)).getUTCDate()
  if (day > days) return null
  const from = `${String(year).padStart(4, '0')}${two(month)}${two(day)}`
  const said = date.year === null ? '' : ` (${date.year})`
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Siegel//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:19700101T000000Z',
    `DTSTART;VALUE=DATE:${from}`,
    `RRULE:FREQ=YEARLY${isLeapDay ? ';BYMONTH=2;BYMONTHDAY=-1' : ''}`,
    `SUMMARY:${signs[kind]} ${escaped(name.slice(0, 300))}${said}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n')
}
