import { servicesOf } from '../../../../../shared/features/accounts/services'
import type { AccountRoute } from '../../../../../shared/features/network/model'
import type { WayForSetUp } from '../../../ports/net/gate'
import type { Needs } from '../../../ports/parts'

type Strictest = Readonly<{ way: WayForSetUp; route: AccountRoute }>

/**
 * The way that shows least among those in use: Tor when the switch for everything is on or any service goes through it,
 * else the proxy of one, else the direct one. Whoever hides one service does not want the next one seen while it is
 * set up. A route that cannot be read counts as Tor.
 */
export function strictestWay({ store }: Needs<never, 'accounts' | 'network'>): Strictest {
  const routes = store.accounts.list().flatMap(account =>
    servicesOf(account).map(service => ({
      id: account.id,
      service,
      route: store.network.route(account.id, service),
    })),
  )
  const usesTor =
    store.network.tor().forEverything || routes.some(({ route }) => route === null || route.kind === 'tor')
  if (usesTor) return { way: { overTor: true }, route: { kind: 'tor' } }
  for (const { id, service, route } of routes)
    if (route?.kind === 'socks5') return { way: { likeAccount: id, service }, route }
  return { way: {}, route: { kind: 'direct' } }
}
