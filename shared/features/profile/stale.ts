import { asked, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about the profile old (`ipc/stale/stale.ts`). */
export const profileStale = {
  // The event `sync` brings it.
  'sync.status': asked,
  'settings.get': [{ entity: 'settings', kinds: ['values', 'ways'] }],
  'doctor.run': asked,
  'log.report': asked,
  'store.checkBackup': asked,
} as const satisfies Record<string, readonly StaleRule[]>
