import type { GateRequest, NetworkGate, WayForSetUp } from '../ports/net/gate'

/**
 * The same gate for a set-up, before an account has a way of its own: every request goes this way, and with `publicOnly`
 * never into the network around this machine.
 */
export function setUpGate(gate: NetworkGate, way: WayForSetUp, publicOnly: boolean): NetworkGate {
  const marked = <R extends GateRequest>(request: R): R => ({
    ...request,
    ...way,
    ...(publicOnly ? { publicOnly: true as const } : {}),
  })
  return {
    ...gate,
    dialTls: (request, trust, options) => gate.dialTls(marked(request), trust, options),
    dialClear: (request, options) => gate.dialClear(marked(request), options),
    http: (request, options) => gate.http(marked(request), options),
    httpsGet: (request, options) => gate.httpsGet(marked(request), options),
    httpsPost: (request, options) => gate.httpsPost(marked(request), options),
    resolveSrv: (name, accountId) => gate.resolveSrv(name, accountId, way),
  }
}
