import type { Budget } from '../budget'
import type { RecurrenceRule } from '../rule/rule'
import { civilOf, dayMs, dayNumber, dayOf } from './civil-days'
import { dayTest } from './day-limits'
import { periodDays } from './days-of-period'
import { picked } from './picked'
import { timesWithin } from './times-of-day'

const steps = { SECONDLY: 1000, MINUTELY: 60_000, HOURLY: 3_600_000, DAILY: dayMs } as const

/** From where to where wall times are wanted (see TimeValue); more than these may be given before `fromMs`. */
export type WallSpan = Readonly<{ fromMs: number; toMs: number }>

/** Weekly, monthly and yearly rules, from the period on that holds `fromMs`. */
function* byCalendar(
  rule: RecurrenceRule,
  startMs: number,
  { fromMs, toMs }: WallSpan,
  budget: Budget,
): Generator<number> {
  const periods = periodDays(rule, dayOf(startMs))
  const times = timesWithin(rule, startMs, dayMs)
  // SKIP may have moved a day out of its period: behind it, or to the day before it.
  const canMove = rule.skip !== 'OMIT' && rule.frequency !== 'WEEKLY'
  const lastDay = dayOf(toMs) + (canMove ? 1 : 0)
  let held: number[] = []
  let index = Math.max(0, periods.indexAt(dayOf(fromMs)) - (canMove ? 1 : 0))
  for (; periods.startOf(index) <= lastDay; index++) {
    if (!budget.spend(periods.cost)) return
    const bases = periods.daysOf(index).map(day => day * dayMs)
    if (!canMove) {
      yield* picked(rule, bases, times)
      continue
    }
    for (const time of picked(rule, bases, times)) {
      if (!budget.spend()) return
      held.push(time)
    }
    held = [...new Set(held)].sort((left, right) => left - right)
    const settledMs = (periods.startOf(index + 1) - 1) * dayMs
    yield* held.filter(time => time < settledMs)
    held = held.filter(time => time >= settledMs)
  }
  yield* held
}

/** Where the first day of the next month begins. */
function nextMonth(day: number): number {
  const { year, month } = civilOf(day)
  return month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)
}

/** Rules by the second, minute, hour and day: equal steps of the wall clock, over what is not wanted in one leap. */
function* bySteps(
  rule: RecurrenceRule,
  startMs: number,
  { fromMs, toMs }: WallSpan,
  budget: Budget,
): Generator<number> {
  const unitMs = steps[rule.frequency as keyof typeof steps]
  const stepMs = unitMs * rule.interval
  const first = Math.floor(startMs / unitMs) * unitMs
  const atOrAfter = (ms: number) => first + Math.max(0, Math.ceil((ms - first) / stepMs)) * stepMs
  const times = timesWithin(rule, startMs, unitMs)
  const isWanted = dayTest(rule)
  const { byMonth, byHour, byMinute, bySecond } = rule
  /** The moment before which nothing is wanted; the given one if it is wanted itself. */
  const wantedFrom = (at: number): number => {
    const day = dayOf(at)
    if (byMonth && !byMonth.includes(civilOf(day).month)) return nextMonth(day) * dayMs
    if (!isWanted(day)) return (day + 1) * dayMs
    const second = Math.floor((at - day * dayMs) / 1000)
    if (unitMs < dayMs && byHour && !byHour.includes(Math.floor(second / 3600)))
      return day * dayMs + (Math.floor(second / 3600) + 1) * 3_600_000
    if (unitMs < 3_600_000 && byMinute && !byMinute.includes(Math.floor(second / 60) % 60))
      return day * dayMs + (Math.floor(second / 60) + 1) * 60_000
    if (unitMs < 60_000 && bySecond && !bySecond.some(each => Math.min(each, 59) === second % 60))
      return at + 1000
    return at
  }
  for (let at = atOrAfter(Math.max(startMs, fromMs) - unitMs); at <= toMs; ) {
    if (!budget.spend()) return
    const from = wantedFrom(at)
    if (from === at) yield* picked(rule, [at], times)
    at = from === at ? at + stepMs : atOrAfter(from)
  }
}

/** Whether a rule is nothing but steps, whose instances can be counted without looking at them. */
const isPlain = (rule: RecurrenceRule): boolean =>
  rule.frequency in steps &&
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

/**
 * What a rule makes of DTSTART, as wall times, ascending. DTSTART is always the first and counts, whether or not the rule
 * meets it (RFC 5545 §3.8.5.3). `isOver` says of a wall time that it lies behind UNTIL. What lies before `fromMs` is left out where it need
 * not be counted. Ends without a word where the budget is spent: ask it.
 */
export function* ruleTimes(
  rule: RecurrenceRule,
  startMs: number,
  wanted: WallSpan,
  { budget, isOver }: { budget: Budget; isOver: (wallMs: number) => boolean },
): Generator<number> {
  let left = (rule.count ?? Number.POSITIVE_INFINITY) - 1
  yield startMs
  let fromMs = Math.max(startMs, wanted.fromMs)
  if (rule.count !== undefined) {
    const stepMs = (steps[rule.frequency as keyof typeof steps] ?? 0) * rule.interval
    const leapt = isPlain(rule) ? Math.max(0, Math.floor((fromMs - startMs) / stepMs) - 1) : 0
    left -= leapt
    fromMs = leapt > 0 ? startMs + (leapt + 1) * stepMs : startMs
    if (leapt > 0) {
      // The leap counted those up to here; bySteps begins one unit earlier.
      yield* counted(bySteps(rule, startMs, { ...wanted, fromMs }, budget), fromMs - 1, left, wanted.toMs, {
        budget,
        isOver,
      })
      return
    }
  }
  const times = rule.frequency in steps ? bySteps : byCalendar
  yield* counted(times(rule, startMs, { ...wanted, fromMs }, budget), startMs, left, wanted.toMs, {
    budget,
    isOver,
  })
}

function* counted(
  times: Iterable<number>,
  afterMs: number,
  count: number,
  toMs: number,
  { budget, isOver }: { budget: Budget; isOver: (wallMs: number) => boolean },
): Generator<number> {
  let left = count
  for (const time of times) {
    if (!budget.spend()) return
    if (time <= afterMs) continue
    if (left-- <= 0 || time > toMs || isOver(time)) return
    yield time
  }
}
