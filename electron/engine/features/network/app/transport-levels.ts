import { SiegelError } from '../../../../../shared/kit/result'
import { levelsFor } from '../../../kit/levels-for'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

/** How well mail to recipients is protected on its way, and whom to ask. */
export function transportUseCases(
  context: Needs<'offers' | 'transport', 'accounts' | 'transport'>,
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
