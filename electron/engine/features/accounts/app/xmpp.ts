import { servicesOf, xmppServiceOf } from '../../../../../shared/features/accounts/services'
import { SiegelError } from '../../../../../shared/kit/result'
import { requireAccount } from '../../../kit/require'
import type { WayForSetUp } from '../../../ports/net/gate'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { strictestWay } from './strictest-way'

/** Chat as a service of an account that is there already. */
export function xmppUseCases(
  context: Needs<'background' | 'xmpp', 'accounts' | 'network' | 'transaction'>,
): Pick<UseCases, 'accounts.addXmpp' | 'accounts.testXmpp' | 'accounts.tryXmpp'> {
  const { store, xmpp: control } = context
  const wayFor = (overTor: boolean | undefined): WayForSetUp => {
    if (overTor === undefined) return strictestWay(context).way
    return overTor ? { overTor: true } : {}
  }
  return {
    'accounts.addXmpp': ({ accountId, xmpp, password, route }) => {
      const account = requireAccount(context, accountId)
      if (servicesOf(account).length === 0) throw new SiegelError('account-is-local')
      if (xmppServiceOf(account) !== null) throw new SiegelError('already-there', { what: 'service' })
      const wanted = route ?? strictestWay(context).route
      const added = store.transaction(() => {
        // The way before the server: whoever dials at once finds it.
        store.network.setRoute(accountId, 'xmpp', wanted)
        store.accounts.setPassword(accountId, 'xmpp', password)
        const config = { ...account.config, services: { ...account.config.services, xmpp } }
        return store.accounts.update(accountId, { config })
      })
      if (context.background) control.start(accountId)
      return added
    },
    'accounts.testXmpp': ({ accountId }) => control.test(requireAccount(context, accountId).id),
    'accounts.tryXmpp': ({ xmpp, password, overTor, publicOnly }) =>
      control.tryOut({ xmpp, password, way: wayFor(overTor), publicOnly: publicOnly ?? false }),
  }
}
