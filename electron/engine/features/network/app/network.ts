import { hasMailServer, servicesOf } from '../../../../../shared/features/accounts/services'
import type {
  AccountRoute,
  NetStatus,
  PermittedPlace,
  ShownRoute,
} from '../../../../../shared/features/network/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import { requireAccount } from '../../../kit/require'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

/** Ways out of this machine: shown to everybody, changed by main and the command line after the user was asked. */
export function networkUseCases(
  context: Needs<'background' | 'gate' | 'network' | 'outbox' | 'sync', 'accounts' | 'network' | 'settings'>,
): Pick<UseCases, 'net.status' | 'net.policy' | 'net.setRoute' | 'tor.set' | 'tor.look' | 'tor.newIdentity'> {
  const { store, network } = context

  /** Ends what is open the old way, and begins again the new one. */
  const reconnect = async (accountId: AccountId | null) => {
    const accounts = store.accounts
      .list()
      .filter(account => hasMailServer(account) && (accountId === null || account.id === accountId))
    context.gate.closeAll(accountId)
    if (context.background) {
      for (const { id } of accounts) {
        await context.sync.stop(id)
        context.sync.start(id)
      }
    }
    for (const { id } of accounts) context.outbox.accountChanged(id)
  }
  const status = (): NetStatus => ({
    offline: store.settings.get().offline,
    settings: store.network.tor(),
    tor: network.torStatus(),
    accounts: store.accounts.list().flatMap(account =>
      servicesOf(account).map(service => ({
        accountId: account.id,
        service,
        address: account.config.address,
        route: shown(store.network.route(account.id, service)),
        way: network.wayOf({ accountId: account.id, service, purpose: 'dns', host: '', port: 0 }).kind,
      })),
    ),
  })

  return {
    'net.status': status,
    'net.policy': () =>
      network.permitted().map((request): PermittedPlace => {
        const { accountId, purpose, host, port } = request
        const way = network.wayOf(request)
        const onion = way.kind === 'tor' ? way.onion : null
        return { accountId, purpose, host, port, way: way.kind, onion }
      }),
    'net.setRoute': async ({ accountId, service, route }) => {
      if (!servicesOf(requireAccount(context, accountId)).includes(service))
        throw new SiegelError('account-is-local')
      store.network.setRoute(accountId, service, route)
      network.newIdentity(accountId)
      await reconnect(accountId)
      return {}
    },
    'tor.set': async change => {
      const before = store.network.tor()
      const after = store.network.setTor(change)
      const { forEverything: _before, ...torBefore } = before
      const { forEverything: _after, ...torAfter } = after
      if (JSON.stringify(torBefore) !== JSON.stringify(torAfter)) await network.torSettingsChanged()
      if (JSON.stringify(before) !== JSON.stringify(after)) await reconnect(null)
      return status()
    },
    'tor.look': () => network.lookForTor(),
    'tor.newIdentity': async ({ accountId }) => {
      if (accountId !== null) requireAccount(context, accountId)
      network.newIdentity(accountId)
      if (accountId !== null) await reconnect(accountId)
      return {}
    },
  }
}

function shown(route: AccountRoute | null): ShownRoute {
  if (route === null) return { kind: 'unreadable', proxy: null }
  if (route.kind !== 'socks5') return { kind: route.kind, proxy: null }
  return { kind: 'socks5', proxy: { host: route.host, port: route.port, user: route.login?.user ?? null } }
}
