import type { StaleBy } from '../../ipc/stale/stale-by'
import { any, asked } from '../../ipc/stale/stale-by'

/** What makes answers about keys old (`ipc/stale.ts`). */
export const keyStale = {
  'keys.plan': [{ ...any('draft'), about: 'draftId' }, any('account'), any('key')],
  'keys.list': [any('key'), any('account')],
  'keys.exportPublic': asked,
  'keys.contacts': [any('key')],
  'keys.compare': asked,
  'keys.settings': [any('key')],
  'keys.readThunderbird': asked,
  'keys.revocation': asked,
} as const satisfies Record<string, readonly StaleBy[]>
