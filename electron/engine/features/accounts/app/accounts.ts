import type {
  AccountServices,
  AccountSummary,
  MailService,
  ServerEndpoint,
  ServiceKind,
} from '../../../../../shared/features/accounts/model'
import {
  isLocal,
  isSwitchedOff,
  mailServiceOf,
  placesOf,
  servicesOf,
  withServiceSwitched,
} from '../../../../../shared/features/accounts/services'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import { localMailboxes } from '../../../kit/mailboxes/role-mailbox'
import { refuseSwitchedOff, requireAccount } from '../../../kit/require'
import type { WayForSetUp } from '../../../ports/net/gate'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { strictestWay } from './strictest-way'

type Configured = Pick<AccountSummary, 'config'>

/** The servers that a password was given for, and the authority that vouches for them. */
const trusteesOf = (account: Configured, service: ServiceKind): string =>
  JSON.stringify([
    placesOf(account, service).map(({ server }) => server.host),
    account.config.services[service]?.caPem,
  ])

const serversOf = (mail: MailService | null): string =>
  mail === null ? '' : JSON.stringify([mail.imap, mail.smtp])
/** These services, each as much on or off as it is stored. */
const switchedAs = (stored: AccountSummary, services: AccountServices): AccountServices =>
  servicesOf(stored).reduce(
    (kept, kind) => withServiceSwitched(kept, kind, isSwitchedOff(stored, kind)),
    services,
  )
const isAt = (server: ServerEndpoint, { host, port }: Pick<ServerEndpoint, 'host' | 'port'>): boolean =>
  server.host === host && server.port === port
/** What decides how an account connects. */
const connects = (mail: MailService | null): string =>
  mail === null ? '' : JSON.stringify([mail.userName, mail.imap, mail.smtp, mail.caPem])

/**
 * The stored password, for the servers it was stored for. The page can ask for a test with any servers; a password
 * that it does not know must not be sent where the page says.
 */
function passwordForTest(context: Needs<never, 'accounts'>, id: AccountId, mail: MailService): string | null {
  const stored = context.store.accounts.get(id)
  if (!stored) return null
  const tried = { config: { ...stored.config, services: { mail } } }
  return trusteesOf(stored, 'mail') === trusteesOf(tried, 'mail')
    ? context.store.accounts.password(id, 'mail')
    : null
}

/** Accounts: listed, added, changed, removed. Passwords go in and never come out. */
export function accountUseCases(
  context: Needs<
    'background' | 'davSync' | 'gate' | 'offers' | 'outbox' | 'refusedCertificates' | 'setup' | 'sync',
    'accounts' | 'mailboxes' | 'network' | 'sentCopies' | 'servers' | 'streams' | 'tasks' | 'transaction'
  >,
): Pick<
  UseCases,
  | 'accounts.list'
  | 'accounts.discover'
  | 'accounts.test'
  | 'accounts.add'
  | 'accounts.update'
  | 'accounts.setPassword'
  | 'accounts.switchService'
  | 'accounts.remove'
  | 'certificates.refused'
  | 'certificates.pin'
  | 'certificates.pins'
  | 'certificates.unpin'
