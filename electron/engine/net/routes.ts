import { SiegelError } from '../../../shared/ipc/result'
import type { EgressPolicy, GateRequest } from '../ports'
import { isOnion, normalHost } from './host-name'

/** A way to one place. SOCKS and Tor join this union; nothing chooses between ways after `routeFor` answered. */
export type Route = Readonly<{ way: 'direct'; host: string; port: number }>

/** Decides the way for one request, or throws `offline` or `not-permitted`; there is no third answer. */
export type RouteFor = (request: GateRequest) => Route

/** Routes for a machine without Tor: what the policy permits goes direct, and onion services cannot be reached. */
export function createRoutes(deps: { policy: EgressPolicy; isOffline: () => boolean }): RouteFor {
  return request => {
    const host = normalHost(request.host)
    const refused = (why: string) =>
      new SiegelError('not-permitted', {
        host: request.host.slice(0, 253),
        port: request.port,
        purpose: request.purpose,
        why,
      })
    if (host === '') throw refused('bad-host')
    if (!deps.policy.permits(request)) throw refused('policy')
    // Checked before anything can resolve the name; without a Tor route there is no way to it.
    if (isOnion(host)) throw refused('onion-without-tor')
    if (deps.isOffline()) throw new SiegelError('offline', { host, port: request.port })
    return { way: 'direct', host, port: request.port }
  }
}
