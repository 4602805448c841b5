import { hasMailServer } from '../../../../../shared/features/accounts/services'
import type { AccountRoute } from '../../../../../shared/features/network/model'
import type { WayForSetUp } from '../../../ports/gate'
import type { Needs } from '../../../ports/parts'

type Strictest = Readonly<{ way: WayForSetUp; route: AccountRoute }>

/**
 * The way that shows least among those in use: Tor when the switch for everything is on or any account goes through it,
 * else the proxy of an account, else the direct one. Whoever hides one account does not want the next one seen while it is
 * set up. A route that cannot be read counts as Tor.
 */
export function strictestWay({ store }: Needs<never, 'accounts' | 'network'>): Strictest {
  const accounts = store.accounts.list().filter(hasMailServer)
  const routes = accounts.map(({ id }) => ({ id, route: store.network.route(id) }))
  const usesTor =
    store.network.tor().forEverything || routes.some(({ route }) => route === null || route.kind === 'tor')
  if (usesTor) return { way: { overTor: true }, route: { kind: 'tor' } }
  for (const { id, route } of routes) if (route?.kind === 'socks5') return { way: { likeAccount: id }, route }
  return { way: {}, route: { kind: 'direct' } }
}
