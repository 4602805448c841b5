import type { StaleBy } from '../../ipc/stale/stale-by'
import { any, asked } from '../../ipc/stale/stale-by'

/** What makes answers about accounts old (`ipc/stale.ts`). */
export const accountStale = {
  'accounts.list': [any('account')],
  'accounts.discover': asked,
  'accounts.test': asked,
  'certificates.refused': asked,
  'certificates.pins': asked,
} as const satisfies Record<string, readonly StaleBy[]>
