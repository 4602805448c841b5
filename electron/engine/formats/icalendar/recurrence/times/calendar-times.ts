import type { Budget } from '../budget'
import type { RecurrenceRule } from '../rule/rule'
import { dayMs, dayOf } from './civil-days'
import { periodDays } from './days-of-period'
import { type Grid, type Next, picker, readGrids } from './grid'
import { timesWithin } from './times-of-day'
import type { WallSpan } from './wall-span'

/** Weekly, monthly and yearly rules, from the period on that holds `fromMs`. */
export function calendarTimes(
  rule: RecurrenceRule,
  startMs: number,
  { fromMs, toMs }: WallSpan,
  budget: Budget,
): Next<number> {
  const periods = periodDays(rule, dayOf(startMs))
  const times = timesWithin(rule, startMs, dayMs)
  const pick = picker(rule)
  // SKIP may have moved a day out of its period: behind it, or to the day before it.
  const canMove = rule.skip !== 'OMIT' && rule.frequency !== 'WEEKLY'
  const lastDay = dayOf(toMs) + (canMove ? 1 : 0)
  let index = Math.max(0, periods.indexAt(dayOf(fromMs)) - (canMove ? 1 : 0))
  const nextGrid = (): Grid | undefined => {
    if (periods.startOf(index) > lastDay || !budget.spend(periods.cost)) return undefined
    return pick({ bases: periods.daysOf(index++).map(day => day * dayMs), times })
  }
  return readGrids(canMove ? settled(nextGrid, () => periods.startOf(index), budget) : nextGrid)
}

/** Puts what SKIP moved over the border of a period among what it lies beside, each once. */
function settled(nextGrid: Next<Grid>, followingDay: () => number, budget: Budget): Next<Grid> {
  let held: number[] = []
  return () => {
    const grid = nextGrid()
    if (!grid) {
      const rest = held
      held = []
      return rest.length > 0 ? { bases: rest, times: [0] } : undefined
    }
    if (!budget.spend(grid.bases.length * grid.times.length)) return undefined
    const made = grid.bases.flatMap(base => grid.times.map(time => base + time))
    const all = [...new Set([...held, ...made])].sort((left, right) => left - right)
    const settledMs = (followingDay() - 1) * dayMs
    held = all.filter(time => time >= settledMs)
    return { bases: all.filter(time => time < settledMs), times: [0] }
  }
}
