/** Minutes east of UTC for the zone names of RFC 5322 §4.3 and a few seen in mail. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 60,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  ast: -240,
  adt: -180,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  bst: 60,
  ist: 330,
  sast: 120,
  jst: 540,
  kst: 540,
  hkt: 480,
  sgt: 480,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  msk: 180,
  msd: 240,
}

/** The furthest zones there are: 14 hours east, 12 west. More is no zone but a slip, and read as UTC. */
const mostMinutes = 14 * 60

/**
 * Minutes east of UTC: `+0100`, `-600` (a zero was dropped), `+1`, `+01:00`, `UTC+2`, a name. What is no zone counts as UTC.
 */
export function zoneMinutes(zone: string): number {
  const numeric = /([+\-\u2212])\s*(\d{1,2}):(\d{2})|([+\-\u2212])\s*(\d{1,4})(?!\d)/.exec(zone)
  if (numeric) {
    const digits = numeric[5] ?? ''
    const hours = Number(numeric[2] ?? (digits.length > 2 ? digits.slice(0, -2) : digits))
    const minutes = Number(numeric[3] ?? (digits.length > 2 ? digits.slice(-2) : 0))
    const total = hours * 60 + minutes
    if (total > mostMinutes || minutes > 59) return 0
    return (numeric[1] ?? numeric[4]) === '+' ? total : -total
  }
  const named = /^[a-z]+/i.exec(zone.trim())
  return named ? (zones[named[0].toLowerCase()] ?? 0) : 0
}
