import type { RecurrenceRule } from '../rule/rule'
import { civilOf, dayMs, weekdayOf } from './civil-days'

/**
 * A weekly, monthly or yearly rule with what DTSTART says where the rule is silent (§3.3.10: "information, not contained in the rule"): the
 * day of the week, of the month or of the year.
 */
export function withDays(rule: RecurrenceRule, startDay: number): RecurrenceRule {
  const { frequency, byDay, byMonthDay, byYearDay, byWeekNumber, byMonth } = rule
  if (byDay || byMonthDay || byYearDay) return rule
  const { day, month } = civilOf(startDay)
  if (frequency === 'WEEKLY' || byWeekNumber) return { ...rule, byDay: [{ weekday: weekdayOf(startDay) }] }
  if (frequency === 'MONTHLY') return { ...rule, byMonthDay: [day] }
  return { ...rule, byMonthDay: [day], byMonth: byMonth ?? [month] }
}

/** A rule that needs no DTSTART to say which days and times it takes; only where its first period lies. */
export function completed(rule: RecurrenceRule, startWallMs: number, isOfDates: boolean): RecurrenceRule {
  const day = Math.floor(startWallMs / dayMs)
  const second = Math.floor((startWallMs - day * dayMs) / 1000)
  const isOfDays = ['YEARLY', 'MONTHLY', 'WEEKLY'].includes(rule.frequency)
  const unit = isOfDays ? 'DAILY' : rule.frequency
  const days = isOfDays ? withDays(rule, day) : rule
  if (isOfDates || unit === 'SECONDLY') return days
  const bySecond = days.bySecond ?? [second % 60]
  if (unit === 'MINUTELY') return { ...days, bySecond }
  const byMinute = days.byMinute ?? [Math.floor(second / 60) % 60]
  if (unit === 'HOURLY') return { ...days, byMinute, bySecond }
  return { ...days, byHour: days.byHour ?? [Math.floor(second / 3600)], byMinute, bySecond }
}
