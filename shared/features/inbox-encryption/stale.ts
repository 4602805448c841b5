import type { StaleBy } from '../../ipc/stale/stale-by'
import { any } from '../../ipc/stale/stale-by'

/** What makes answers about the encrypted inbox old (`ipc/stale.ts`). */
export const inboxEncryptionStale = {
  'inboxEncryption.status': [{ ...any('inbox-encryption'), about: 'accountId' }, any('key')],
  'inboxEncryption.preview': [{ ...any('inbox-encryption'), about: 'accountId' }],
  'inboxEncryption.skips': [{ ...any('inbox-encryption'), about: 'accountId' }],
} as const satisfies Record<string, readonly StaleBy[]>
