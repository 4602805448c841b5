import { any, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about to-dos old (`ipc/stale/stale.ts`). */
export const todoStale = {
  'todos.list': [any('event'), any('calendar')],
  'todos.get': [any('event')],
  'todos.usual': [any('event'), any('calendar')],
} as const satisfies Record<string, readonly StaleRule[]>
