import { mailServiceOf } from '../../../../../../shared/features/accounts/services'
import type { AccountId } from '../../../../../../shared/kit/ids'
import type { Store } from '../../../../ports/store'

/** True when a copy of what was sent is left to the provider where it files one. */
export function isAutomatic(store: Pick<Store, 'accounts'>, accountId: AccountId): boolean {
  const mail = mailServiceOf(store.accounts.get(accountId))
  return mail !== null && (mail.sentCopies ?? 'automatic') === 'automatic'
}
