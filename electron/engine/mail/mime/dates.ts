const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Minutes east of UTC for the zone names of RFC 5322 §4.3 and a few seen in mail. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  bst: 60,
  ist: 330,
  jst: 540,
  kst: 540,
  msk: 180,
}

const rfc =
  /(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{2,4})(?:,?\s+(?:at\s+)?(\d{1,2})\s*[:.]\s*(\d{1,2})(?:\s*[:.]\s*(\d{1,2})(?:\.\d+)?)?\s*(am|pm)?)?\s*(.*)$/i
const american =
  /([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?\s*(am|pm)?)?\s*(.*)$/i
const asctime =
  /([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s+(?:([a-z]+|[+-]\d{4})\s+)?(\d{4})\s*(.*)$/i
const iso = /(\d{4})-(\d{1,2})-(\d{1,2})(?:[t\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?)?\s*(.*)$/i

const earliestMs = 0
const latestMs = Date.UTC(2100, 0, 1)

/**
 * A Date header (RFC 5322 §3.3 and §4.3) and the broken forms senders write (asctime, ISO 8601, month first, dots,
 * missing or invented zones, read as UTC). Milliseconds since 1970, or null when unreadable or outside 1970..2100.
 */
export function parseDate(value: string): number | null {
  const text = (value.length > 200 ? value.slice(0, 200) : value).replace(/\([^)]*\)?/g, ' ').trim()
  if (text === '') return null
  const standard = rfc.exec(text)
  if (standard && monthOf(standard[2]) !== -1) {
    return assemble(
      standard[3],
      monthOf(standard[2]),
      standard[1],
      standard[4],
      standard[5],
      standard[6],
      standard[7],
      standard[8],
    )
  }
  const sortable = iso.exec(text)
  if (sortable) {
    return assemble(
      sortable[1],
      Number(sortable[2]) - 1,
      sortable[3],
      sortable[4],
      sortable[5],
      sortable[6],
      undefined,
      sortable[7],
    )
  }
  const unix = asctime.exec(text)
  if (unix && monthOf(unix[1]) !== -1) {
    return assemble(
      unix[7],
      monthOf(unix[1]),
      unix[2],
      unix[3],
      unix[4],
      unix[5],
      undefined,
      unix[6] ?? unix[8],
    )
  }
  const us = american.exec(text)
  if (us && monthOf(us[1]) !== -1) {
    return assemble(us[3], monthOf(us[1]), us[2], us[4], us[5], us[6], us[7], us[8])
  }
  return null
}

const monthOf = (name: string | undefined): number => months.indexOf((name ?? '').toLowerCase())

function assemble(
  yearText: string | undefined,
  month: number,
  day: string | undefined,
  hourText: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  half: string | undefined,
  zone: string | undefined,
): number | null {
  let year = Number(yearText)
  // RFC 5322 §4.3: two digits below 50 are this century's, others and three digits count from 1900.
  if ((yearText ?? '').length === 2) year += year < 50 ? 2000 : 1900
  else if ((yearText ?? '').length === 3) year += 1900
  let hour = Number(hourText ?? 0)
  if (half !== undefined) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  // 24:00 and a leap second are known from real senders; anything further is no time of day.
  if (month < 0 || month > 11 || Number(day) < 1 || Number(day) > 31) return null
  if (hour > 24 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return null
  const localMs = Date.UTC(year, month, Number(day), hour, Number(minute ?? 0), Number(second ?? 0))
  const ms = localMs - zoneMinutes(zone ?? '') * 60_000
  return ms >= earliestMs && ms < latestMs ? ms : null
}

function zoneMinutes(zone: string): number {
  const numeric = /([+-])(\d{1,2}):?(\d{2})?/.exec(zone)
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0)
    return minutes > 24 * 60 ? 0 : numeric[1] === '-' ? -minutes : minutes
  }
  const named = /^[a-z]+/i.exec(zone.trim())
  return named ? (zones[named[0].toLowerCase()] ?? 0) : 0
}
