import type { AddressTransport } from '../../../../../shared/features/network/transport'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { AppContext, UseCases } from '../../../compose/context'

/**
 * Levels of addresses for an account. One without servers sends nothing, so nobody is asked on its behalf: what is known is
 * answered.
 */
export async function levelsFor(
  { store, transport }: AppContext,
  addresses: readonly string[],
  accountId: AccountId | null,
): Promise<AddressTransport[]> {
  const kind = accountId === null ? 'imap' : store.accounts.get(accountId)?.config.kind
  return kind === 'imap' ? transport.levels(addresses, accountId) : transport.known(addresses)
}

/** How well mail to recipients is protected on its way, and whom to ask. */
export function transportUseCases(
  context: AppContext,
): Pick<
  UseCases,
  'transport.levels' | 'transport.accept' | 'transport.sending' | 'transport.servers' | 'transport.setServers'
> {
  const { transport, offers, store } = context
  return {
    'transport.levels': ({ addresses, accountId }) => levelsFor(context, addresses, accountId),
    'transport.accept': ({ domain }) => transport.accept(domain),
    'transport.sending': ({ accountId }) => ({ requireTls: offers.requireTls(accountId) }),
    'transport.servers': () => {
      const servers = store.transport.servers()
      if (servers === 'unreadable') throw new SiegelError('store-damaged', { detail: 'dns-servers' })
      return [...servers]
    },
    'transport.setServers': ({ servers }) => {
      store.transport.setServers(servers)
      return {}
    },
  }
}
