import { createHmac } from 'node:crypto'
import type { AccountSummary, ServiceKind } from '../../../shared/features/accounts/model'
import { placesOf, serviceOfPurpose, servicesOf } from '../../../shared/features/accounts/services'
import type { AccountRoute, LiteralAddress, TorSettings } from '../../../shared/features/network/model'
import { assertNever } from '../../../shared/kit/assert-never'
import type { AccountId } from '../../../shared/kit/ids'
import type { Random } from '../ports/basics'
import type { GateRequest } from '../ports/net/gate'
import { normalHost } from './host-name'
import type { Way, WayOf } from './routes'

export type WaysDeps = Readonly<{
  account: (id: AccountId) => AccountSummary | null
  /** Null when it cannot be read. */
  route: (id: AccountId, service: ServiceKind) => AccountRoute | null
  settings: () => TorSettings
  /** Finds or starts Tor. Rejects with `proxy-failed`. */
  tor: (deadline: AbortSignal) => Promise<LiteralAddress>
  random: Random
}>

/** The ways of this machine, and the identities that its circuits are kept apart by. */
export type Ways = Readonly<{
  wayOf: WayOf
  /** New circuits for everything that is dialled for this account from now on; null: for what belongs to no account. */
  newIdentity(accountId: AccountId | null): void
}>

/**
 * Chooses the way of a request from the switch for everything and the way of the service it is for; an account that is not
 * there or whose way cannot be read is refused, not sent direct. Each pair of account and purpose has a SOCKS user name
 * of its own, so Tor never puts two on one circuit; it is made of a key of this run and says nothing to who sees it.
 */
export function createWays(deps: WaysDeps): Ways {
  const key = deps.random.bytes(32)
  const nonces = new Map<AccountId | null, string>()
  const nonceOf = (accountId: AccountId | null): string => {
    const known = nonces.get(accountId) ?? Buffer.from(deps.random.bytes(16)).toString('hex')
    nonces.set(accountId, known)
    return known
  }
  const credentialsOf = ({ accountId, purpose, service, ownWay }: GateRequest) => ({
    user: createHmac('sha256', key)
      .update(`${accountId ?? ''}\n${purpose}\n${service ?? ''}\n${ownWay?.circuit ?? ''}`)
      .digest('hex')
      .slice(0, 32),
    password: nonceOf(accountId),
  })
  const overTor = (request: GateRequest): Way => ({
    kind: 'tor',
    onion: onionOf(request),
    proxy: async deadline => ({ ...(await deps.tor(deadline)), credentials: credentialsOf(request) }),
  })
  const onionOf = ({ accountId, host, port, purpose }: GateRequest): string | null => {
    const account = accountId === null ? null : deps.account(accountId)
    const places = account ? servicesOf(account).flatMap(kind => placesOf(account, kind)) : []
    const found = places.find(
      ({ purpose: own, server }) =>
        own === purpose && normalHost(server.host) === normalHost(host) && server.port === port,
    )
    return found?.server.onion ?? null
  }

  const along = (route: AccountRoute, request: GateRequest): Way => {
    switch (route.kind) {
      case 'direct':
        return { kind: 'direct' }
      case 'tor':
        return overTor(request)
      case 'socks5': {
        const { host, port, login } = route
        return { kind: 'socks5', onion: null, proxy: async () => ({ host, port, credentials: login }) }
      }
      default:
        return assertNever(route)
    }
  }

  return {
    wayOf(request) {
      if (request.overTor === true || deps.settings().forEverything) return overTor(request)
      const accountId = request.likeAccount ?? request.accountId
      if (accountId === null)
        return request.ownWay ? along(request.ownWay.route, request) : { kind: 'direct' }
      const account = deps.account(accountId)
      if (account === null) return { kind: 'refused', why: 'unknown-account' }
      const service = serviceFor(account, request)
      if (service === null) return { kind: 'direct' }
      const route = deps.route(accountId, service)
      if (route === null) return { kind: 'refused', why: 'route-unreadable' }
      return along(route, request)
    },
    newIdentity: accountId => void nonces.delete(accountId),
  }
}

/**
 * The service whose way a request goes. What belongs to none of them (a look-up, a picture in a message) goes the way of
 * the account's first one, which is mail where it has that; null for an account on this machine only.
 */
const serviceFor = (account: AccountSummary, { purpose, service }: GateRequest): ServiceKind | null =>
  service ?? serviceOfPurpose(purpose) ?? servicesOf(account)[0] ?? null
