import type { ByDay, RecurrenceRule } from '../recurrence/rule/rule'
import type { TimeValue } from '../recurrence/time-value'
import { civilOf, dayOf, monthLength, weekdayOf } from '../recurrence/times/civil-days'
import { toInstant } from '../recurrence/zones/zone'
import { type Shift, shifted } from './written-time'

const weekday = (number: number): number => ((number % 7) + 7) % 7

/** "The second Tuesday" or "the last Friday" of a rule, for a start on another day. */
function ordinalAt(day: number, before: ByDay): ByDay {
  const { year, month, day: dayOfMonth } = civilOf(day)
  const isFromEnd = (before.ordinal ?? 0) < 0
  const ordinal = isFromEnd
    ? -Math.ceil((monthLength(year, month) - dayOfMonth + 1) / 7)
    : Math.ceil(dayOfMonth / 7)
  return { weekday: weekdayOf(day), ordinal }
}

function untilAfter(rule: RecurrenceRule, shift: Shift): TimeValue | undefined {
  const { until } = rule
  if (until === undefined) return undefined
  const { value } = shifted(until, shift)
  if (until.form !== 'utc' || value.form !== 'local') return value
  // Written in UTC before, and so again (RFC 5545 §3.3.10).
  return value.zone === undefined
    ? value
    : { form: 'utc', wallMs: toInstant(value.zone, value.wallMs).instantMs }
}

/**
 * The rule of a series that was moved to other days or times. The days of a weekly rule all move alike; in a monthly or yearly
 * one what names the day of its start names the new one. What does not (the 1st and 15th) stays, since nobody can know what
 * is meant.
 */
export function ruleAfterShift(rule: RecurrenceRule, shift: Shift): RecurrenceRule {
  const [fromDay, toDay] = [dayOf(shift.from.value.wallMs), dayOf(shift.to.value.wallMs)]
  const days = toDay - fromDay
  const until = untilAfter(rule, shift)
  const kept: RecurrenceRule = until === undefined ? rule : { ...rule, until }
  if (days === 0) return kept
  const [from, to] = [civilOf(fromDay), civilOf(toDay)]
  const [onlyDay] = rule.byDay ?? []
  const isOneDay = rule.byDay?.length === 1 && onlyDay?.weekday === weekdayOf(fromDay)
  const byMonth = rule.byMonth?.length === 1 && rule.byMonth[0] === from.month ? { byMonth: [to.month] } : {}
  if (rule.frequency === 'WEEKLY' && rule.byDay && !rule.bySetPosition)
    return { ...kept, byDay: rule.byDay.map(each => ({ ...each, weekday: weekday(each.weekday + days) })) }
  if (rule.frequency !== 'MONTHLY' && rule.frequency !== 'YEARLY') return kept
  if (rule.bySetPosition || rule.byYearDay || rule.byWeekNumber) return kept
  if (rule.byMonthDay?.length === 1 && !rule.byDay) {
    if (rule.byMonthDay[0] === from.day) return { ...kept, ...byMonth, byMonthDay: [to.day] }
    return kept
  }
  if (isOneDay && onlyDay?.ordinal !== undefined && !rule.byMonthDay)
    return { ...kept, ...byMonth, byDay: [ordinalAt(toDay, onlyDay)] }
  return rule.byMonthDay || rule.byDay ? kept : { ...kept, ...byMonth }
}
