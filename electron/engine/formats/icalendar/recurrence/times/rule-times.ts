import type { Budget } from '../budget'
import type { RecurrenceRule } from '../rule/rule'
import { calendarTimes } from './calendar-times'
import type { Next } from './grid'
import { stepTimes, stepUnitOf } from './step-times'
import type { WallSpan } from './wall-span'

/** Whether a rule is nothing but steps, whose instances can be counted without looking at them. */
const isPlain = (rule: RecurrenceRule): boolean =>
  !(
    rule.byMonth ??
    rule.byWeekNumber ??
    rule.byYearDay ??
    rule.byMonthDay ??
    rule.byDay ??
    rule.byHour ??
    rule.byMinute ??
    rule.bySecond
  )

/** How many instances behind DTSTART lie before `fromMs` and need not be looked at to be counted. */
function leapOf(rule: RecurrenceRule, startMs: number, fromMs: number): { steps: number; atMs: number } {
  const stepMs = (stepUnitOf(rule) ?? 0) * rule.interval
  if (stepMs === 0 || !isPlain(rule)) return { steps: 0, atMs: startMs }
  const steps = Math.max(0, Math.floor((fromMs - startMs) / stepMs) - 1)
  return { steps, atMs: startMs + steps * stepMs }
}

/**
 * What a rule makes of DTSTART, as wall times, ascending. DTSTART is always the first and counts, whether or not the rule
 * meets it (RFC 5545 §3.8.5.3). `isOver` says of a wall time that it lies behind UNTIL. What lies before `fromMs` is left out where it need
 * not be counted. Ends without a word where the budget is spent: ask it.
 */
export function ruleTimes(
  rule: RecurrenceRule,
  startMs: number,
  wanted: WallSpan,
  { budget, isOver }: { budget: Budget; isOver: (wallMs: number) => boolean },
): Next<number> {
  const { count } = rule
  const fromMs = Math.max(startMs, wanted.fromMs)
  const leap = leapOf(rule, startMs, fromMs)
  const span = { fromMs: count === undefined ? fromMs : leap.atMs, toMs: wanted.toMs }
  // A leap counted those up to its end; of steps one more may come, which lies before.
  const afterMs = count === undefined ? startMs : leap.atMs
  const unitMs = stepUnitOf(rule)
  const next = unitMs
    ? stepTimes(rule, startMs, span, { budget, unitMs })
    : calendarTimes(rule, startMs, span, budget)
  let left = count === undefined ? Number.POSITIVE_INFINITY : count - leap.steps
  let isStart = true
  return () => {
    if (left <= 0) return undefined
    if (isStart) {
      isStart = false
      left--
      return startMs
    }
    for (let time = next(); time !== undefined && budget.spend(); time = next()) {
      if (time <= afterMs) continue
      if (time > wanted.toMs || isOver(time)) break
      left--
      return time
    }
    left = 0
    return undefined
  }
}
