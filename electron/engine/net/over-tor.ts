import type { GateRequest, NetworkGate } from '../ports/gate'

/** The same gate with every request through Tor, for a set-up that must not be seen before an account has a route. */
export function overTor(gate: NetworkGate): NetworkGate {
  const hidden = <R extends GateRequest>(request: R): R => ({ ...request, overTor: true })
  return {
    ...gate,
    dialTls: (request, trust, options) => gate.dialTls(hidden(request), trust, options),
    dialClear: (request, options) => gate.dialClear(hidden(request), options),
    httpsGet: (request, options) => gate.httpsGet(hidden(request), options),
    httpsPost: (request, options) => gate.httpsPost(hidden(request), options),
    resolveSrv: (name, accountId) => gate.resolveSrv(name, accountId, true),
  }
}
