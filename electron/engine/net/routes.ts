import { SiegelError } from '../../../shared/kit/result'
import type { EgressPolicy, GateRequest } from '../ports/net/gate'
import { isOnion, normalHost } from './host-name'
import type { SocksProxy } from './socks'

/** A way to one place. Nothing chooses between ways after `routeFor` answered. */
type Route =
  | Readonly<{ way: 'direct'; host: string; port: number }>
  | Readonly<{
      way: 'tor' | 'socks5'
      /** What the proxy is asked for: the host of the request, or the onion name in its place. */
      host: string
      port: number
      onion: string | null
      /** The proxy; asked for when dialling, because a Tor may have to be found or started first. */
      proxy: (deadline: AbortSignal) => Promise<SocksProxy>
    }>

/** How the configuration wants a request to travel. */
export type Way =
  | Readonly<{ kind: 'direct' }>
  | Readonly<{
      kind: 'tor' | 'socks5'
      onion: string | null
      proxy: (deadline: AbortSignal) => Promise<SocksProxy>
    }>
  | Readonly<{ kind: 'refused'; why: string }>

/** Asked for every request; `ways.ts` is the real one. */
export type WayOf = (request: GateRequest) => Way

/** Decides the way for one request, or throws `offline` or `not-permitted`; there is no third answer. */
export type RouteFor = (request: GateRequest) => Route

/** Puts host name, policy, configured way and the offline switch together. Without `wayOf` everything goes direct. */
export function createRoutes(deps: {
  policy: EgressPolicy
  isOffline: () => boolean
  wayOf?: WayOf | undefined
}): RouteFor {
  return request => {
    const host = normalHost(request.host)
    const refused = (why: string) =>
      new SiegelError('not-permitted', {
        host: request.host.slice(0, 253),
        port: request.port,
        purpose: request.purpose,
        reason: why,
      })
    if (host === '') throw refused('bad-host')
    if (!deps.policy.permits(request)) throw refused('policy')
    const way = deps.wayOf?.(request) ?? { kind: 'direct' }
    if (way.kind === 'refused') throw refused(way.why)
    // Checked before anything can resolve the name: only Tor knows a way to it.
    if (isOnion(host) && way.kind !== 'tor') throw refused('onion-without-tor')
    if (deps.isOffline()) throw new SiegelError('offline', { host, port: request.port })
    if (way.kind === 'direct') return { way: 'direct', host, port: request.port }
    const { kind, onion, proxy } = way
    return { way: kind, host: onion ?? host, port: request.port, onion, proxy }
  }
}
