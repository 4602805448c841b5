import { davServiceOf, servicesOf } from '../../../../../shared/features/accounts/services'
import type { CallOutput } from '../../../../../shared/ipc/contract'
import { SiegelError } from '../../../../../shared/kit/result'
import { requireAccount } from '../../../kit/require'
import type { DavAccountReport } from '../../../ports/dav/discovery'
import type { WayForSetUp } from '../../../ports/net/gate'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { strictestWay } from './strictest-way'

/** Calendars and contacts on a server as a service of an account that is there already. */
export function davUseCases(
  context: Needs<
    'background' | 'dav' | 'davSync' | 'gate' | 'sync' | 'xmpp',
    'accounts' | 'network' | 'streams' | 'transaction'
  >,
): Pick<
  UseCases,
  | 'accounts.addDav'
  | 'accounts.removeService'
  | 'accounts.findDav'
  | 'accounts.testDav'
  | 'accounts.tryDav'
  | 'accounts.stopDav'
> {
  const { store, dav: control, davSync } = context
  const wayFor = (overTor: boolean | undefined): WayForSetUp => {
    if (overTor === undefined) return strictestWay(context).way
    return overTor ? { overTor: true } : {}
  }
  return {
    'accounts.addDav': ({ accountId, dav, password, route }) => {
      const account = requireAccount(context, accountId)
      const services = servicesOf(account)
      if (services.length === 0) throw new SiegelError('account-is-local')
      if (davServiceOf(account) !== null) throw new SiegelError('already-there', { what: 'service' })
      const wanted = route ?? strictestWay(context).route
      const added = store.transaction(() => {
        // The way before the servers: whoever dials at once finds it.
        store.network.setRoute(accountId, 'dav', wanted)
        store.accounts.setPassword(accountId, 'dav', password)
        const config = { ...account.config, services: { ...account.config.services, dav } }
        return store.accounts.update(accountId, { config })
      })
      if (context.background) davSync.start(accountId)
      return added
    },
    'accounts.removeService': async ({ accountId, service, losesChanges }) => {
      const account = requireAccount(context, accountId)
      const name = account.config.address
      const services = servicesOf(account)
      if (!services.includes(service)) throw new SiegelError('not-found', { what: 'service', name: service })
      if (services.length === 1) throw new SiegelError('last-service', { name })
      // Mail of an account is more than its servers: it goes with the account.
      if (service === 'mail') throw new SiegelError('unsupported', { reason: 'mail goes with its account' })
      const count = service === 'dav' ? davSync.waitingCount(accountId) : 0
      if (count > 0 && losesChanges !== true) throw new SiegelError('changes-wait', { name, count })
      const { [service]: _gone, ...left } = account.config.services
      await (service === 'dav' ? davSync.stop(accountId) : context.xmpp.stop(accountId))
      const changed = store.transaction(() => {
        if (service === 'dav') davSync.forgetAccount(accountId)
        else store.streams.forget(accountId)
        store.accounts.forgetPassword(accountId, service)
        return store.accounts.update(accountId, { config: { ...account.config, services: left } })
      })
      context.gate.closeAll(accountId, service)
      return changed
    },
    'accounts.findDav': async ({ place, overTor, publicOnly }) => {
      const { places, steps } = await control.find(place, wayFor(overTor), publicOnly ?? false)
      return { places: [...places], steps: [...steps] }
    },
    'accounts.testDav': async ({ accountId }) =>
      reportOf(await control.collections(requireAccount(context, accountId).id)),
    'accounts.stopDav': ({ accountId }) => {
      davSync.stopPass(accountId)
      return null
    },
    'accounts.tryDav': async ({ dav, password, overTor, publicOnly }) =>
      reportOf(
        await control.tryOut({ dav, password, way: wayFor(overTor), publicOnly: publicOnly ?? false }),
      ),
  }
}

const reportOf = (report: DavAccountReport): CallOutput<'accounts.testDav'> => ({
  principal: report.principal,
  addresses: [...report.addresses],
  collections: report.collections.map(({ url, kind, name, colour, owner, isReadOnly, schedules }) => ({
    ...{ url, kind, name, colour, owner, isReadOnly, schedules },
  })),
  steps: [...report.steps],
})
