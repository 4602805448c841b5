import { dayMs, dayNumber, monthLength } from './times/civil-days'
import type { Zone } from './zones/zone'

/**
 * A DATE or DATE-TIME of iCalendar (RFC 5545 §3.3.4, §3.3.5). `wallMs` is what the clock on the wall shows, counted in
 * milliseconds as if that clock were UTC's; for `utc` it is therefore the instant itself. A `local` without a zone is taken in the zone of
 * the series that it stands in.
 */
export type TimeValue =
  | Readonly<{ form: 'date'; wallMs: number }>
  | Readonly<{ form: 'local'; wallMs: number; zone?: Zone }>
  | Readonly<{ form: 'utc'; wallMs: number }>

const timeForm = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/i

/** Reads `19970714`, `19970714T133000` or `19970714T173000Z`; undefined for anything else and for days there are not. */
export function readTimeValue(text: string): TimeValue | undefined {
  const match = timeForm.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return undefined
  const dateMs = dayNumber(year, month, day) * dayMs
  if (match[4] === undefined) return { form: 'date', wallMs: dateMs }
  if (hour > 23 || minute > 59 || second > 60) return undefined
  // A leap second is the second before it, for those who count none (§3.3.12).
  const wallMs = dateMs + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000
  return { form: match[7] === '' ? 'local' : 'utc', wallMs }
}

/** Writes it as RFC 5545 has it. The zone of a `local` is the business of whoever writes TZID. */
export function writeTimeValue({ form, wallMs }: TimeValue): string {
  const [date = '', time = ''] = new Date(wallMs).toISOString().slice(0, 19).replace(/[-:]/g, '').split('T')
  return form === 'date' ? date : `${date}T${time}${form === 'utc' ? 'Z' : ''}`
}
