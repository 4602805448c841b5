import { any, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about reminders old (`ipc/stale/stale.ts`). */
export const alarmStale = {
  'alarms.due': [any('alarm')],
} as const satisfies Record<string, readonly StaleRule[]>
