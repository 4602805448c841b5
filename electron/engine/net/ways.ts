import { createHmac } from 'node:crypto'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import { mailServiceOf } from '../../../shared/features/accounts/services'
import type { AccountRoute, LiteralAddress, TorSettings } from '../../../shared/features/network/model'
import { assertNever } from '../../../shared/kit/assert-never'
import type { AccountId } from '../../../shared/kit/ids'
import type { Random } from '../ports/basics'
import type { GateRequest } from '../ports/gate'
import { normalHost } from './host-name'
import type { Way, WayOf } from './routes'

export type WaysDeps = Readonly<{
  account: (id: AccountId) => AccountSummary | null
  /** Null when it cannot be read. */
  route: (id: AccountId) => AccountRoute | null
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
 * Chooses the way of a request from the switch for everything and the route of its account; an account that is not
 * there or whose route cannot be read is refused, not sent direct. Each pair of account and purpose has a SOCKS user name
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
  const credentialsOf = ({ accountId, purpose }: GateRequest) => ({
    user: createHmac('sha256', key)
      .update(`${accountId ?? ''}\n${purpose}`)
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
    const mail = accountId === null ? null : mailServiceOf(deps.account(accountId))
    if (mail === null || (purpose !== 'imap' && purpose !== 'smtp')) return null
    const server = mail[purpose]
    return normalHost(server.host) === normalHost(host) && server.port === port
      ? (server.onion ?? null)
      : null
  }

  return {
    wayOf(request) {
      if (request.overTor === true || deps.settings().forEverything) return overTor(request)
      const accountId = request.likeAccount ?? request.accountId
      if (accountId === null) return { kind: 'direct' }
      if (deps.account(accountId) === null) return { kind: 'refused', why: 'unknown-account' }
      const route = deps.route(accountId)
      if (route === null) return { kind: 'refused', why: 'route-unreadable' }
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
    },
    newIdentity: accountId => void nonces.delete(accountId),
  }
}
