import { any, asked, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about accounts old (`ipc/stale/stale.ts`). */
export const accountStale = {
  'accounts.list': [any('account')],
  'accounts.discover': asked,
  'accounts.test': asked,
  'accounts.findDav': asked,
  'accounts.testDav': asked,
  'accounts.tryDav': asked,
  'accounts.testXmpp': asked,
  'accounts.tryXmpp': asked,
  'certificates.refused': asked,
  'certificates.pins': asked,
} as const satisfies Record<string, readonly StaleRule[]>