> {
  const { store, sync, setup } = context
  const wayFor = (overTor: boolean | undefined): WayForSetUp => {
    if (overTor === undefined) return strictestWay(context).way
    return overTor ? { overTor: true } : {}
  }
  return {
    'accounts.list': () =>
      store.accounts
        .list()
        .map(account =>
          store.sentCopies.isFiledByProvider(account.id) ? { ...account, filesSentMail: true } : account,
        ),
    'accounts.discover': ({ address, overTor, publicOnly, localOnly }) =>
      setup.discover({
        address,
        way: wayFor(overTor),
        publicOnly: publicOnly ?? false,
        localOnly: localOnly ?? false,
      }),
    'accounts.test': async ({ mail, password, accountId, overTor, publicOnly }) => {
      const account = accountId === null ? null : store.accounts.get(accountId)
      refuseSwitchedOff(account, 'mail')
      const stored = mailServiceOf(account)
      // Its own way is for its own servers; others are a set-up.
      const isOwn = stored !== null && serversOf(stored) === serversOf(mail)
      const report = await setup.test({
        mail,
        password: password ?? (accountId ? passwordForTest(context, accountId, mail) : null),
        accountId,
        way: isOwn && overTor !== true ? {} : wayFor(overTor),
        publicOnly: publicOnly ?? false,
      })
      const keywords = report.smtp.capabilities.map(each => each.split(' ')[0]?.toUpperCase() ?? '')
      if (accountId && report.smtp.ok) context.offers.note(accountId, keywords)
      return report
    },
    'accounts.add': ({ config, password, route }) => {
      const taken = store.accounts
        .list()
        .some(each => each.config.address.toLowerCase() === config.address.toLowerCase())
      if (taken) throw new SiegelError('already-there', { what: 'account', address: config.address })
      const services = servicesOf({ config })
      if (services.length > 0 && password === null)
        throw new SiegelError('bad-request', { field: 'password' })
      const wanted = strictestWay(context).route
      return store.transaction(() => {
        const account = store.accounts.add({ config, sample: false, password })
        // Before the first connection can be made.
        for (const service of services) store.network.setRoute(account.id, service, route ?? wanted)
        if (isLocal(account)) localMailboxes(store, account.id)
        else if (context.background) setImmediate(() => sync.start(account.id))
        return account
      })
    },
    'accounts.update': async ({ accountId, config: wanted, signature }) => {
      const before = requireAccount(context, accountId)
      const config = { ...wanted, services: switchedAs(before, wanted.services) }
      const had = mailServiceOf(before)
      const has = mailServiceOf({ config })
      const services = servicesOf({ config })
      if (services.join() !== servicesOf(before).join())
        throw new SiegelError('bad-request', { field: 'services' })
      const account = store.transaction(() => {
        // Given for other servers: it has to be typed again, as with a new account.
        for (const service of services)
          if (trusteesOf(before, service) !== trusteesOf({ config }, service))
            store.accounts.forgetPassword(accountId, service)
        return store.accounts.update(accountId, { config, signature })
      })
      if (
        services.length > 0 &&
        context.background &&
        JSON.stringify(before.config) !== JSON.stringify(config)
      ) {
        await sync.stop(accountId)
        sync.start(accountId)
      }
      if (connects(had) !== connects(has)) context.outbox.accountChanged(accountId)
      return account
    },
    'accounts.setPassword': async ({ accountId, service, password }) => {
      if (!servicesOf(requireAccount(context, accountId)).includes(service))
        throw new SiegelError('account-is-local')
      store.accounts.setPassword(accountId, service, password)
      // By the person's word the server may be another one than before.
      if (service === 'xmpp') store.streams.forgetLogin(accountId)
      if (context.background) {
        await sync.stop(accountId)
        sync.start(accountId)
      }
      context.outbox.accountChanged(accountId)
      return {}
    },
    'accounts.switchService': async ({ accountId, service, isOff }) => {
      const before = requireAccount(context, accountId)
      if (!servicesOf(before).includes(service)) throw new SiegelError('account-is-local')
      if (isSwitchedOff(before, service) === isOff) return before
      const services = withServiceSwitched(before.config.services, service, isOff)
      // Before anything ends, so that whoever begins meanwhile finds it off.
      const account = store.accounts.update(accountId, { config: { ...before.config, services } })
      if (isOff) {
        await sync.stop(accountId)
        context.gate.closeAll(accountId, service)
      }
      if (context.background) sync.start(accountId)
      if (!isOff) {
        store.tasks.wake(accountId)
        context.outbox.accountChanged(accountId)
      }
      return account
    },
    'accounts.remove': async ({ accountId }) => {
      requireAccount(context, accountId)
      await sync.stop(accountId)
      context.gate.closeAll(accountId)
      store.transaction(() => {
        // What is kept of them in memory goes too.
        context.davSync.forgetAccount(accountId)
        store.accounts.remove(accountId)
      })
      return {}
    },
    'certificates.refused': ({ host, port, fingerprint256 }) =>
      context.refusedCertificates.find(host, port, fingerprint256),
    'certificates.pins': () => [...store.accounts.pins()],
    'certificates.unpin': async pin => {
      if (!store.accounts.removePin(pin)) throw new SiegelError('not-found', { what: 'pinned certificate' })
      for (const account of store.accounts.list()) {
        const { id } = account
        const places = servicesOf(account).flatMap(service => placesOf(account, service))
        if (!places.some(({ server }) => isAt(server, pin))) continue
        // What was opened by that trust ends with it.
        await sync.stop(id)
        context.gate.closeAll(id)
        if (context.background) sync.start(id)
        context.outbox.accountChanged(id)
      }
      return {}
    },
    'certificates.pin': pin => {
      store.accounts.addPin(pin)
      if (context.background) sync.syncNow(null)
      for (const account of store.accounts.list()) {
        const mail = mailServiceOf(account)
        if (mail !== null && isAt(mail.smtp, pin)) context.outbox.accountChanged(account.id)
      }
      return {}
    },
  }
}
