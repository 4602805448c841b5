import type { StaleBy } from '../../ipc/stale/stale-by'
import { asked } from '../../ipc/stale/stale-by'

/** What makes answers about the profile old (`ipc/stale.ts`). */
export const profileStale = {
  // The event `sync` brings it.
  'sync.status': asked,
  'settings.get': [{ entity: 'settings', kinds: ['values', 'ways'] }],
  'doctor.run': asked,
  'log.report': asked,
  'store.checkBackup': asked,
} as const satisfies Record<string, readonly StaleBy[]>
