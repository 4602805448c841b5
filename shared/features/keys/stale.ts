import { any, asked, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about keys old (`ipc/stale/stale.ts`). */
export const keyStale = {
  'keys.plan': [{ ...any('draft'), about: 'draftId' }, any('account'), any('key')],
  'keys.list': [any('key'), any('account')],
  'keys.exportPublic': asked,
  'keys.contacts': [any('key')],
  'keys.compare': asked,
  'keys.settings': [any('key')],
  'keys.readThunderbird': asked,
  'keys.revocation': asked,
} as const satisfies Record<string, readonly StaleRule[]>
