import type { AccountId } from '../../../../../../shared/kit/ids'
import type { Store } from '../../../../ports/store'

/** True when a copy of what was sent is left to the provider where it files one. */
export function isAutomatic(store: Pick<Store, 'accounts'>, accountId: AccountId): boolean {
  const config = store.accounts.get(accountId)?.config
  return config?.kind === 'imap' && (config.sentCopies ?? 'automatic') === 'automatic'
}
