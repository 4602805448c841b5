import { SiegelError } from '../../../shared/ipc/result'
import type { AppContext, UseCases } from './context'

/** How well mail to recipients is protected on its way, and whom to ask. */
export function transportUseCases({
  transport,
  offers,
  store,
}: AppContext): Pick<
  UseCases,
  'transport.levels' | 'transport.accept' | 'transport.sending' | 'transport.servers' | 'transport.setServers'
> {
  return {
    'transport.levels': ({ addresses, accountId }) => transport.levels(addresses, accountId),
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
