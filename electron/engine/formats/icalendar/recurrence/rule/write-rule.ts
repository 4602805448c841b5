import { writeTimeValue } from '../time-value'
import { type ByDay, type PartName, type RecurrenceRule, weekdays } from './rule'

/** FREQ first, as clients of RFC 2445 want it; but RSCALE before it, as RFC 7529's examples have it. */
const usualOrder: readonly PartName[] = [
  'RSCALE',
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYMONTH',
  'BYWEEKNO',
  'BYYEARDAY',
  'BYMONTHDAY',
  'BYDAY',
  'BYHOUR',
  'BYMINUTE',
  'BYSECOND',
  'BYSETPOS',
  'WKST',
  'SKIP',
]

const day = ({ weekday, ordinal }: ByDay): string => `${ordinal ?? ''}${weekdays[weekday]}`

function partOf(rule: RecurrenceRule, name: PartName): string | undefined {
  const wasWritten = rule.order?.includes(name) === true
  switch (name) {
    case 'RSCALE':
      return rule.skip !== 'OMIT' || wasWritten ? 'GREGORIAN' : undefined
    case 'FREQ':
      return rule.frequency
    case 'UNTIL':
      return rule.until && writeTimeValue(rule.until)
    case 'COUNT':
      return rule.count?.toString()
    case 'INTERVAL':
      return rule.interval !== 1 || wasWritten ? String(rule.interval) : undefined
    case 'BYSECOND':
      return rule.bySecond?.join(',')
    case 'BYMINUTE':
      return rule.byMinute?.join(',')
    case 'BYHOUR':
      return rule.byHour?.join(',')
    case 'BYDAY':
      return rule.byDay?.map(day).join(',')
    case 'BYMONTHDAY':
      return rule.byMonthDay?.join(',')
    case 'BYYEARDAY':
      return rule.byYearDay?.join(',')
    case 'BYWEEKNO':
      return rule.byWeekNumber?.join(',')
    case 'BYMONTH':
      return rule.byMonth?.join(',')
    case 'BYSETPOS':
      return rule.bySetPosition?.join(',')
    case 'WKST':
      return rule.weekStart !== 0 || wasWritten ? weekdays[rule.weekStart] : undefined
    case 'SKIP':
      return rule.skip !== 'OMIT' || wasWritten ? rule.skip : undefined
  }
}

/** The value of an RRULE, its parts in the order in which they were read, new ones behind them. */
export function writeRule(rule: RecurrenceRule): string {
  return [...new Set([...(rule.order ?? []), ...usualOrder])]
    .flatMap(name => {
      const value = partOf(rule, name)
      return value === undefined ? [] : [`${name}=${value}`]
    })
    .join(';')
}
