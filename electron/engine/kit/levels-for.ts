import { isServiceOn } from '../../../shared/features/accounts/services'
import type { AddressTransport } from '../../../shared/features/network/transport'
import type { AccountId } from '../../../shared/kit/ids'
import type { Needs } from '../ports/parts'

/**
 * Levels of addresses for an account. One without servers, or whose mail is switched off, sends nothing, so nobody is asked on its behalf: what is known is
 * answered.
 */
export async function levelsFor(
  { store, transport }: Needs<'transport', 'accounts'>,
  addresses: readonly string[],
  accountId: AccountId | null,
): Promise<AddressTransport[]> {
  const mayAsk = accountId === null || isServiceOn(store.accounts.get(accountId), 'mail')
  return mayAsk ? transport.levels(addresses, accountId) : transport.known(addresses)
}
