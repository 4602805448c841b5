import { secureAliasOf } from '../../../../../../shared/features/accounts/mailbox-org'
import type { AccountSummary } from '../../../../../../shared/features/accounts/model'
import { hasMailServer } from '../../../../../../shared/features/accounts/services'
import type { Address } from '../../../../../../shared/features/mail/model'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { requireAccount } from '../../../../kit/require'
import type { Needs } from '../../../../ports/parts'

/** The account a new message is written from: the asked one, else the first that can send. */
export function writingAccount(
  context: Needs<never, 'accounts'>,
  accountId: AccountId | null,
): AccountSummary {
  if (accountId) return requireAccount(context, accountId)
  const accounts = context.store.accounts.list()
  const account = accounts.find(hasMailServer) ?? accounts[0]
  if (!account) throw new SiegelError('not-found', { what: 'account' })
  return account
}

/** Every address that is the user's own, of all accounts. */
export const ownAddresses = ({ store }: Needs<never, 'accounts'>): readonly string[] =>
  store.accounts
    .list()
    .flatMap(account => [account.config.address, secureAliasOf(account)])
    .filter(each => each !== null)

/** The choice of the secure alias, when it stands among these addresses. */
export function aliasIn(account: AccountSummary, addresses: readonly Address[]): { secureAlias?: true } {
  const alias = secureAliasOf(account)?.toLowerCase()
  return addresses.some(({ address }) => address.toLowerCase() === alias) ? { secureAlias: true } : {}
}
