import {
  longestMinutes,
  shortestMinutes,
  usualMinutes,
} from '../../../../../shared/features/calendar/subscriptions/model'
import type { SubscriptionRow } from '../../../ports/calendar/subscription-store'

const minuteMs = 60_000

/** How often a calendar is asked for: as chosen, else as it suggests within what is sane, else as usual. */
export function intervalOf({ intervalMs, state }: Pick<SubscriptionRow, 'intervalMs' | 'state'>): number {
  if (intervalMs !== null) return intervalMs
  const { suggestedMs } = state
  if (suggestedMs === null) return usualMinutes * minuteMs
  return Math.min(longestMinutes * minuteMs, Math.max(shortestMinutes * minuteMs, suggestedMs))
}

/** The wait after a failure: a minute, two, four, never longer than the interval. What only somebody can put right is asked for as usual. */
export const retryMs = (intervalMs: number, failures: number, isWorthIt: boolean): number =>
  isWorthIt ? Math.min(intervalMs, minuteMs * 2 ** Math.min(Math.max(0, failures - 1), 20)) : intervalMs

/** A tenth of it earlier or later, so that the hour of asking says nothing of who asks. */
export const jittered = (ms: number, fraction: number): number => Math.round(ms * (0.9 + 0.2 * fraction))
