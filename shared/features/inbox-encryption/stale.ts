import { any, type StaleRule } from '../../kit/stale-rule'

/** What makes answers about the encrypted inbox old (`ipc/stale/stale.ts`). */
export const inboxEncryptionStale = {
  'inboxEncryption.status': [{ ...any('inbox-encryption'), about: 'accountId' }, any('key')],
  'inboxEncryption.preview': [{ ...any('inbox-encryption'), about: 'accountId' }],
  'inboxEncryption.skips': [{ ...any('inbox-encryption'), about: 'accountId' }],
} as const satisfies Record<string, readonly StaleRule[]>
