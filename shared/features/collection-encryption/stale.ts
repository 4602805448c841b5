import { any, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about encrypted collections old (`ipc/stale/stale.ts`). */
export const collectionEncryptionStale = {
  'collections.protection': [any('calendar'), any('contact')],
  'collections.encrypted': [any('calendar'), any('contact'), any('account')],
} as const satisfies Record<string, readonly StaleRule[]>
