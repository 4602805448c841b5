import { type drawer, randomRule } from '../../fixtures/recurrence-rules'

type Draw = ReturnType<typeof drawer>

/** What libical 3.0.16 is known to get wrong (docs/verification.md). */
const faults: readonly RegExp[] = [
  // Places are counted among days, and in days and what is shorter not at all.
  /BYSETPOS/,
  // Only the month of DTSTART is taken.
  /FREQ=YEARLY(?!.*BYMONTH=).*BYMONTHDAY/,
  // Taken for nothing.
  /FREQ=DAILY.*BYMONTHDAY=-/,
  // Counted one week too late.
  /BYWEEKNO=-/,
  // Refused.
  /BYMONTH=.*BYYEARDAY/,
  // Steps off the interval, or never comes back.
  /FREQ=(?:HOURLY|MINUTELY|SECONDLY)/,
]

/** It gives instances in the order in which lists name them. */
const sorted = (rule: string): string =>
  rule.replaceAll(
    /(BY(?:MONTH|MONTHDAY|YEARDAY|WEEKNO|HOUR|MINUTE|SECOND))=([-\d,]+)/g,
    (_, name: string, list: string) =>
      `${name}=${list
        .split(',')
        .map(Number)
        .sort((left, right) => left - right)
        .join(',')}`,
  )

/** A rule of random parts, among them those that python-dateutil cannot judge: plain days beside counted ones, and SKIP. */
export function libicalRule(draw: Draw): string {
  for (;;) {
    const rule = sorted(randomRule(draw))
    if (faults.some(fault => fault.test(rule))) continue
    if (/BYDAY=-?\d/.test(rule) && draw.chance(50)) return rule.replace('BYDAY=', 'BYDAY=WE,')
    const skip = draw.one(['OMIT', 'BACKWARD', 'FORWARD'])
    // What SKIP moves out of a month of BYMONTH it drops.
    return /FREQ=MONTHLY(?!.*BYMONTH=).*BYMONTHDAY/.test(rule) && draw.chance(80)
      ? `RSCALE=GREGORIAN;${rule};SKIP=${skip}`
      : rule
  }
}
